import { expect, test } from 'vitest'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { pdfOf } from './documents.ts'
import { apply, type Prepared, query, submit, UNID } from './test-application.ts'
import { type Arrived, dataOf, independentSignature, type Kit, md5Of, openKit, textIn } from './test-kit.ts'

const tick = () => new Promise((resolve) => setTimeout(resolve, 5))

async function move(kit: Kit, { projid }: Prepared, ...states: readonly CaseStatus[]): Promise<void> {
  for (const to of states) kit.region.advance(projid, { to })
  await kit.region.sendCallbacks()
}

function checkSignature({ url, headers, body }: Arrived): void {
  const { pathname, search } = new URL(url)
  const md5 = md5Of(body)
  const { 'S-Auth-Nonce': nonce = '', 'S-Auth-Timestamp': timestamp = '' } = headers
  const parts = [pathname + search, nonce, timestamp, 'fakecbappah01', md5]
  expect(headers['S-Content-MD5']).toBe(md5)
  expect(headers['S-Auth-GroupId']).toBe('fakegroupcb01')
  expect(headers['S-Auth-Signature']).toBe(independentSignature('FAKE_CB_SECRET_AH', parts))
}

const ask = (kit: Kit, { projid, projpwd }: Prepared) =>
  kit.caseForm('/resultDownload', {
    resultDownloadXml: `<RECORD><PROJID>${projid}</PROJID><PROJPWD>${projpwd}</PROJPWD></RECORD>`,
  })

test('goes from submission over a correction to delivery', async () => {
  const kit = openKit()
  const prepared = await apply(kit)
  expect((await ask(kit, prepared)).json).toMatchObject({ result: '06', data: { handleState: '01' } })
  await move(kit, prepared, 'RECEIVED', 'CORRECTION_REQUIRED')
  const corrected = dataOf(await query(kit, prepared))
  expect(corrected).toMatchObject({
    handleState: '05',
    handleStateName: '补正',
    applyTime: '2099-01-02 09:00:00',
  })
  const items = JSON.parse(corrected['correctInfo'] ?? '').items
  expect(items).toEqual([{ attrId: 'M099902001', attrName: '居民身份证', reason: expect.any(String) }])
  expect(kit.arrived[1]?.fields['attrXml']).toContain('<ATTRID>M099902001</ATTRID>')
  const empty = { [`<PROJID>${prepared.projid}</PROJID>`]: '<PROJID/>' }
  expect((await submit(kit, prepared, empty)).json['resultmsg']).toBe('参数错误:PROJID')
  expect((await submit(kit, prepared)).json['result']).toBe('01')
  expect(dataOf(await query(kit, prepared))).toMatchObject({ handleState: '04', correctInfo: '' })
  await move(kit, prepared, 'ACCEPTED', 'IN_REVIEW', 'APPROVED', 'COMPLETED', 'DELIVERED')

  for (const callback of kit.arrived) checkSignature(callback)
  const events = kit.arrived.map(({ fields }) => {
    const xml = Object.values(fields)[0] ?? ''
    return [Object.keys(fields)[0], textIn(xml, 'handleState'), textIn(xml, 'CALLTIME')] as const
  })
  expect(events.map(([field, state]) => `${field} ${state}`)).toEqual([
    'apasRegnfoXml 04',
    'acceptInfoXml 05',
    'acceptInfoXml 06',
    'handleInfoXml 08',
    'handleInfoXml 11',
    'transactXml 20',
    'deliverInfoXml 30',
  ])
  const times = events.map(([, , time]) => time)
  expect(new Set(times).size).toBe(times.length)
  expect([...times].sort()).toEqual(times)
  expect(new Set(kit.arrived.map(({ charset }) => charset))).toEqual(new Set(['utf-8', 'gb2312']))
  expect(
    kit.arrived.every(({ fields }) => Object.values(fields)[0]?.includes('关于测试甲的户籍事项证明')),
  ).toBe(true)
  expect(kit.region.callbacks().every(({ acknowledged }) => acknowledged)).toBe(true)

  const done = dataOf(await query(kit, prepared))
  expect(done).toMatchObject({ handleState: '30', resultCode: expect.stringContaining('示例文书〔2099〕') })
  const result = await ask(kit, prepared)
  expect(JSON.stringify(result.json)).toContain('送达回证.pdf')
  expect(kit.region.cases().find(({ number }) => number === prepared.projid)).toMatchObject({
    status: 'DELIVERED',
    sourceNumber: UNID,
    next: [],
  })
})

test('lists a person’s cases, newest first, with those of its own site', async () => {
  const kit = openKit()
  const prepared = await apply(kit)
  const xml = (size: number) =>
    `<RECORD><APPLY_CARDTYPE>10</APPLY_CARDTYPE><APPLY_CARDNUMBER>34010319000101001X</APPLY_CARDNUMBER><AREACODE>340100000000</AREACODE><PAGENUM>1</PAGENUM><PAGESIZE>${size}</PAGESIZE></RECORD>`
  const { json } = await kit.caseForm('/projList', { projListXml: xml(2) })
  const data = json['data']
  expect(data).toMatchObject({
    records: [
      { projid: prepared.projid, handleState: '01', evaluated: '0' },
      { projid: 'AH340100202409200001', projpwd: '', handleState: '30', updateTime: '2024-09-20 16:00:00' },
    ],
  })
  expect(Number(dataOf({ status: 200, json })['total'])).toBe(4)
  const refused = await kit.caseForm('/projList', { projListXml: xml(51) })
  expect(refused.json['resultmsg']).toBe('参数错误:PAGESIZE')
})

test('sends a callback again until it is taken, with the same event and a new nonce', async () => {
  const kit = openKit([1, 1, 1])
  const prepared = await apply(kit)
  let calls = 0
  kit.answerCallbacksWith(() => {
    calls += 1
    return calls < 3 ? { status: 200, body: '{"result":"09"}' } : { status: 200, body: '{"result":"01"}' }
  })
  kit.region.advance(prepared.projid, { to: 'RECEIVED' })
  for (let turn = 0; turn < 50 && calls < 3; turn += 1) await tick()
  const ids = kit.arrived.map(({ fields }) => textIn(fields['apasRegnfoXml'] ?? '', 'EVENTID'))
  expect(new Set(ids).size).toBe(1)
  expect(new Set(kit.arrived.map(({ headers }) => headers['S-Auth-Nonce'])).size).toBe(3)
  await tick()
  expect(kit.region.callbacks()).toMatchObject([{ attempts: 3, acknowledged: true, lastAnswer: '200 01' }])
  kit.region.close()
})

test('survives a restart with its cases and waiting callbacks', async () => {
  const kit = openKit()
  const prepared = await apply(kit)
  kit.answerCallbacksWith(() => {
    throw new Error('nobody there')
  })
  await move(kit, prepared, 'RECEIVED')
  const other = openKit()
  other.region.load(JSON.parse(JSON.stringify(kit.region.save())))
  expect(other.region.callbacks()).toMatchObject([{ acknowledged: false, lastAnswer: 'no answer' }])
  await other.region.sendCallbacks()
  expect(other.region.callbacks()).toMatchObject([{ acknowledged: true }])
  expect(dataOf(await query(other, prepared))['handleState']).toBe('04')
  kit.region.close()
  other.region.close()
})

test('lets clerks make only the moves of the contract', async () => {
  const kit = openKit()
  const { projid } = await apply(kit)
  expect(() => kit.region.advance(projid, { to: 'ACCEPTED' })).toThrow(
    /SUBMITTED cannot become ACCEPTED.*PRECHECK_RETURNED/,
  )
  kit.region.advance(projid, { to: 'PRECHECK_RETURNED', fields: ['ZM_TYPE'], silent: true })
  expect(() => kit.region.advance(projid, { to: 'SUBMITTED' })).toThrow(/allowed: VOIDED, WITHDRAWN/)
  expect(() => kit.region.advance('nothing', { to: 'RECEIVED' })).toThrow('no case')
  await kit.region.sendCallbacks()
  expect(kit.arrived).toEqual([])
})

test('gives a document for a refusal', async () => {
  const kit = openKit()
  const prepared = await apply(kit)
  await move(kit, prepared, 'NOT_ACCEPTED')
  expect(JSON.stringify((await ask(kit, prepared)).json)).toContain('不予受理通知书.pdf')
  expect(['acceptInfoXml', 'transactXml']).toContain(Object.keys(kit.arrived[0]?.fields ?? {})[0])
})

test('makes documents whose cross-reference table is right', () => {
  const text = pdfOf('FAKE RESULT 1').toString('latin1')
  const start = Number(/startxref\n(\d+)/.exec(text)?.[1])
  expect(text.slice(start, start + 4)).toBe('xref')
  const offsets = [...text.matchAll(/(\d{10}) 00000 n/g)].map(([, offset]) => Number(offset))
  for (const [place, offset] of offsets.entries()) {
    expect(text.slice(offset, offset + 7)).toBe(`${place + 1} 0 obj`)
  }
})

test('registers two hundred cases without delay', async () => {
  const kit = openKit()
  const started = performance.now()
  for (let count = 0; count < 200; count += 1) await apply(kit, count.toString(16).padStart(32, '0'))
  expect(performance.now() - started).toBeLessThan(4000)
})
