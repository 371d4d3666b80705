/** Traps that only show in the calls themselves: sent to the played region, and looked at on the way. */
import { expect, test } from 'vitest'
import { simulateShanghai } from '../../sandbox/shanghai/index.ts'
import type { Application } from '../../schemas/application.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import type { FiledCase, Filing, Handle } from '../kit/contract.ts'
import type { Outgoing, Transport } from '../kit/transport.ts'
import { shanghai } from './index.ts'

const AT = '2026-03-02T09:05:00+08:00'
const PDF = Buffer.from('%PDF-1.4 one')

/** The played region, the link to it, and all that was sent. */
function played() {
  let ms = Date.parse(AT)
  const now = () => {
    ms += 1000
    return new Date(ms)
  }
  const region = simulateShanghai({
    now,
    baseUrl: 'http://sh.test',
    gatewayUrl: 'http://gateway.test',
    post: async () => ({ status: 200, body: '{"isSuccess":true}' }),
  })
  const sent: Outgoing[] = []
  const transport: Transport = async (out) => {
    sent.push(out)
    const { method, headers, body } = out
    const bytes = body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }
    const answer = await region.app.request(out.url, { method, headers: { ...headers }, ...bytes })
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    }
  }
  const link = shanghai.connect(region.config as never, transport, now)
  const bodyOf = (path: string) => JSON.parse(String(sent.findLast(({ url }) => url.endsWith(path))?.body))
  return { region, link, sent, bodyOf, now }
}

async function file(here: ReturnType<typeof played>) {
  const matter = await here.link.readMatter({ division: '310000', code: '312099003000' })
  const application: Application = {
    matter: matter.id,
    division: '310000',
    sourceDivision: '320500',
    applicant: {
      kind: 'person',
      name: '测试己',
      idDocument: { type: '111', number: '310101190506060065' },
      mobile: '10000000005',
    },
    form: { zmsx: '3', zmnr: '公证', lqfs: '3' },
    documents: ['003CL01', '003CL02'].map((id) => ({ id, mode: 'upload', uploads: ['up_1'] })),
  }
  const context = {
    options: here.region.config['options'] as never,
    matter,
    sourceNumber: 'CSJTEST0001',
    appliedAt: AT,
  }
  const wire = shanghai.dialect.application.write(application, context)
  let handle: Handle = {}
  const filing: Filing = {
    ...context,
    division: '310000',
    application,
    wire,
    handle,
    file: async () => ({ name: '证.pdf', contentType: 'application/pdf', bytes: PDF }),
    keep: async (kept) => {
      handle = kept
    },
    now: here.now,
  }
  const filed = await here.link.submit(filing)
  const asCase: FiledCase = {
    ...filing,
    caseNumber: filed.caseNumber,
    status: filed.status,
    handle: filed.handle,
  }
  return { filing, filed, asCase, kept: () => handle }
}

const paths = (sent: readonly Outgoing[]) => sent.map(({ url }) => new URL(url).pathname)

test('trap 1: the misspelt paths are sent as they are', async () => {
  const here = played()
  const { asCase, filing, filed } = await file(here)
  for (const to of ['PRECHECK_PASSED', 'RECEIVED', 'CORRECTION_REQUIRED'] satisfies CaseStatus[])
    here.region.advance(filed.caseNumber, {
      to,
      ...(to === 'CORRECTION_REQUIRED' ? { materials: ['003CL01'] } : {}),
    })
  const wire = {
    ...filing.wire,
    stuffs: (filing.wire as { stuffs: object[] }).stuffs.map((one) => ({ ...one, stuffId: 'up_2' })),
  }
  const corrected = await here.link.correct({
    ...filing,
    wire,
    handle: filed.handle,
    filed: asCase,
    request: { fields: [], documents: [], reason: '' },
    changed: { fields: [], documents: ['003CL01'] },
    note: '已重拍',
    correctedAt: AT,
  })
  expect(corrected.status).toBe('RECEIVED')
  expect(paths(here.sent)).toEqual(
    expect.arrayContaining([
      '/ac-product-api/uapply/getItemAppplyInfo',
      '/ac-product-api/uapply/corretApply',
    ]),
  )
  expect(here.region.refusals()).toEqual([])
})

test('trap 4: itemCode has its prefix in generateApplyNo alone; itemCodes is a text there and a list here', async () => {
  const here = played()
  await file(here)
  expect(here.bodyOf('/generateApplyNo').itemCode).toBe('CSJ312099003000')
  expect(here.bodyOf('/saveApply').itemCode).toBe('312099003000')
  expect(here.bodyOf('/getItemAreaList').itemCodes).toBe('312099003000')
  const holder = { name: '测试己', idDocument: { type: '111', number: '310101190506060065' } }
  const found = await here.link.listCases({
    division: '310000',
    holder,
    page: 1,
    pageSize: 20,
    auditNumber: '',
  })
  expect(here.bodyOf('/queryItemsApplyList')).toMatchObject({ itemCodes: [], subApply: '1' })
  expect(found.items.map((one) => one.status)).toEqual(['SUBMITTED'])
})

test('trap 3 and 6: accessToken in bodies; the case number has eighteen characters', async () => {
  const here = played()
  const { filed } = await file(here)
  expect(here.bodyOf('/submitApply')).toEqual({ accessToken: expect.any(String), applyNo: filed.caseNumber })
  expect(filed.caseNumber).toMatch(/^CSJ\d{15}$/)
})

test('trap 14: a new file is 0 with an empty stuffId part, and the same file twice is two stuffs', async () => {
  const here = played()
  const { kept } = await file(here)
  const uploads = here.sent.filter(({ url }) => url.endsWith('/uploadStuff')).map(({ body }) => String(body))
  expect(uploads).toHaveLength(2)
  for (const text of uploads) {
    expect(text).toMatch(/name="stuffStatus"\r\n\r\n0\r\n/)
    expect(text).toMatch(/name="stuffId"\r\n\r\n\r\n/)
  }
  expect(Object.keys(kept()).filter((key) => key.startsWith('upload:'))).toHaveLength(2)
})

test('a bare number of a case filed in Shanghai directly is read', async () => {
  const here = played()
  const holder = { name: '测试甲', idDocument: { type: '111', number: '310101190001010011' } }
  const { items } = await here.link.listCases({
    division: '310000',
    holder,
    page: 1,
    pageSize: 20,
    auditNumber: '',
  })
  expect(items.map((one) => [one.caseNumber.length, one.status, one.division]).toSorted()).toEqual([
    [15, 'COMPLETED', '310115'],
    [15, 'IN_REVIEW', '310000'],
  ])
})

test('a write that is repeated after it was lost is the same case, without a refusal', async () => {
  const here = played()
  const { filing, filed, kept } = await file(here)
  const again = await here.link.submit({ ...filing, handle: kept(), isRepeated: true })
  expect(again).toMatchObject({
    caseNumber: filed.caseNumber,
    status: 'SUBMITTED',
    occurredAt: filed.occurredAt,
  })
  expect(here.region.refusals()).toEqual([])
})
