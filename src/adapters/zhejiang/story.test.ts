/** The adapter and the played platform, which know nothing of each other, go through whole stories together. */
import { afterEach, expect, test } from 'vitest'
import { openTestGateway } from '../../sandbox/zhejiang/test-gateway.ts'
import type { Application } from '../../schemas/application.ts'
import type { CorrectionRequest } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import type { Correcting, Filed, FiledCase, Filing, Handle, RegionLink } from '../kit/contract.ts'
import type { Incoming, Outgoing } from '../kit/transport.ts'
import { application } from './application.ts'
import type { ZhejiangConfig } from './config.ts'
import { zhejiang } from './index.ts'
import { applied, applying, firm } from './test-vectors.ts'

const START = '2099-01-05T01:00:16.000Z'
const opened: ReturnType<typeof openTestGateway>[] = []
afterEach(() => {
  for (const one of opened.splice(0)) one.region.close()
})

/** A platform, and our link to it. `lose` makes an operation's answers disappear on their way back. */
async function meet() {
  const platform = openTestGateway(START)
  opened.push(platform)
  // The sandbox writes the object that section 2 of the contract describes.
  const config = platform.region.config as unknown as ZhejiangConfig
  const lost: string[] = []
  const calls: string[] = []
  const transport = async (out: Outgoing): Promise<Incoming> => {
    const url = new URL(out.url)
    const operation = platform.region.operationOf(out.method, url.pathname) ?? ''
    calls.push(operation)
    const response = await platform.region.app.request(out.url, {
      method: out.method,
      headers: out.headers,
      ...(out.body === undefined ? {} : { body: new Uint8Array(Buffer.from(out.body)) }),
    })
    const body = Buffer.from(await response.arrayBuffer())
    if (lost.at(0) === operation) {
      lost.shift()
      throw new Error(`the answer to ${operation} was lost`)
    }
    return { status: response.status, headers: Object.fromEntries(response.headers), body }
  }
  const now = () => new Date(platform.nowMs())
  const link: RegionLink = zhejiang.connect(config, transport, now)
  const matter = await link.readMatter({ division: '330100', code: '33010100000000099002' })
  return { platform, config, link, matter, lost, calls, now }
}
type Met = Awaited<ReturnType<typeof meet>>

/** A filing that keeps its handle as the federation does. */
function filingOf(met: Met, canon: Application = applied, number = applying.sourceNumber) {
  const store: { handle: Handle; files: string[] } = { handle: {}, files: [] }
  const own = { ...applying, matter: met.matter, sourceNumber: number }
  const filing = (): Filing => ({
    division: '330100',
    matter: met.matter,
    application: canon,
    wire: application.write(canon, own),
    sourceNumber: number,
    appliedAt: applying.appliedAt,
    handle: store.handle,
    file: async (id) => {
      store.files.push(id)
      return { name: `${id}.pdf`, contentType: 'application/pdf', bytes: Buffer.from(`file ${id}`) }
    },
    keep: async (handle) => {
      store.handle = handle
    },
    now: met.now,
  })
  const filed = ({ caseNumber, handle, status }: Filed): FiledCase => ({
    division: '330100',
    caseNumber,
    matter: met.matter,
    application: canon,
    sourceNumber: number,
    appliedAt: applying.appliedAt,
    status,
    handle,
  })
  const correcting = (
    before: Filed,
    request: CorrectionRequest,
    changes: { form?: Application['form']; documents?: Application['documents'] },
  ): Correcting => {
    const corrected: Application = {
      ...canon,
      form: { ...canon.form, ...changes.form },
      documents: canon.documents.map((one) => changes.documents?.find((other) => other.id === one.id) ?? one),
    }
    return {
      ...filing(),
      handle: store.handle['correcting'] === undefined ? before.handle : store.handle,
      application: corrected,
      wire: application.write(corrected, own),
      filed: filed(before),
      request,
      changed: {
        fields: Object.keys(changes.form ?? {}),
        documents: (changes.documents ?? []).map((one) => one.id),
      },
      note: '已补正',
      correctedAt: '2099-01-05T10:00:00+08:00',
    }
  }
  return { store, filing, filed, correcting }
}

/** Opens everything that the platform has called back since the last time. */
async function events(met: Met) {
  await met.platform.region.sendCallbacks()
  return met.platform.arrived.splice(0).map(({ url, headers, body }) => {
    const answer = zhejiang.openCallback(
      {
        method: 'POST',
        target: new URL(url).pathname,
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
        ),
        body: Buffer.from(JSON.stringify(body)),
      },
      met.config,
      met.now(),
    )
    if (!answer.accepted || !('event' in answer.content)) throw new Error('refused')
    return answer.content.event
  })
}
const act = (met: Met, caseNumber: string, to: CaseStatus, more = {}) => {
  met.platform.pass(30)
  return met.platform.region.advance(caseNumber, { to, ...more })
}

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

test('a number that lapsed is replaced, and its files are sent again', async () => {
  const met = await meet()
  const { filing, store } = filingOf(met)
  const number = await met.platform.takeNumber('330101', '33010100000000099002')
  store.handle = { projId: number, 'upload:up_1@M9900203': '["oss://gone","x.pdf"]' }
  met.platform.pass(25 * 3600)
  const done = await met.link.submit(filing())
  expect(done.caseNumber).not.toBe(number)
  expect(store.files).toEqual(['up_1'])
})

test('a lost answer to a correction: the repetition sees that it was taken', async () => {
  const met = await meet()
  const { filing, filed, correcting } = filingOf(met)
  const first = await met.link.submit(filing())
  act(met, first.caseNumber, 'RECEIVED')
  act(met, first.caseNumber, 'CORRECTION_REQUIRED', { fields: ['toAddress'], materials: [] })
  const { correction } = await met.link.readCase(filed(first))
  const work = () => correcting(first, correction as CorrectionRequest, { form: { toAddress: '新址' } })
  met.lost.push('apply-correct')
  await expect(met.link.correct(work())).rejects.toThrow('was lost')
  const again = await met.link.correct(work())
  expect(again).toMatchObject({ status: 'RECEIVED' })
  expect(again.occurredAt).toBeDefined()
  // The next correction is not taken for that one.
  await expect(met.link.correct({ ...work(), handle: again.handle })).rejects.toMatchObject({
    code: 'STATE_CONFLICT',
  })
})

test('a lost answer to a correction, and another request since: the repetition does not answer that one', async () => {
  const met = await meet()
  const { filing, filed, correcting } = filingOf(met)
  const first = await met.link.submit(filing())
  act(met, first.caseNumber, 'CORRECTION_REQUIRED', { fields: ['toAddress'], materials: [] })
  const { correction } = await met.link.readCase(filed(first))
  const work = () => correcting(first, correction as CorrectionRequest, { form: { toAddress: '新址' } })
  met.lost.push('apply-correct')
  await expect(met.link.correct(work())).rejects.toThrow('was lost')
  act(met, first.caseNumber, 'CORRECTION_REQUIRED', { fields: ['fromAddress'], materials: [] })
  const again = await met.link.correct(work())
  expect(again.status).toBe('CORRECTION_REQUIRED')
  expect(again.occurredAt).toBeDefined()
  expect(met.calls.filter((one) => one === 'apply-correct')).toHaveLength(1)
})

test('a correction that was refused is not taken for one that came through', async () => {
  const met = await meet()
  const { filing, filed, correcting } = filingOf(met)
  const first = await met.link.submit(filing())
  act(met, first.caseNumber, 'CORRECTION_REQUIRED', { fields: ['moveReason'], materials: [] })
  const { correction } = await met.link.readCase(filed(first))
  const work = (moveReason: string) =>
    correcting(first, correction as CorrectionRequest, { form: { moveReason } })
  await expect(met.link.correct(work('77'))).rejects.toMatchObject({ code: 'REGION_REJECTED' })
  act(met, first.caseNumber, 'NOT_ACCEPTED')
  const later = { ...work('01'), correctedAt: '2099-01-05T11:00:00+08:00' }
  await expect(met.link.correct(later)).rejects.toMatchObject({ code: 'STATE_CONFLICT' })
})

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

test('a case that exists already is taken over, with the password of the listing', async () => {
  const met = await meet()
  const { filing, filed, store } = filingOf(met)
  met.lost.push('apply-submit')
  await expect(met.link.submit(filing())).rejects.toThrow('was lost')
  // The platform's account was renamed between the attempts: the same number, another document.
  const wire = { ...filing().wire, recvUserName: '另一账号' }
  const taken = await met.link.submit({ ...filing(), wire })
  expect(taken).toMatchObject({ caseNumber: store.handle['projId'], status: 'SUBMITTED' })
  expect(await met.link.readCase(filed(taken))).toMatchObject({ caseNumber: taken.caseNumber })
})

test('a case of somebody else is not taken over', async () => {
  const met = await meet()
  const theirs = filingOf(met)
  const first = await met.link.submit(theirs.filing())
  const ours = filingOf(met, applied, 'CSJ209901050000002')
  await expect(met.link.submit({ ...ours.filing(), handle: { ...first.handle } })).rejects.toMatchObject({
    code: 'DUPLICATE_CASE',
    facts: { caseNumber: first.caseNumber },
  })
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

test('a withdrawal, and its repetition', async () => {
  const met = await meet()
  const { filing, filed } = filingOf(met)
  const first = filed(await met.link.submit(filing()))
  const ask = { reason: '不再需要', at: met.now() }
  expect((await met.link.withdraw(first, ask)).status).toBe('WITHDRAWN')
  const again = await met.link.withdraw(first, ask)
  expect([again.status, again.occurredAt === undefined]).toEqual(['WITHDRAWN', false])
  expect(await met.link.readCase(first)).toMatchObject({
    status: 'WITHDRAWN',
    result: { decision: 'withdrawn', text: '申请人撤回' },
  })
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
