/** The canary: a change of a region's documents is found at the next round, named, told once, and over when it is right again. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { acceptDrifts, canary, standingDrifts } from '../../src/federation/canary/round.ts'
import { linkOperator } from '../../src/federation/operations/operators.ts'
import { sharedRounds } from '../../src/work.ts'
import { storyOf } from '../flow/stories.ts'
import { commandBeside } from '../support/command.ts'
import { file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { formTokenIn, visitor } from '../support/page-reader.ts'
import { wiretap } from '../support/wiretap.ts'

const SUZHOU = '320500'
let gateway: TestGateway
let line: Awaited<ReturnType<typeof wiretap>>
let directory: { regions: Record<string, { baseUrl: string }> }
let passed = 0
/** A matter that Jiangsu answers otherwise about: what becomes of the members of its detail. */
let planted: { code: string; change: (detail: Record<string, unknown>) => void } | undefined

function answered(text: string, asked: string): string {
  if (!planted || !asked.includes(planted.code) || !text.includes('"taskname"')) return text
  const told = JSON.parse(text)
  const at = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    if ('taskname' in value && 'taskversion' in value) planted?.change(value as Record<string, unknown>)
    else for (const inner of Object.values(value)) at(inner)
  }
  at(told)
  return JSON.stringify(told)
}

const deps = () => gateway.gateway.deps
const round = () => canary('jiangsu', deps())
const standing = async () =>
  (await standingDrifts(deps(), 'jiangsu')).map(({ change, member, before, after }) => [
    change,
    member,
    before,
    after,
  ])
const told = (message: string) => gateway.told.filter((one) => one.message === message)

beforeAll(async () => {
  gateway = await startTestGateway({
    now: () => new Date(Date.now() + passed),
    directory: async (given) => {
      line = await wiretap(given.regions.jiangsu.baseUrl, (text, { body, path: asked }) =>
        answered(text, asked + body.toString('utf8')),
      )
      given.regions.jiangsu.baseUrl = line.url
      directory = given
      return given
    },
  })
  await gateway.sync(SUZHOU)
  // What a region's answers have beyond the contract is learnt from thirty of them.
  for (let n = 0; n < 4; n += 1) await round()
})
afterEach(async () => {
  planted = undefined
  if ((await standing()).length > 0) await round()
  expect(await standing()).toEqual([])
})
afterAll(async () => {
  await gateway.close()
  await line.close()
})

/** Plants a change in the matter that is next. */
async function plant(change: (detail: Record<string, unknown>) => void): Promise<string> {
  const [next] = await deps().store.canary.nextMatters(SUZHOU, 1, 0)
  if (!next) throw new Error('Suzhou has no matter')
  planted = { code: next.code, change }
  return next.id
}

test('the freedoms that the contract leaves to a platform are no drift', async () => {
  for (let n = 0; n < 2; n += 1) expect(await round()).toMatchObject({ drifting: 0, silent: 0 })
  expect(told('a region’s document has drifted')).toEqual([])
})

test.each([
  [
    'a field that has another name',
    (detail: Record<string, unknown>) => {
      detail['task_title'] = detail['taskname']
      delete detail['taskname']
    },
    [
      ['added', '/task_title', '', 'string'],
      ['removed', '/taskname', 'string', ''],
    ],
  ],
  [
    'a field of another type',
    (detail: Record<string, unknown>) => {
      detail['by_law'] = { text: detail['by_law'] }
    },
    [
      ['added', '/by_law/text', '', 'string'],
      ['retyped', '/by_law', 'string', 'object'],
    ],
  ],
  [
    'a new field',
    (detail: Record<string, unknown>) => {
      detail['risk_level'] = 3
    },
    [['added', '/risk_level', '', 'integer']],
  ],
  [
    'a field that is gone',
    (detail: Record<string, unknown>) => {
      delete detail['resultname']
    },
    [['removed', '/resultname', 'string', '']],
  ],
  [
    'a code that no table knows',
    (detail: Record<string, unknown>) => {
      detail['projecttype'] = '77'
    },
    [['code', expect.stringContaining('jiangsu/'), '', '77']],
  ],
])(
  '%s is found at the next round and named, and is over when it is right again',
  async (_what, change, found) => {
    const subject = await plant(change)
    const before = told('a region’s document has drifted').length
    expect(await round()).toMatchObject({ drifting: 1 })
    expect((await standing()).toSorted()).toEqual(found.toSorted())
    expect((await standingDrifts(deps()))[0]).toMatchObject({
      subject,
      region: 'jiangsu',
      division: SUZHOU,
      answer: 'matter',
    })
    await round()
    const alarms = told('a region’s document has drifted').slice(before)
    // Once, by name, and nothing of what stood there.
    expect(alarms.map(({ level, facts }) => [level, facts])).toEqual(
      found.map(([kind, member]) => ['error', expect.objectContaining({ subject, change: kind, member })]),
    )
    planted = undefined
    const ended = told('a region’s document is right again').length
    expect(await round()).toMatchObject({ drifting: 0 })
    expect(told('a region’s document is right again').length - ended).toBe(found.length)
  },
)

test('what the region says it has edited may lose an optional field', async () => {
  await plant((detail) => {
    delete detail['resultname']
    detail['operatedate'] = '2026-11-11 11:11:11'
  })
  expect(await round()).toMatchObject({ drifting: 0 })
  // That it is back, without another word of an edit, is no drift either: the adapter knows it.
  planted = undefined
  expect(await round()).toMatchObject({ drifting: 0 })
})

test('an answer that breaks off once is no drift', async () => {
  gateway.region('jiangsu').faults.add({ kind: 'malformed', operation: 'matter-detail', times: 1 })
  expect(await round()).toMatchObject({ drifting: 0 })
  gateway.region('jiangsu').faults.clear()
})

test('a city that does not answer is silent, and drifts in nothing', async () => {
  gateway.region('jiangsu').faults.add({ kind: 'error', division: SUZHOU })
  expect(await round()).toMatchObject({ drifting: 0, silent: 1 })
  gateway.region('jiangsu').faults.clear()
})

describe('while a matter drifts', () => {
  const rename = (detail: Record<string, unknown>) => {
    detail['task_title'] = detail['taskname']
    delete detail['taskname']
  }

  test('others are filed as ever, and nothing was ever filed by looking', async () => {
    const story = storyOf('jiangsu')
    const matter = String(story.application('')['matter'])
    const submitted = () =>
      line.sent.filter(({ path: at, body }) => /submit|save|attach/i.test(at + body.toString('utf8', 0, 300)))
    const before = submitted().length
    await plant(rename)
    if (planted?.code === matter.split(':').at(-1)) throw new Error('the story is of the planted matter')
    await round()
    expect(submitted().length).toBe(before)
    const caller = await gateway.as(story.client)
    const filed = await file(caller, story.application(await upload(caller, 'a.pdf')))
    expect([filed.status, submitted().length > before]).toEqual([201, true])
    // From now on the gateway has a case there, and looks at it too.
    expect(await round()).toMatchObject({ drifting: 1 })
    const answers = await deps().store.canary.look({ subject: `jiangsu:${SUZHOU}`, answer: 'case' })
    expect(answers?.shape).toMatchObject({ members: { '/applyername': ['string'] } })
    expect(JSON.stringify(answers?.shape)).not.toContain('张测试')
  })

  test('operators see it, with since-when, in both languages; so does the metric', async () => {
    const subject = await plant(rename)
    await round()
    const { link } = await linkOperator({ account: 'ying' }, deps())
    const browser = visitor(gateway)
    await browser.send(link, { token: formTokenIn(await (await browser.send(link)).text()) ?? '' })
    passed += LIMITS.operationsMs + 1
    const page = await (await browser.send('/operations')).text()
    expect(page).toMatch(
      /<th scope="row">苏州<\/th>.*字段没有了<\/td><td><code>\/taskname<\/code><\/td><td>string<\/td><td>–<\/td><td>\d\d:\d\d:\d\d</,
    )
    expect(page).toContain(`/matters/${encodeURIComponent(subject)}`)
    browser.cookies.set('delta-reading', 'en')
    const english = await (await browser.send('/operations')).text()
    expect(english).toContain('<td>gone</td><td><code>/taskname</code>')
    const metrics = await (await gateway.gateway.metrics.request('/metrics')).text()
    expect(metrics).toContain('delta_schema_drifts{region="jiangsu",answer="matter",change="removed"} 1')
  })

  test('the command looks once, names it and ends with 1; all well is 0', async () => {
    writeFileSync(path.join(gateway.dataDir, 'sandbox-regions.json'), JSON.stringify(directory))
    await plant(rename)
    const found = await commandBeside(gateway, 'canary', '--region', 'jiangsu', '--json')
    const { drifts, rounds } = JSON.parse(found.out)
    expect([found.code, drifts.length, rounds]).toEqual([
      1,
      2,
      [expect.objectContaining({ region: 'jiangsu', drifting: 1 })],
    ])
    planted = undefined
    const well = await commandBeside(gateway, 'canary', '--region', 'jiangsu')
    expect([well.code, well.out]).toEqual([
      0,
      expect.stringMatching(/^看了 \d+ 次, 0 处变化, 0 个城市没有应答/),
    ])
  })
})

test('what an operator accepts is known from then on: a new field, and one that is gone', async () => {
  const subject = await plant((detail) => {
    detail['risk_level'] = 3
    delete detail['resultname']
  })
  await round()
  expect(await standing()).toHaveLength(2)
  expect(await acceptDrifts(deps(), 'zhejiang')).toBe(0)
  expect(await acceptDrifts(deps(), 'jiangsu')).toBe(2)
  expect(await standing()).toEqual([])
  // The matter is learnt anew at once, since nothing is known of it, and does not drift.
  expect(await round()).toMatchObject({ drifting: 0 })
  const look = await deps().store.canary.look({ subject, answer: 'matter' })
  expect(look?.shape).toMatchObject({ members: { '/risk_level': ['integer'] } })
})

test('each region has a round of its own', async () => {
  const found = sharedRounds(deps()).find(({ name }) => name === 'canary')
  expect([found?.keys, found?.everySeconds]).toEqual([['shanghai', 'jiangsu', 'zhejiang', 'anhui'], 600])
  await found?.run('shanghai')
  expect(gateway.told.at(-1)).toMatchObject({
    message: 'documents looked at',
    facts: { region: 'shanghai', drifting: 0 },
  })
})
