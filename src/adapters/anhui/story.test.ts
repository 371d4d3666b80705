/** Applications at the played region: filed, followed, corrected, withdrawn, refused. */
import { expect, test } from 'vitest'
import type { Application } from '../../schemas/application.ts'
import type { FileContent, RegionLink } from '../kit/contract.ts'
import { anhui } from './index.ts'
import { unidOf } from './numbers.ts'
import { filingAt, LICENCE, now, played, submitted } from './test-played.ts'

const { application } = anhui.dialect

test('every matter of a city is listed, and read as it says', async () => {
  const { link } = played()
  const rows: string[] = []
  for (let page = 1; ; page += 1) {
    const { items, total } = await link.listMatters({ division: '340100', page, pageSize: 6 })
    rows.push(...items.map((one) => one.code))
    if (rows.length >= total) break
  }
  expect(new Set(rows).size).toBe(15)
  const matters = await Promise.all(rows.map((code) => link.readMatter({ division: '340100', code })))
  expect(matters.filter((one) => one.fileable)).toHaveLength(14)
  const tombstones = await link.listMatters({
    division: '340100',
    page: 1,
    pageSize: 100,
    changedSince: '2019-01-01T00:00:00+08:00',
  })
  expect(tombstones.items.filter((one) => one.state === 'cancelled')).toHaveLength(1)
})

test('one application goes from filing over a correction to delivery', async () => {
  const here = played()
  const { kept, filed, filedCase, correcting } = await submitted(here)
  const number = filed.caseNumber
  expect(number).toMatch(/^AH340100\d{12}$/)
  expect(filed).toMatchObject({ status: 'SUBMITTED', rawStatus: { code: '01', label: '待预审' } })

  await here.move(number, 'RECEIVED')
  await here.move(number, 'CORRECTION_REQUIRED', ['M099902001'])
  const asked = await here.link.readCase(filedCase(number, 'CORRECTION_REQUIRED'))
  expect(asked.correction?.documents.map((one) => one.id)).toEqual(['M099902001'])
  expect(here.events.at(-1)?.correction?.documents.map((one) => one.id)).toEqual(['M099902001'])

  const corrected = await here.link.correct(correcting(number, '2099-01-02T10:00:00+08:00'))
  expect(corrected).toMatchObject({ status: 'RECEIVED', caseNumber: number })
  kept.handle = corrected.handle

  for (const to of ['ACCEPTED', 'IN_REVIEW', 'APPROVED', 'COMPLETED', 'DELIVERED'] as const)
    await here.move(number, to)
  expect(here.refused).toEqual([])
  expect(here.events.map((one) => one.status)).toEqual([
    'RECEIVED',
    'CORRECTION_REQUIRED',
    'ACCEPTED',
    'IN_REVIEW',
    'APPROVED',
    'COMPLETED',
    'DELIVERED',
  ])
  expect(here.events.every((one) => one.caseKey === unidOf('CSJ20990102AAAAAAAAAAAA'))).toBe(true)
  expect(here.events.flatMap((one) => one.alarms)).toEqual([])

  const done = await here.link.readCase(filedCase(number, 'DELIVERED'))
  expect(done).toMatchObject({ status: 'DELIVERED', result: { decision: 'granted' } })
  expect(done.steps?.map((one) => one.status).slice(-2)).toEqual(['COMPLETED', 'DELIVERED'])
  const files = await here.link.readResult(filedCase(number, 'DELIVERED'), done)
  expect(files[0]?.bytes.toString('latin1')).toMatch(/^%PDF/)
  const [url] = JSON.parse(kept.handle['upload:up_2@M099902001'] ?? '[]') as string[]
  const back = await here.link.download(filedCase(number, 'DELIVERED'), url ?? '')
  expect(String(back.bytes)).toBe('BETTER-JPEG')
  const holder = { name: '测试甲', idDocument: { type: '111', number: '34010319000101001X' } }
  const list = await here.link.listCases({
    division: '340100',
    holder,
    page: 1,
    pageSize: 50,
    auditNumber: '1',
  })
  expect(list.items[0]).toMatchObject({ caseNumber: number, status: 'DELIVERED' })
})

test('a returned pre-check is answered too, and goes back to it', async () => {
  const here = played()
  const { filed, correcting } = await submitted(here)
  await here.move(filed.caseNumber, 'PRECHECK_RETURNED', ['M099902001'])
  expect(await here.link.correct(correcting(filed.caseNumber, '2099-01-02T10:00:00+08:00'))).toMatchObject({
    status: 'SUBMITTED',
  })
})

test('a withdrawal is done once, and not after the end', async () => {
  const here = played()
  const { filed, filedCase } = await submitted(here)
  const ask = { reason: '申请人要求撤回', at: new Date('2099-01-02T10:00:00+08:00') }
  const withdraw = (): ReturnType<RegionLink['withdraw']> =>
    here.link.withdraw(filedCase(filed.caseNumber, 'SUBMITTED'), ask)
  expect(await withdraw()).toMatchObject({ status: 'WITHDRAWN' })
  expect(await withdraw()).toMatchObject({ status: 'WITHDRAWN' })
  const other = await filingAt(here, 'CSJ20990102BBBBBBBBBBBB')
  const second = await here.link.submit(other.filing())
  other.kept.handle = second.handle
  await here.move(second.caseNumber, 'NOT_ACCEPTED')
  await expect(
    here.link.withdraw(other.filedCase(second.caseNumber, 'NOT_ACCEPTED'), ask),
  ).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
  const current = await here.link.readCase(other.filedCase(second.caseNumber, 'NOT_ACCEPTED'))
  const files = await here.link.readResult(other.filedCase(second.caseNumber, 'NOT_ACCEPTED'), current)
  expect(files[0]?.kind).toBe('notAcceptedNotice')
})

test('a licence stands for a document', async () => {
  const here = played()
  const work = await filingAt(here)
  const { application: canon } = work.filing()
  const [, licence] = LICENCE
  const documents: Application['documents'] = [{ id: 'M099902001', mode: 'licence', licence }]
  expect(await here.link.submit(work.filing({ ...canon, documents }))).toMatchObject({
    status: 'SUBMITTED',
  })
})

test('a firm files through its agent, and gets its matter’s own hours and lists', async () => {
  const here = played()
  const matter = await here.link.readMatter({ division: '340100', code: '3401000000000099912' })
  const canon: Application = {
    matter: matter.id,
    division: '340100',
    sourceDivision: '320500',
    applicant: {
      kind: 'organisation',
      name: '芜湖示例制造有限公司',
      idDocument: { type: '001', number: '91340200MA2FAKE100' },
      legalRepresentative: '测试乙',
    },
    agent: {
      name: '测试丙',
      idDocument: { type: '111', number: '341302190204050033' },
      mobile: '10000000003',
    },
    form: { COMPANY_NAME: '示例公司', REG_CAPITAL: '100.50', BIZ_SCOPE: '示例', COMPANY_ADDR: '示例路1号' },
    documents: [
      { id: 'M099912001', mode: 'upload', uploads: ['up_1'] },
      { id: 'M099912002', mode: 'scan', uploads: ['up_1', 'up_2'] },
    ],
  }
  const source = { sourceNumber: 'CSJ20990102CCCCCCCCCCCC', appliedAt: '2099-01-02T09:00:00+08:00' }
  const context = { matter, options: here.config.options as unknown as Record<string, unknown>, ...source }
  const pdf: FileContent = {
    name: '章程.pdf',
    contentType: 'application/pdf',
    bytes: Buffer.from('%PDF-1'),
  }
  const filed = await here.link.submit({
    division: '340100',
    matter,
    application: canon,
    wire: application.write(canon, context),
    ...source,
    handle: {},
    file: async (id) => ({ ...pdf, bytes: Buffer.from(`%PDF-${id}`) }),
    keep: async () => undefined,
    now,
  })
  expect(filed.status).toBe('SUBMITTED')
  // One upload in two materials has a reference in each.
  expect(Object.keys(filed.handle).filter((key) => key.startsWith('upload:'))).toHaveLength(3)
})

test('a refusal names its place in the application', async () => {
  const here = played()
  const work = await filingAt(here)
  const filing = work.filing()
  const wire = structuredClone(filing.wire) as {
    formXml: { RECORD: { FORMDATA: Record<string, string> } }
  }
  wire.formXml.RECORD.FORMDATA['ZM_TYPE'] = '9'
  await expect(here.link.submit({ ...filing, wire })).rejects.toMatchObject({
    code: 'REGION_REJECTED',
    facts: { region: 'anhui', operation: 'apply-submit', code: '02', member: 'ZM_TYPE' },
    errors: [{ pointer: '/form/ZM_TYPE' }],
  })
})

test('a wrong secret is refused by the front', async () => {
  const here = played()
  const config = {
    ...here.config,
    credentials: { ...here.config.credentials, appSecret: 'x' },
  }
  const link = anhui.connect(
    config,
    async (out) => {
      const answer = await here.region.app.request(out.url, { method: out.method, headers: out.headers })
      return {
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: Buffer.from(await answer.arrayBuffer()),
      }
    },
    () => new Date('2099-01-02T09:00:46+08:00'),
  )
  await expect(link.health('340100')).rejects.toMatchObject({
    code: 'REGION_AUTH',
    facts: { code: '10003' },
  })
})
