/** The adapter and the played platform, which know nothing of each other, go through whole stories together. */
import { expect, test } from 'vitest'
import type { Application } from '../../schemas/application.ts'
import type { CorrectionRequest } from '../../schemas/case.ts'
import { act, events, filingOf, meet } from './test-platform.ts'
import { applied, applying, firm } from './test-vectors.ts'

test('from the catalogue over an upload, a correction and the callbacks to the result', async () => {
  const met = await meet()
  const { link } = met
  const page = await link.listMatters({ division: '330100', page: 1, pageSize: 50 })
  expect([page.total, page.items.length]).toEqual([16, 16])
  await link.health('330100')

  const { filing, filed, correcting, store } = filingOf(met)
  const first = await link.submit(filing())
  expect(first.status).toBe('SUBMITTED')
  act(met, first.caseNumber, 'PRECHECK_PASSED')
  act(met, first.caseNumber, 'RECEIVED')
  act(met, first.caseNumber, 'CORRECTION_REQUIRED', { fields: ['toAddress'], materials: ['M9900203'] })
  const heard = await events(met)
  expect(heard.map((one) => one.status)).toEqual(['PRECHECK_PASSED', 'RECEIVED', 'CORRECTION_REQUIRED'])
  const request = heard.at(-1)?.correction
  expect(request).toMatchObject({ fields: ['toAddress'], documents: [{ id: 'M9900203' }] })

  const asked = await link.readCase(filed(first))
  expect(asked).toMatchObject({ status: 'CORRECTION_REQUIRED', correction: request })
  const second = await link.correct(
    correcting(first, request as CorrectionRequest, {
      form: { toAddress: '测试路2号201室' },
      documents: [{ id: 'M9900203', mode: 'upload', uploads: ['up_2'] }],
    }),
  )
  expect(second.status).toBe('RECEIVED')
  expect(store.files).toEqual(['up_1', 'up_2'])
  for (const to of ['ACCEPTED', 'IN_REVIEW', 'APPROVED', 'COMPLETED'] as const) act(met, first.caseNumber, to)
  expect((await events(met)).map((one) => one.status)).toEqual([
    'ACCEPTED',
    'IN_REVIEW',
    'APPROVED',
    'COMPLETED',
  ])

  const done = await link.readCase(filed(second))
  expect(done).toMatchObject({
    caseNumber: first.caseNumber,
    division: '330100',
    sourceNumber: applying.sourceNumber,
    status: 'COMPLETED',
    result: { decision: 'granted' },
  })
  const documents = await link.readResult(filed(second), done)
  expect(documents.map((one) => [one.kind, one.contentType])).toEqual([['result', 'application/pdf']])
  const upload = JSON.parse(second.handle['upload:up_2@M9900203'] ?? '[]')
  expect(String((await link.download(filed(second), upload[0])).bytes)).toBe('file up_2')
  expect(met.platform.region.refusals()).toEqual([])
})

test('a firm files for itself, and its agent is written down', async () => {
  const met = await meet()
  const proof = await met.link.readMatter({ division: '330100', code: '33010100000000099006' })
  const canon: Application = {
    ...applied,
    ...firm,
    matter: proof.id,
    form: { proofYearFrom: '2098-01-01', proofYearTo: '2098-12-31' },
    documents: [],
  }
  const own = filingOf({ ...met, matter: proof }, canon)
  expect(await met.link.submit(own.filing())).toMatchObject({ status: 'SUBMITTED' })
})

test.each(['projid-get', 'material-upload', 'apply-submit'])(
  'a lost answer to %s: the repetition files one case',
  async (operation) => {
    const met = await meet()
    met.lost.push(operation)
    const { filing, store } = filingOf(met)
    await expect(met.link.submit(filing())).rejects.toThrow('was lost')
    const done = await met.link.submit(filing())
    expect(done.handle['projPwd']).toMatch(/^\d{6}$/)
    const own = met.platform.region.cases().filter((one) => one.sourceNumber === applying.sourceNumber)
    expect(own.map((one) => one.number)).toEqual([done.caseNumber])
    // Once it is kept, a file is not sent again.
    expect(store.files).toHaveLength(operation === 'material-upload' ? 2 : 1)
  },
)

test('what is asked for anew cannot be handed in later: nothing is sent', async () => {
  const met = await meet()
  const { filing, filed, correcting } = filingOf(met)
  const first = await met.link.submit(filing())
  act(met, first.caseNumber, 'CORRECTION_REQUIRED', { fields: [], materials: ['M9900202'] })
  const { correction } = await met.link.readCase(filed(first))
  const work = correcting(first, correction as CorrectionRequest, {
    documents: [{ id: 'M9900202', mode: 'later' }],
  })
  await expect(met.link.correct(work)).rejects.toMatchObject({
    code: 'BODY_INVALID',
    errors: [{ pointer: '/documents', zh: '补正时不能后补“居民户口簿”(M9900202)' }],
  })
  expect(met.calls).not.toContain('apply-correct')
})

test('a returned precheck is corrected too, with a field that was asked for and stays as it was', async () => {
  const met = await meet()
  const { filing, filed, correcting } = filingOf(met)
  const first = await met.link.submit(filing())
  act(met, first.caseNumber, 'PRECHECK_RETURNED', { fields: ['toAddress'], materials: ['M9900203'] })
  const { correction } = await met.link.readCase(filed(first))
  const done = await met.link.correct(
    correcting(first, correction as CorrectionRequest, {
      documents: [{ id: 'M9900203', mode: 'upload', uploads: ['up_3'] }],
    }),
  )
  expect(done.status).toBe('SUBMITTED')
  expect(met.platform.region.refusals()).toEqual([])
})

test('a document that nobody asked for is sent with a correction, when it was changed', async () => {
  const met = await meet()
  const { filing, filed, correcting } = filingOf(met)
  const first = await met.link.submit(filing())
  act(met, first.caseNumber, 'CORRECTION_REQUIRED', { fields: ['toAddress'], materials: [] })
  const { correction } = await met.link.readCase(filed(first))
  await met.link.correct(
    correcting(first, correction as CorrectionRequest, {
      form: { toAddress: '新址' },
      documents: [{ id: 'M9900203', mode: 'upload', uploads: ['up_4'] }],
    }),
  )
  expect(met.calls.filter((one) => one === 'material-upload')).toHaveLength(2)
  expect(met.platform.region.refusals()).toEqual([])
})

test('a withdrawal that comes too late is a conflict', async () => {
  const met = await meet()
  const { filing, filed } = filingOf(met)
  const first = filed(await met.link.submit(filing()))
  for (const to of ['ACCEPTED', 'APPROVED', 'COMPLETED'] as const) act(met, first.caseNumber, to)
  await expect(met.link.withdraw(first, { reason: '不再需要', at: met.now() })).rejects.toMatchObject({
    code: 'STATE_CONFLICT',
  })
})

test('refusals name the place in the application', async () => {
  const met = await meet()
  const bent = (changes: Partial<Application>) =>
    met.link.submit(filingOf(met, { ...applied, ...changes }).filing())
  await expect(bent({ form: { ...applied.form, moveReason: '77' } })).rejects.toMatchObject({
    code: 'REGION_REJECTED',
    facts: { region: 'zhejiang', operation: 'apply-submit', code: 'C-AFFAIR-PARAM-INVALID' },
    errors: [{ pointer: '/form/moveReason' }],
  })
  await expect(bent({ documents: applied.documents.slice(0, 2) })).rejects.toMatchObject({
    facts: { code: 'C-AFFAIR-MATERIAL-MISSING' },
    errors: [{ pointer: '/documents', zh: '浙江要求材料 M9900203' }],
  })
  const unknown = { projId: '330101990105999999999', projPwd: '000000' }
  const { filed } = filingOf(met)
  await expect(
    met.link.readCase(
      filed({ caseNumber: '1', handle: unknown, status: 'SUBMITTED', rawStatus: { code: '', label: '' } }),
    ),
  ).rejects.toMatchObject({ code: 'CASE_NOT_FOUND' })
})

test('a person’s cases, those of the Zhejiang site too', async () => {
  const met = await meet()
  const { filing } = filingOf(met)
  const first = await met.link.submit(filing())
  const ask = {
    division: '330100',
    holder: { name: '测试甲', idDocument: { type: '111', number: '33010619010203101X' } },
    pageSize: 50,
    auditNumber: 'AUDIT20990105001',
  }
  const { total, items } = await met.link.listCases({ ...ask, page: 1 })
  expect([total, items.length]).toEqual([3, 3])
  expect(items.map((one) => one.status).toSorted()).toEqual(['DELIVERED', 'DRAFT', 'SUBMITTED'])
  expect(items.find((one) => one.caseNumber === first.caseNumber)?.sourceNumber).toBe(applying.sourceNumber)
  // What the listing hands on is enough to read the case.
  const [site] = items.filter((one) => one.sourceNumber === undefined)
  expect(site).toBeDefined()
  const nobody = { ...ask, holder: { ...ask.holder, name: '无名' }, page: 1 }
  expect(await met.link.listCases(nobody)).toEqual({ total: 0, items: [] })
})
