/** Recorded exchanges: nobody stands in them, they convert as they did, and what converts otherwise is named. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { adapters } from '../../src/adapters/index.ts'
import type { RegionAdapter } from '../../src/adapters/kit/contract.ts'
import type { Args, Said } from '../../src/cli/args.ts'
import { contractsDiff } from '../../src/cli/contracts.ts'
import { replayAll } from '../../src/cli/replay.ts'
import { LIMITS } from '../../src/config.ts'
import { keepExchanges, recorder } from '../../src/federation/exchanges/record.ts'
import {
  parseRecord,
  type Recorded,
  type Replayed,
  recorded,
  replay,
} from '../../src/federation/exchanges/replay.ts'
import { onDatabase } from '../cases/support.ts'
import { STORIES } from '../flow/stories.ts'
import { commandBeside } from '../support/command.ts'
import { file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'

const folder = mkdtempSync(path.join(os.tmpdir(), 'delta-replay-'))
const out = path.join(folder, 'record.jsonl')
let gateway: TestGateway
/** What is a person's in what was sent, and what the gateway and the regions called it. */
const personal = new Set<string>()
const deps = () => gateway.gateway.deps

const VALUES_OF_NOBODY = /^(\/matter|\/division|\/sourceDivision|.*\/(kind|type|mode|id))$/
function remember(value: unknown, pointer = ''): void {
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) remember(inner, `${pointer}/${key}`)
  else if (
    typeof value === 'string' &&
    value.length > 2 &&
    !/^\d{6}$/.test(value) &&
    !VALUES_OF_NOBODY.test(pointer)
  )
    personal.add(value)
}

/** Files in a region, and sends what came of it through the conversions both ways. */
async function exchangeWith({
  region,
  division,
  client,
  application,
}: (typeof STORIES)[number]): Promise<void> {
  await gateway.sync(division)
  await keepExchanges(deps())
  const caller = await gateway.as(client)
  const sent = application(await upload(caller, '王小明.pdf'))
  remember(sent)
  const filed = await file(caller, sent)
  expect([region, filed.status]).toEqual([region, 201])
  personal.add(filed.body.caseNumber)
  const convert = (from: string, to: string, content: unknown) =>
    caller('POST', '/api/v1/conversions', { kind: 'application', from, to, content })
  const there = await convert('canonical', region, sent)
  const back = await convert(region, 'canonical', there.body.content)
  expect([there.status, back.status]).toEqual([200, 200])
  await keepExchanges(deps())
}

beforeAll(async () => {
  gateway = await startTestGateway()
  for (const story of STORIES) await exchangeWith(story)
  await gateway.poll()
  await keepExchanges(deps())
})
afterAll(async () => {
  await gateway.close()
  rmSync(folder, { recursive: true, force: true })
})

async function record(): Promise<readonly Recorded[]> {
  const all: Recorded[] = []
  for await (const one of recorded(deps(), undefined)) all.push(one)
  return all
}

test('of every region there is a matter and a case that was read, and an application both ways', async () => {
  const found = new Set((await record()).map(({ region, message, way }) => `${region} ${message} ${way}`))
  for (const { id } of adapters)
    for (const what of ['matter read', 'case read', 'application read', 'application write'])
      expect(found).toContain(`${id} ${what}`)
})

test('no value of a person stands in any of them', async () => {
  // What is in a catalogue is public, and may well name a street that somebody lives in.
  const rows = await onDatabase(
    gateway,
    (sql) => sql`select row_to_json(e)::text as said from exchanges e where message <> 'matter'`,
  )
  const text = rows.map(({ said }) => said).join('\n')
  expect(rows.length).toBeGreaterThanOrEqual(12)
  expect(personal.size).toBeGreaterThan(15)
  expect([...personal].filter((value) => text.includes(value))).toEqual([])
  // Nor who works at the gateway's counter, which options name.
  expect(text).not.toContain('长三角')
})

test('as the code is, every one of them converts as it did', async () => {
  const found: Replayed[] = []
  const all = await replay(
    await record(),
    (name) => adapters.find(({ id }) => id === name),
    (one) => found.push(one),
  )
  expect([found, all]).toEqual([[], { exchanges: all.exchanges, otherwise: 0, unspoken: 0 }])
  expect(all.exchanges).toBeGreaterThan(20)
})

/** An adapter with something else in one of its documents. */
function changed(adapter: RegionAdapter, change: (canon: Record<string, unknown>) => object): RegionAdapter {
  const { case: kept, ...dialect } = adapter.dialect
  const read = (...given: Parameters<typeof kept.read>) => change({ ...kept.read(...given) })
  return { ...adapter, dialect: { ...dialect, case: { ...kept, read: read as typeof kept.read } } }
}

test('a change of the code is named: which exchange, which field, before and after', async () => {
  const [, , zhejiang] = adapters
  if (zhejiang?.id !== 'zhejiang') throw new Error('the regions stand in another order')
  const other = changed(zhejiang, ({ title: _gone, ...canon }) => ({ ...canon, status: 'ACCEPTED' }))
  const found: Replayed[] = []
  await replay(
    await record(),
    (name) => (name === 'zhejiang' ? other : adapters.find(({ id }) => id === name)),
    (one) => found.push(one),
  )
  expect(found.map(({ region, message, way }) => [region, message, way])).toEqual([
    ['zhejiang', 'case', 'read'],
  ])
  expect(found[0]?.differences).toEqual([
    { pointer: '/title', before: expect.any(String) },
    { pointer: '/status', before: 'SUBMITTED', after: 'ACCEPTED' },
  ])
})

test('code that fails where it did not is a difference, and a place that nobody speaks for is counted', async () => {
  const broken = (name: string) => {
    const found = adapters.find(({ id }) => id === name)
    if (name === 'anhui') return undefined
    return name === 'jiangsu' && found ? changed(found, () => JSON.parse('{')) : found
  }
  const found: Replayed[] = []
  const all = await replay(await record(), broken, (one) => found.push(one))
  expect(found.map(({ differences }) => differences)).toEqual([
    [{ pointer: '', before: 'converts', after: 'INTERNAL' }],
  ])
  expect([all.otherwise, all.unspoken > 0]).toEqual([1, true])
})

describe('the commands', () => {
  const delta = (...words: string[]) => commandBeside(gateway, ...words)

  /** A command in this process, where it needs no database: how it ends and what it says. */
  const run = async (
    command: (args: Args) => Promise<Said>,
    values: Args['values'],
    ...positionals: string[]
  ) => {
    const said = await command({ values: { json: true, ...values }, positionals })
    const code = process.exitCode ?? 0
    process.exitCode = 0
    if (typeof said === 'string') throw new Error('the command told no data')
    return { code, text: said.text, data: said.data as { readonly record?: unknown } }
  }

  test('export and replay beside the gateway: nothing differs', async () => {
    const exported = await delta('replay', 'export', '--out', out, '--json')
    const { exchanges } = JSON.parse(exported.out)
    expect([exported.code, readFileSync(out, 'utf8').trim().split('\n').length]).toEqual([0, exchanges])
    const beside = await delta('replay', '--region', 'jiangsu', '--json')
    expect([beside.code, JSON.parse(beside.out)]).toMatchObject([0, { otherwise: 0, found: [] }])
    const from = await run(replayAll, { file: out })
    expect([from.code, from.text.startsWith(`${exchanges} 次交换, 0 次现在转换结果不同`)]).toEqual([0, true])
  })

  test('what converts otherwise is told field by field, and ends with 1', async () => {
    const lines = readFileSync(out, 'utf8').trim().split('\n')
    const once = lines.map((line) => {
      const one = JSON.parse(line)
      if (one.region === 'shanghai' && one.message === 'case') one.got.content.status = 'RECEIVED'
      return JSON.stringify(one)
    })
    const old = path.join(folder, 'old.jsonl')
    writeFileSync(old, once.join('\n'))
    const told = await delta('replay', '--file', old)
    expect(told.code).toBe(1)
    expect(told.out).toMatch(/^shanghai {2}case read .*\n {4}\/status {2}"RECEIVED" → "SUBMITTED"\n/)
    expect((await run(replayAll, { file: old, region: 'anhui' })).code).toBe(0)
  })

  test('a file that is no record, and a region that is none, are not understood', async () => {
    const wrong = path.join(folder, 'wrong.jsonl')
    writeFileSync(wrong, `${readFileSync(out, 'utf8').split('\n')[0]}\n{"region":"zhejiang"}\n`)
    await expect(run(replayAll, { file: wrong })).rejects.toMatchObject({
      facts: { reason: 'line 2 is no exchange' },
    })
    await expect(run(replayAll, { region: 'fujian' })).rejects.toMatchObject({
      facts: { option: '--region' },
    })
  })

  test('a region’s new schema beside the record: what is refused, and what converts otherwise', async () => {
    const schema = JSON.parse(JSON.stringify(adapters[2]?.dialect.case.schema))
    delete schema.properties.projectName
    schema.properties.phaseCode = { type: 'integer' }
    const now = path.join(folder, 'case.json')
    writeFileSync(now, JSON.stringify(schema))
    const values = { region: 'zhejiang', message: 'case', exchanges: out }
    const told = await run(contractsDiff, values, 'current', now)
    const concerned = {
      speaker: 'zhejiang',
      way: 'read',
      refused: ['/phaseCode'],
      changed: ['/projectName', '/phaseCode'],
    }
    expect([told.code, told.data.record]).toMatchObject([1, { exchanges: 1, concerned: [concerned] }])
    expect(told.text).toContain('/projectName 不再照旧转换 · converts otherwise')
    const same = await run(contractsDiff, values, 'current', 'current')
    expect([same.code, same.text]).toEqual([0, expect.stringContaining('1 次交换, 0 次受影响')])
    writeFileSync(now, JSON.stringify({ type: 'no type' }))
    await expect(run(contractsDiff, values, 'current', now)).rejects.toMatchObject({
      facts: { option: 'OLD NEW' },
    })
  })
})

describe('how much is kept', () => {
  test('of one matter and operation a few shapes, however many come', async () => {
    const some = (await record()).filter(({ region, message }) => region === 'anhui' && message === 'case')
    const [one] = some
    if (!one) throw new Error('there is no case of Anhui on record')
    const ear = recorder()
    const context = { options: one.context.options }
    for (let n = 0; n < 40; n += 1) {
      const given = { ...(one.given as object), [`extra${n}`]: '', nodes: [] }
      ear.heard('anhui', { message: 'anhui/case', way: 'read', given, context })
      await keepExchanges({ ...deps(), exchanges: ear })
    }
    const after = (await record()).filter(
      ({ matter, message }) => matter === one.matter && message === 'case',
    )
    expect(after.length).toBeGreaterThan(1)
    expect(after.length).toBeLessThanOrEqual(LIMITS.exchangesOfEach)
  })

  test('what comes faster than it is kept goes by', () => {
    const ear = recorder()
    for (let n = 0; n < LIMITS.exchangesHeld * 3; n += 1)
      ear.heard('anhui', { message: 'anhui/case', way: 'read', given: {}, context: {} })
    expect(ear.take()).toHaveLength(LIMITS.exchangesHeld)
    expect(ear.take()).toEqual([])
  })

  test('what is old goes, and of a region all but the newest', async () => {
    const { exchanges } = deps().store
    const before = await exchanges.count('zhejiang')
    await exchanges.forget(new Date(0), 3)
    expect([before > 3, await exchanges.count('zhejiang')]).toEqual([true, 3])
    await exchanges.forget(new Date(Date.now() + 1_000), 3)
    expect(await exchanges.count(undefined)).toBe(0)
  })

  test('an empty record has no line', () => expect([...parseRecord('\n\n', '--file')]).toEqual([]))
})
