/** What the calls send at their limits, and what they make of answers that are free or odd. */
import { describe, expect, test } from 'vitest'
import type { RegionalCase } from '../../schemas/case.ts'
import type { Outgoing } from '../kit/transport.ts'
import { anhui } from './index.ts'
import { decided, proof, sample, someCase, vectors } from './test-vectors.ts'
import { parseXml } from './xml.ts'

type Answer = Readonly<Record<string, unknown>>

/** A region that answers everything with this; what it was sent is kept. */
function pretend(answer: Answer) {
  const sent: Outgoing[] = []
  const link = anhui.connect(
    vectors.config,
    async (out) => {
      sent.push(out)
      return { status: 200, headers: {}, body: Buffer.from(JSON.stringify(answer)) }
    },
    () => new Date('2099-01-02T09:00:50+08:00'),
  )
  /** A field of the form that was sent last. */
  const field = (name: string) => new URLSearchParams(String(sent.at(-1)?.body)).get(name) ?? ''
  return { link, sent, field }
}
const good = (data: unknown): Answer => ({ result: '01', resultmsg: '', data, extra: null })
const listed = { division: '340100', page: 1, pageSize: 50, auditNumber: 'a' }
const holder = { name: '测试甲', idDocument: { type: '111', number: '34010319000101001x' } }
const row = { projid: 'AH1', sc: 's', areaCode: '340100000000', handleState: '01' }
const pdf = { fileName: 'a.pdf', suffix: 'PDF', md5: '8b1a9953c4611296a827abf8c47804d7', content: 'SGVsbG8=' }
const current = decided('COMPLETED')

describe('a person’s cases', () => {
  test('are asked for with a capital X, and at most fifty at once', async () => {
    const { link, field } = pretend(good({ total: '0', records: [] }))
    expect(await link.listCases({ ...listed, holder, pageSize: 200 })).toEqual({ total: 0, items: [] })
    expect(parseXml(field('projListXml'), 'RECORD')).toEqual({
      APPLY_CARDTYPE: '10',
      APPLY_CARDNUMBER: '34010319000101001X',
      AREACODE: '340100000000',
      STARTTIME: '',
      ENDTIME: '',
      PAGENUM: '1',
      PAGESIZE: '50',
    })
  })
  test('trap 6: one alone comes as an object; an unknown state is shown as it came', async () => {
    const { link } = pretend(good({ total: 1, records: { ...row, handleState: '77', projpwd: '' } }))
    const { items } = await link.listCases({ ...listed, holder })
    expect(items).toMatchObject([{ caseNumber: 'AH1', status: 'UNKNOWN', rawStatus: { code: '77' } }])
    expect(items[0]?.handle).toEqual({ projid: 'AH1' })
  })
})

describe('a city’s matters', () => {
  const ask = { division: '340100', page: 1, pageSize: 10 }
  const one = { sc: 's', updateTime: '2025-01-01 00:00:00', state: '1' }
  test('trap 6: one alone comes as an object, and trap 5: the total as digits', async () => {
    const { link } = pretend({ flag: '200', result: '', data: one, total: '1', pageNum: 1 })
    expect(await link.listMatters(ask)).toEqual({
      total: 1,
      items: [{ code: 's', updatedAt: '2025-01-01T00:00:00+08:00', state: 'active' }],
    })
  })
  test('in a state that nobody knows cannot be filed', async () => {
    const { link } = pretend({ flag: '200', result: '', data: [{ ...one, state: '8' }], total: 1 })
    expect((await link.listMatters(ask)).items[0]?.state).toBe('suspended')
  })
  test('trap 5: pages are numbers in JSON', async () => {
    const { link, sent } = pretend({ flag: '200', result: '', data: [], total: 0 })
    await link.listMatters(ask)
    expect(JSON.parse(String(sent[0]?.body))).toMatchObject({ pageNum: 1, pageSize: 10 })
  })
})

describe('results', () => {
  const of = (files: unknown, state: RegionalCase = current) =>
    pretend(good({ projid: 'AH1', files })).link.readResult(someCase(proof), state)
  test('trap 6: one file comes as an object; its suffix may be written large', async () => {
    expect(await of(pdf)).toMatchObject([{ kind: 'result', name: 'a.pdf', contentType: 'application/pdf' }])
    expect(await of([])).toEqual([])
  })
  test('of a kind that nobody knows are bytes', async () => {
    expect(await of([{ ...pdf, suffix: 'zip' }])).toMatchObject([{ contentType: 'application/octet-stream' }])
  })
  test('that do not fit their digest are not handed on', async () => {
    await expect(of([{ ...pdf, content: 'SGVsbG8h' }])).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { operation: 'result-download', reason: 'digest' },
    })
  })
  test('say which notice they are', async () => {
    const denied: RegionalCase = {
      ...decided('DELIVERED'),
      result: { decision: 'denied', documents: [] },
    }
    expect(await of(pdf, decided('NOT_ACCEPTED'))).toMatchObject([{ kind: 'notAcceptedNotice' }])
    expect(await of(pdf, decided('DENIED'))).toMatchObject([{ kind: 'denial' }])
    expect(await of(pdf, denied)).toMatchObject([{ kind: 'denial' }])
  })
})

describe('a withdrawal', () => {
  const asking = async (reason: string, handle = someCase(proof).handle) => {
    const { link, field } = pretend(good({ handleState: '22' }))
    await link.withdraw({ ...someCase(proof), handle }, { reason, at: new Date('2099-01-02T10:00:00+08:00') })
    const xml = field('apasRegnfoXml')
    return parseXml(xml, 'RECORD') as { SERVICEINFO: Record<string, string> }
  }
  test('trap 1: goes to apasRegInfo in a field apasRegnfoXml', async () => {
    const { link, sent, field } = pretend(sample('case-withdraw').response.body as Answer)
    await link.withdraw(someCase(proof), { reason: '撤回', at: new Date() })
    expect(sent[0]?.url).toMatch(/\/apasRegInfo$/)
    expect(field('apasRegnfoXml')).toContain('<handleState>22</handleState><dataState>0</dataState>')
  })
  test('has a reason of at most 200 characters, in what XML can carry', async () => {
    expect((await asking('𠮷'.repeat(300))).SERVICEINFO['REASON']).toBe('𠮷'.repeat(200))
    expect((await asking('a\u0001b\ud800 ')).SERVICEINFO['REASON']).toBe('ab')
    expect((await asking('\u0001')).SERVICEINFO['REASON']).toBe('申请人要求撤回')
  })
  test('names the application even where its key was not kept', async () => {
    const { unid: _gone, ...handle } = someCase(proof).handle
    expect((await asking('撤回', handle)).SERVICEINFO['UNID']).toMatch(/^[0-9a-f]{32}$/)
  })
  test('is refused in another state, which is told', async () => {
    const { link } = pretend({
      result: '06',
      resultmsg: '状态不允许',
      data: { projid: 'AH1', handleState: '11' },
    })
    await expect(link.withdraw(someCase(proof), { reason: '撤回', at: new Date() })).rejects.toMatchObject({
      code: 'STATE_CONFLICT',
      facts: { state: '11' },
    })
  })
})
