/** A clerk in 崇明 takes papers in for 启东, and the owner's clerk confirms that they have come. */
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nextSteps } from '../../src/federation/desk/custody.ts'
import { portrait } from '../../src/sandbox/pictures.ts'
import type { CustodyRow } from '../../src/store/index.ts'
import { tell } from '../cases/support.ts'
import { inDatabase } from '../counter/support.ts'
import { numberOf } from '../portal/support.ts'
import { browserOf, type Somebody, somebody } from '../support/as-person.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { formTokenIn } from '../support/page-reader.ts'
import {
  type AtWork,
  agreed,
  certifiable,
  chosen,
  clerkAt,
  digitsOf,
  documentIn,
  filledIn,
  hidden,
  questionsIn,
  scanned,
  takenIn,
} from './support.ts'

const NANTONG = '320600'
const MATTER = '开具无犯罪记录证明'

let gateway: TestGateway
let first: AtWork
let second: AtWork
let owner: AtWork
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync(NANTONG)
  first = await clerkAt('sandbox-chongming', '陈一', '310151', gateway)
  second = await clerkAt('sandbox-chongming', '林二', '310151', gateway)
  owner = await clerkAt('sandbox-nantong', '周三', '320681', gateway)
})
afterAll(() => gateway.close())

let ordinal = 500
const newcomer = (): Promise<Somebody> => {
  ordinal += 1
  return somebody({ name: `测试来访${ordinal}`, number: numberOf('19810203', ordinal) }, gateway)
}
const page = (): Buffer => portrait(1).bytes

/** A case of a newcomer up to the person's word. */
async function begun(person: Somebody): Promise<string> {
  const at = await takenIn(first, person, gateway)
  await chosen(first, at, MATTER, NANTONG)
  return at
}

/** A case that is ready but for handing over. */
async function ready(person: Somebody): Promise<string> {
  const at = await begun(person)
  await agreed(person, at, gateway, [])
  await filledIn(first, at)
  const document = documentIn(await first.page(at), '居民身份证')
  expect((await scanned(first, at, document, [page(), page()])).status).toBe(303)
  const [certify = ''] = certifiable(await second.page(at))
  expect((await second.post(at, certify)).status).toBe(303)
  return at
}

const textOf = async (clerk: AtWork, path: string) => {
  const bytes = new Uint8Array(await (await clerk.browser.send(path)).arrayBuffer())
  const { text } = await extractText(await getDocumentProxy(bytes), { mergePages: true })
  return text.replaceAll(/\s/g, '')
}

test('a case goes from the code to the courier, and arrives', async () => {
  const person = await newcomer()
  const at = await ready(person)
  await first.post(at, `${at}/custody`, { step: 'received' })
  const filed = await first.post(at, `${at}/hand-over`)
  expect(filed.status).toBe(303)
  const sent = await first.post(at, `${at}/custody`, {
    step: 'sent',
    courier: '中国邮政速递',
    courierNumber: 'EX123456789CN',
  })
  expect(sent.status).toBe(303)
  const queue = await owner.page('/desk/incoming')
  expect(queue).toContain(MATTER)
  expect(queue).toContain('寄往办理地')
  expect(queue).not.toContain(person.name)
  const incoming = at.replace('/cases/', '/incoming/')
  const shown = await owner.page(incoming)
  expect(shown).toContain('EX123456789CN')
  expect(shown).toContain('林二')
  expect((await owner.post(incoming, `${incoming}/arrived`)).status).toBe(303)
  expect(await owner.page(incoming)).toContain('办理地收到')
  expect(await first.page(at)).toContain('办理地收到')
})

test('the region gets the form and the papers, and the person has the case among their own', async () => {
  const person = await newcomer()
  const at = await ready(person)
  await first.post(at, `${at}/hand-over`)
  const { store, sealing } = gateway.gateway.deps
  const row = await store.deskCases.read(at.split('/').at(-1) ?? '')
  const filed = await store.cases.read(row?.caseId ?? '')
  expect([filed?.clientId, filed?.sourceDivision, filed?.division]).toEqual([
    'sandbox-chongming',
    '310151',
    NANTONG,
  ])
  expect(filed?.dispatchState).toBe('sent')
  const { application } = sealing.open<{ application: { applicant: { name: string }; documents: object[] } }>(
    filed?.filedSealed as Buffer,
  )
  expect(application.applicant.name).toBe(person.name)
  expect(application.documents).toHaveLength(1)
})

test('every look and act of the clerks stands among the looks at the person, as a clerk’s at the counter', async () => {
  const person = await newcomer()
  await ready(person)
  const key = gateway.gateway.deps.sealing.identity(person.idDocument)
  const acts = await inDatabase(gateway, (sql) => sql`select record from accesses where holder_key = ${key}`)
  for (const act of ['codes.scan', 'desk.read', 'desk.scan', 'desk.certify'])
    expect(acts).toContainEqual({
      record: expect.objectContaining({ act, role: 'clerk', channel: 'counter' }),
    })
})

describe('nothing is typed that is known', () => {
  test('what an earlier case told is not asked again, cannot be typed, and the counter stands at 0', async () => {
    const person = await newcomer()
    const at = await ready(person)
    await first.post(at, `${at}/hand-over`)
    const again = await begun(person)
    await agreed(person, again, gateway, [])
    const shown = await first.page(again)
    expect(questionsIn(shown)).toEqual([])
    expect(shown).toContain('以前的办件')
    expect(shown).not.toContain('13800000000')
    const typed = await first.post(again, `${again}/form`, { '/applicant/mobile': '13900000000' })
    expect(typed.status).toBe(422)
    expect(await typed.text()).toContain('这一项已经知道, 不能重复填写')
    expect(/<dd id="retyped">(\d+)</.exec(await first.page('/desk'))?.[1]).toBe('0')
  })

  test('what is wrong is told at its field, and what was typed is kept', async () => {
    const person = await newcomer()
    const at = await begun(person)
    await agreed(person, at, gateway, [])
    const wrong = await first.post(at, `${at}/form`, { '/applicant/mobile': '12' })
    const told = await wrong.text()
    expect(wrong.status).toBe(422)
    expect(told).toContain('id="fault-/applicant/mobile"')
    expect(told).toMatch(/name="\/applicant\/mobile"[^>]* value="12"/)
  })
})

describe('a known value that is wrong', () => {
  const again = async () => {
    const person = await newcomer()
    const before = await ready(person)
    await first.post(before, `${before}/hand-over`)
    const at = await begun(person)
    await agreed(person, at, gateway, [])
    return { person, at }
  }
  const correct = (at: string, value: string, reason: string, pointer = '/applicant/mobile') =>
    first.post(at, `${at}/correction`, { pointer, value, reason })
  const rowOf = (at: string) => gateway.gateway.deps.store.deskCases.read(at.split('/').at(-1) ?? '')

  test('is corrected with a reason, counted by itself, recorded for the person, and filed as it is right', async () => {
    const { person, at } = await again()
    expect((await correct(at, '13911112222', '本人说换了号码')).status).toBe(303)
    expect((await correct(at, '13911113333', '刚才听错一位')).status).toBe(303)
    const shown = await first.page(at)
    expect(shown).toContain('刚才听错一位')
    expect(shown).not.toContain('13911113333')
    expect(await rowOf(at)).toMatchObject({ corrected: 1, retyped: 0 })
    const { sealing, store } = gateway.gateway.deps
    const looks = await store.accesses.list([sealing.identity(person.idDocument)], { limit: 50 })
    expect(
      looks.filter(({ record }) => (record as { act: string }).act === 'desk.correctKnown'),
    ).toHaveLength(2)
    const document = documentIn(shown, '居民身份证')
    await scanned(first, at, document, [page()])
    await second.post(at, certifiable(await second.page(at))[0] ?? '')
    expect((await first.post(at, `${at}/hand-over`)).status).toBe(303)
    const filed = await store.cases.read((await rowOf(at))?.caseId ?? '')
    const { application } = sealing.open<{ application: { applicant: { mobile: string } } }>(
      filed?.filedSealed as Buffer,
    )
    expect(application.applicant.mobile).toBe('13911113333')
    expect(await first.page(at)).toContain('更正的已知项</dt><dd>1</dd>')
    expect((await correct(at, '13911114444', '太晚了')).status).toBeGreaterThanOrEqual(400)
    expect(await first.page('/desk')).toContain('<dd id="retyped">0<')
  })

  test.each([
    ['12', '写错了', 'fault-right/applicant/mobile'],
    ['13911112222', '', 'fault-reason/applicant/mobile'],
  ])(
    'is told at its place where %s or its reason cannot be, and what was sent is kept',
    async (value, reason, id) => {
      const { at } = await again()
      const answer = await correct(at, value, reason)
      const text = await answer.text()
      expect(answer.status).toBe(422)
      expect(text).toContain(`id="${id}"`)
      expect(text).toContain(`name="value" type="tel" value="${value}"`)
      expect(await rowOf(at)).toMatchObject({ corrected: 0 })
    },
  )

  test('is none where nothing is known', async () => {
    const { at } = await again()
    expect((await correct(at, 'x', 'y', '/form/nothing')).status).toBe(400)
  })
})

describe('the result', () => {
  test('is handed over once the region has decided, and the flow of the case ends', async () => {
    const person = await newcomer()
    const at = await ready(person)
    await first.post(at, `${at}/hand-over`)
    expect(await first.page(at)).toContain('办理地还没有作出决定')
    const deliver = (fields: Record<string, string> = { step: 'delivered' }) =>
      first.post(at, `${at}/delivery`, fields)
    expect((await deliver()).status).toBe(409)
    const { store, sealing, now } = gateway.gateway.deps
    const row = await store.deskCases.read(at.split('/').at(-1) ?? '')
    await tell(row?.caseId ?? '', now().toISOString().slice(0, 10), 'APPROVED', gateway.gateway.deps)
    expect((await deliver({ step: 'received' })).status).toBe(409)
    expect((await deliver({ step: 'posted' })).status).toBe(422)
    const clicks = await Promise.all([deliver(), deliver()])
    expect(clicks.map(({ status }) => status).toSorted()).toEqual([303, 409])
    const shown = await first.page(at)
    expect(shown).toContain('结果当面交给本人')
    expect(shown).toContain('本件在窗口办完')
    expect(shown).toMatch(/已完成 <\/span>结果送达/)
    const custody = await store.deskCases.custodyOf(row?.id ?? '')
    expect(custody.map(({ step }) => step)).toEqual(['delivered'])
    const looks = await store.accesses.list([sealing.identity(person.idDocument)], { limit: 50 })
    expect(looks.some(({ record }) => (record as { act: string }).act === 'desk.deliver')).toBe(true)
  })

  test('is rated by the person on their own phone, once there is something to rate', async () => {
    const person = await newcomer()
    const at = await ready(person)
    await first.post(at, `${at}/hand-over`)
    expect(await first.page(at)).not.toContain('评价页二维码')
    const { store, now } = gateway.gateway.deps
    const row = await store.deskCases.read(at.split('/').at(-1) ?? '')
    await tell(row?.caseId ?? '', now().toISOString().slice(0, 10), 'COMPLETED', gateway.gateway.deps)
    expect(await first.page(at)).toContain('评价页二维码')
    const phone = await browserOf(person, gateway)
    expect((await phone.get(`/me/cases/${row?.caseId}/rating`)).status).toBe(200)
  })

  test('may be there before the papers are said to have come, and they come still', () => {
    const rows = (...steps: string[]) => steps.map((step) => ({ step })) as unknown as CustodyRow[]
    expect(nextSteps(rows('received', 'sent', 'delivered'), 'owner')).toEqual(['arrived'])
    expect(nextSteps(rows('delivered'), 'owner')).toEqual([])
    expect(nextSteps(rows('received', 'sent', 'arrived', 'posted'), 'source')).toEqual([])
  })
})

describe('without the person’s word', () => {
  test('nothing is looked up, filled in, scanned or filed', async () => {
    const at = await begun(await newcomer())
    const shown = await first.page(at)
    expect(shown).not.toContain(`action="${at}/hand-over"`)
    for (const [step, fields] of [
      ['form', { '/applicant/mobile': '13800000000' }],
      ['hand-over', {}],
    ] as const)
      expect((await first.post(at, `${at}/${step}`, fields)).status).toBe(409)
    expect((await scanned(first, at, 'anything', [page()])).status).toBe(409)
  })

  test('taken back before the case is handed over, what was looked up is forgotten', async () => {
    const person = await newcomer()
    const at = await ready(person)
    const phone = await browserOf(person, gateway)
    const own = at.replace('/desk/cases', '/me/at-window')
    await phone.get(own)
    expect((await phone.post(own, [['do', 'takeBack']])).status).toBe(303)
    expect((await first.post(at, `${at}/hand-over`)).status).toBe(409)
    const { store, sealing } = gateway.gateway.deps
    const row = await store.deskCases.read(at.split('/').at(-1) ?? '')
    expect(sealing.open(row?.sealed as Buffer)).toMatchObject({ known: [], spared: [], typed: {} })
  })

  test('a signed form serves when a second clerk has compared it', async () => {
    const at = await begun(await newcomer())
    expect(await textOf(first, `${at}/consent.pdf`)).toContain('窗口以本人名义向南通市的办理部门提交申请')
    expect((await scanned(first, at, 'consent', [page()])).status).toBe(303)
    expect(questionsIn(await first.page(at))).toEqual([])
    const [certify = ''] = certifiable(await second.page(at))
    await second.post(at, certify)
    expect(questionsIn(await first.page(at))).toContain('/applicant/mobile')
  })
})

describe('the notice of receipt', () => {
  test('names the papers, who compared them, and where they are', async () => {
    const person = await newcomer()
    const at = await ready(person)
    await first.post(at, `${at}/custody`, { step: 'received' })
    const text = await textOf(first, `${at}/notice.pdf`)
    for (const part of [
      '收件告知单',
      person.name,
      MATTER,
      '南通市',
      '居民身份证,2页。与原件核对无异,核对人林二',
      '窗口收到纸质材料,经手人陈一',
      '收件不等于受理',
    ])
      expect(text).toContain(part)
    expect(text).not.toContain(person.idDocument.number)
  })
})

describe('twice is once', () => {
  test('two clicks on the first form open one case', async () => {
    const person = await newcomer()
    const shown = await first.page('/desk')
    const fields = {
      token: formTokenIn(shown) ?? '',
      id: hidden(shown, 'id'),
      code: await digitsOf(person, gateway),
    }
    const answers = await Promise.all([1, 2].map(() => first.browser.send('/desk/cases', fields)))
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect(new Set(answers.map(({ headers }) => headers.get('location'))).size).toBe(1)
  })

  test('two clicks on handing over file one case', async () => {
    const person = await newcomer()
    const at = await ready(person)
    const token = formTokenIn(await first.page(at)) ?? ''
    const answers = await Promise.all([1, 2].map(() => first.browser.send(`${at}/hand-over`, { token })))
    for (const { status } of answers) expect([303, 409, 422]).toContain(status)
    const keys = gateway.gateway.deps.sealing.identities(person.idDocument)
    const own = await gateway.gateway.deps.store.cases.listOwn(
      { holderKeys: keys, mandateIds: [] },
      { limit: 9 },
    )
    expect(own).toHaveLength(1)
    expect((await first.post(at, `${at}/hand-over`)).status).toBe(303)
  })
})
