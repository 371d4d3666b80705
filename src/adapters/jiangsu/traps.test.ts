import { expect, test } from 'vitest'
import type { FiledCase, Filing } from '../kit/contract.ts'
import type { Incoming, Transport } from '../kit/transport.ts'
import { jiangsu } from './index.ts'
import { answering, config, context, jsonOf, now, readMatter, sample } from './test-samples.ts'

const JSON_TYPE = { 'content-type': 'application/json;charset=UTF-8' }
const hall = (custom: object, status = 200): Incoming => ({
  status,
  headers: JSON_TYPE,
  body: Buffer.from(JSON.stringify({ status: { code: 200, text: '' }, custom })),
})
/** A link that is answered in turn. */
const told = (...answers: readonly Incoming[]) => {
  const left = [...answers]
  const transport: Transport = async () => left.shift() ?? hall({ code: 0, text: 'nothing left' })
  return jiangsu.connect(config, transport, now)
}
const filed = {
  division: '320500',
  caseNumber: 'JSSZ1',
  application: { applicant: { idDocument: { type: '111', number: '320501190001010015' } } },
  handle: { projectguid: '5c169abe-b050-b37d-ce01-eb5ceb594eb5' },
} as unknown as FiledCase
const detail = () => jsonOf(sample('case-query').response.body).custom
const read = (change: object) => jiangsu.dialect.case.read({ ...detail(), ...change }, context)

test('trap 1: the members with an underscore are read as they are spelled, and their neighbours too', async () => {
  const matter = await readMatter()
  expect(matter).toMatchObject({
    isOnline: true,
    state: 'active',
    commitment: { days: 15 },
    conditions: '符合示例条件',
  })
  const wire = jiangsu.dialect.matter.write(matter, context)
  for (const member of [
    'promise_day',
    'anticipate_type',
    'is_online',
    'is_enable',
    'taskguid',
    'projecttype',
  ])
    expect(wire).toHaveProperty(member)
})

test('trap 2: formjson and buzhenginfo are JSON inside a string', async () => {
  expect((await readMatter()).form.fields.map((one) => one.name)).toEqual(['blyy', 'ylkh'])
  const info = JSON.stringify({ deadline: '2099-01-07 09:01:14', opinion: 'x', materiallist: [] })
  expect(read({ status: 28, buzhenginfo: info }).correction).toMatchObject({
    dueOn: '2099-01-07T09:01:14+08:00',
  })
  expect(() => read({ buzhenginfo: '{"__proto__":{}}' })).toThrow()
})

test('trap 3: numbers come as digits and as numbers', () => {
  expect(read({ status: '30' }).status).toBe(read({ status: 30 }).status)
  const file = { attachguid: 'g', attachname: 'a.pdf', attachlength: '559', resultname: '', resultno: '' }
  expect(read({ status: '90', resultlist: file }).result?.documents[0]?.size).toBe(559)
})

test('trap 6 and 8: status.code is 200 for refusals too; only custom.code 1 is success, as number or digits', async () => {
  await expect(told(hall({ code: 0, text: '身份验证失败' })).health('320500')).rejects.toMatchObject({
    code: 'REGION_AUTH',
  })
  await expect(told(hall({ code: '1', text: 'ok' })).health('320500')).resolves.toBeUndefined()
  await expect(told(hall({ code: 2 })).health('320500')).rejects.toMatchObject({ code: 'REGION_REJECTED' })
})

test('trap 11: a matter is known by its city and its key there, and its base code is the same everywhere', async () => {
  const matter = await readMatter()
  expect(matter.id).toBe('jiangsu:320500:1ffd35f3-f48b-614e-bfbd-85bf56bc9c8f')
  expect(matter.baseCode).toBe('322012003000')
})

test('trap 12: the portal label of a list is not read as a state', async () => {
  const row = jsonOf(sample('case-list').response.body).custom.projectlist[0]
  expect(row.statustext).toBe('审批中')
  const page = await answering('case-list').link.listCases({
    division: '320500',
    holder: { name: '', idDocument: { type: '111', number: '320501190001010015' } },
    page: 1,
    pageSize: 20,
    auditNumber: '',
  })
  expect(page.items[0]?.rawStatus).toEqual({ code: '30', label: '已受理' })
})

test('trap 14: Base64 with line breaks is the same file, and a wrong digest is refused', async () => {
  const { custom } = jsonOf(sample('case-result').response.body)
  const lines = custom.attachcontent.replaceAll(/.{76}/g, '$&\r\n')
  const current = { result: { decision: 'granted', documents: [{ ref: 'g', name: 'x' }] } } as never
  const [file] = await told(hall({ ...custom, attachcontent: lines })).readResult(filed, current)
  expect(file?.bytes.length).toBe(Number(custom.attachlength))
  await expect(
    told(hall({ ...custom, sm3: 'f'.repeat(64) })).readResult(filed, current),
  ).rejects.toMatchObject({
    code: 'REGION_ANSWER_INVALID',
  })
})

test('trap 15: a download that fails is JSON with HTTP 200', async () => {
  await expect(told(hall({ code: 0, text: '附件不存在' })).download(filed, 'g')).rejects.toMatchObject({
    code: 'REGION_REJECTED',
  })
  const bytes = { status: 200, headers: { 'content-type': 'application/pdf' }, body: Buffer.from('%PDF') }
  expect((await told(bytes).download(filed, 'g')).bytes.toString()).toBe('%PDF')
})

test('trap 16: a duplicate submission is fetched by its key', async () => {
  const matter = await readMatter()
  const filing = {
    division: '320500',
    matter,
    wire: {
      areacode: '320500',
      taskguid: 't',
      sourceareacode: '310000',
      certnum: '320501190001010015',
      materiallist: [],
    },
    sourceNumber: 'CSJ1',
    handle: { projectguid: '5c169abe-b050-b37d-ce01-eb5ceb594eb5' },
    keep: () => Promise.resolve(),
    now,
  } as unknown as Filing
  const link = told(hall({ code: 0, text: '不允许重复提交办件' }), hall({ code: 1, ...detail() }))
  expect(await link.submit(filing)).toMatchObject({ caseNumber: 'JSSZ209901020004', status: 'IN_REVIEW' })
})

test('trap 17: an empty text is no date', () => {
  const { completedAt, acceptedAt } = read({ acceptdate: '', banjiedate: '' })
  expect([completedAt, acceptedAt]).toEqual([undefined, undefined])
})

test('a system error of the hall, and one of the server, leave the outcome unknown', async () => {
  const hallError = {
    status: 200,
    headers: JSON_TYPE,
    body: Buffer.from('{"status":{"code":500,"text":"系统异常"},"custom":{}}'),
  }
  const serverError = { status: 502, headers: {}, body: Buffer.from('<html>') }
  for (const answer of [hallError, serverError])
    await expect(told(answer).health('320500')).rejects.toMatchObject({ code: 'REGION_UNAVAILABLE' })
  await expect(told(hall({ code: 0, text: '系统繁忙，请稍后再试' })).health('320500')).rejects.toMatchObject({
    code: 'REGION_BUSY',
  })
})
