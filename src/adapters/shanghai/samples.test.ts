/** Every recorded call of the contract that the gateway makes: what is sent equals the sample, what is answered is read. */
import { describe, expect, test } from 'vitest'
import type { Correcting, FiledCase, Filing } from '../kit/contract.ts'
import type { Outgoing, Transport } from '../kit/transport.ts'
import { application } from './application.ts'
import { shanghai } from './index.ts'
import { open } from './open.ts'
import { applying, config, proof, sample, vectors } from './test-vectors.ts'

type Named = Record<string, unknown>
interface Sample {
  readonly op: string
  readonly request: {
    readonly method: string
    readonly path: string
    readonly body?: Named
    readonly form?: Named
    readonly parts?: Named
  }
  readonly response: {
    readonly status: number
    readonly headers?: Record<string, string>
    readonly body: Named
  }
}
const of = (op: string) => sample(op) as unknown as Sample

const TOKEN = '7155c940f9116ec49d88b1491e754bde'
const CASE = {
  caseNumber: 'CSJ202603020000001',
  status: 'CORRECTION_REQUIRED',
  handle: {},
} as unknown as FiledCase
const PDF = Buffer.from('%PDF-1.4 fake hukou book\n')

/** Answers each call with the sample of its path; a page of bytes where the sample is binary. */
function recorded(own: Readonly<Record<string, unknown>> = {}) {
  const sent: Outgoing[] = []
  const samples = vectors.samples.filter(
    ({ op }) => !/^(error|token-bad|sso|callback|apply-submit-dup)/.test(op),
  ) as unknown as Sample[]
  const transport: Transport = async (out) => {
    sent.push(out)
    const path = new URL(out.url).pathname
    const found = samples.find(({ request }) => request.path === path)
    if (!found) throw new Error(path)
    const body = own[path.split('/').at(-1) ?? ''] ?? found.response.body
    const isBytes = typeof body === 'object' && body !== null && '$binary' in body
    return {
      status: found.response.status,
      headers: {
        'content-type': isBytes ? 'application/pdf' : 'application/json',
        'content-disposition': "attachment; filename*=UTF-8''x.pdf",
      },
      body: isBytes ? PDF : Buffer.from(JSON.stringify(body)),
    }
  }
  const link = shanghai.connect(config as never, transport, () => new Date('2026-03-02T09:05:00+08:00'))
  const last = (op: string) => {
    const out = sent.findLast(({ url }) => new URL(url).pathname === of(op).request.path)
    if (!out) throw new Error(`${op} was not called`)
    return { ...out, path: new URL(out.url).pathname, json: () => JSON.parse(String(out.body)) as Named }
  }
  return { link, last, sent }
}

const saved = of('apply-save').request.body ?? {}
const canon = application.read(saved, applying)
const filing: Filing = {
  division: '310000',
  matter: proof,
  application: canon,
  wire: {
    ...application.write(canon, { ...applying, sourceNumber: 'GW2026030200000001' }),
    stuffs: [
      {
        stuffCode: '003CL02',
        stuffName: '居民户口簿',
        stuffType: '证件证书证明',
        stuffStatus: '0',
        stuffId: 'up_1',
      },
    ],
  },
  sourceNumber: 'GW2026030200000001',
  appliedAt: applying.appliedAt,
  handle: {},
  file: async () => ({ name: '户口簿.pdf', contentType: 'application/pdf', bytes: PDF }),
  keep: async () => {},
  now: () => new Date('2026-03-02T09:05:00+08:00'),
}

describe('what is sent equals the sample', () => {
  test('token', async () => {
    const here = recorded()
    await here.link.listMatters({ division: '310000', page: 1, pageSize: 2 })
    const { form } = of('token').request
    expect(here.last('token')).toMatchObject({
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    })
    expect(Object.fromEntries(new URLSearchParams(String(here.last('token').body)))).toEqual(form)
  })

  test('matter-list', async () => {
    const here = recorded()
    const { items, total } = await here.link.listMatters({
      division: '310000',
      changedSince: '2025-03-02T00:00:00+08:00',
      page: 1,
      pageSize: 2,
    })
    expect(here.last('matter-list').json()).toEqual(of('matter-list').request.body)
    expect([total, items]).toEqual([
      15,
      [
        { code: '312099003000', updatedAt: '2025-03-02T08:00:00+08:00', state: 'active' },
        { code: '312099004000', updatedAt: '2025-03-02T08:00:00+08:00', state: 'active' },
      ],
    ])
  })

  test('matter-detail, matter-materials, matter-areas', async () => {
    const here = recorded()
    const read = await here.link.readMatter({ division: '310000', code: '312099003000' })
    for (const op of ['matter-detail', 'matter-materials'])
      expect(here.last(op).json()).toEqual(of(op).request.body)
    expect(here.last('matter-areas').json()).toEqual({
      ...of('matter-areas').request.body,
      itemCodes: '312099003000',
    })
    expect(read).toMatchObject({
      name: { zh: '户籍事项证明' },
      documents: [{ id: '003CL01' }, { id: '003CL02' }, { id: '003CL03' }],
      servicePoints: [{ id: 'W31010101' }],
    })
  })

  test('apply-no, apply-save, material-upload, apply-submit', async () => {
    const here = recorded()
    const filed = await here.link.submit(filing)
    expect(here.last('apply-no').json()).toEqual(of('apply-no').request.body)
    // The gateway's own id of the user is opaque.
    expect(here.last('apply-save').json()).toEqual({
      ...saved,
      userId: expect.any(String),
      extInfo: { ...(saved['extInfo'] as object), targetLicenseType: '居民身份证' },
    })
    expect(here.last('apply-submit').json()).toEqual(of('apply-submit').request.body)
    expect(filed).toMatchObject({
      caseNumber: 'CSJ202603020000001',
      status: 'SUBMITTED',
      occurredAt: '2026-03-02T09:06:00+08:00',
    })
    const { headers, body } = here.last('material-upload')
    const form = await new Response(new Uint8Array(body as Buffer), { headers }).formData()
    const { file, ...texts } = of('material-upload').request.parts as {
      file: { filename: string; utf8: string }
    }
    expect(Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'))).toEqual(texts)
    const part = form.get('file') as File
    expect([part.name, await part.text()]).toEqual([file.filename, file.utf8])
  })

  test('case-query, case-process', async () => {
    const here = recorded()
    const read = await here.link.readCase(CASE)
    for (const op of ['case-query', 'case-process']) expect(here.last(op).json()).toEqual(of(op).request.body)
    expect(read).toMatchObject({
      status: 'CORRECTION_REQUIRED',
      correction: { documents: [{ id: '003CL02' }] },
    })
    expect(read.steps?.map(({ status }) => status)).toEqual([
      'DRAFT',
      'SUBMITTED',
      'PRECHECK_PASSED',
      'RECEIVED',
      'CORRECTION_REQUIRED',
      'RECEIVED',
      'ACCEPTED',
      'IN_REVIEW',
      'APPROVED',
      'COMPLETED',
    ])
  })

  test('apply-correct', async () => {
    const here = recorded()
    const work: Correcting = {
      ...filing,
      filed: CASE,
      request: { fields: [], documents: [], reason: '' },
      changed: { fields: [], documents: ['003CL02'] },
      note: '已重新上传户口簿首页',
      correctedAt: '2026-03-02T09:20:00+08:00',
    }
    expect(await here.link.correct(work)).toMatchObject({
      status: 'RECEIVED',
      occurredAt: '2026-03-02T09:20:00+08:00',
    })
    expect(here.last('apply-correct').json()).toEqual(of('apply-correct').request.body)
  })

  test('material-download, document-download', async () => {
    const here = recorded()
    const { stuffId } = of('material-download').request.body as { stuffId: string }
    expect((await here.link.download(CASE, stuffId)).bytes).toEqual(PDF)
    expect(here.last('material-download').json()).toEqual(of('material-download').request.body)
    await here.link.readResult(CASE, {
      result: { decision: 'granted', documents: [{ ref: '1', name: 'x' }] },
    } as never)
    expect(here.last('document-download').json()).toEqual(of('document-download').request.body)
  })

  test('material-delete', async () => {
    const here = recorded({
      getApplyBase: {
        isSuccess: true,
        data: {
          status: '预审不通过',
          stuffs: [{ stuffId: '2de082d48b8ad8dbf631314299f6e6df', stuffCode: '003CL01' }],
        },
      },
    })
    const work: Correcting = {
      ...filing,
      filed: CASE,
      request: { fields: [], documents: [], reason: '' },
      changed: { fields: [], documents: ['003CL01'] },
      note: '',
      correctedAt: '2026-03-02T09:20:00+08:00',
    }
    await here.link.correct(work)
    expect(here.last('material-delete').json()).toEqual(of('material-delete').request.body)
  })

  test('case-list', async () => {
    const here = recorded()
    const holder = { name: '测试甲', idDocument: { type: '111', number: '310101190001010011' } }
    const { items, total } = await here.link.listCases({
      division: '310000',
      holder,
      page: 1,
      pageSize: 20,
      auditNumber: '',
    })
    expect(here.last('case-list').json()).toEqual(of('case-list').request.body)
    expect([total, items.map((one) => [one.caseNumber, one.status, one.division])]).toEqual([
      3,
      [
        ['CSJ202603020000001', 'COMPLETED', '310000'],
        ['202602200000102', 'IN_REVIEW', '310000'],
        ['202601310000101', 'COMPLETED', '310115'],
      ],
    ])
  })

  test('withdraw', async () => {
    const here = recorded()
    const filed = { ...CASE, caseNumber: 'CSJ202603020000003' }
    const done = await here.link.withdraw(filed, {
      reason: '申请人不再需要',
      at: new Date('2026-03-02T09:39:00+08:00'),
    })
    expect(here.last('withdraw').json()).toEqual(of('withdraw').request.body)
    expect(done).toMatchObject({ status: 'WITHDRAWN', occurredAt: '2026-03-02T09:39:00+08:00' })
  })

  test('health', async () => {
    const here = recorded()
    await here.link.health('310000')
    expect(here.last('health')).toMatchObject({ method: 'GET', path: of('health').request.path })
  })

  test('the token of each is the one that was given', async () => {
    const here = recorded()
    await here.link.readCase(CASE)
    expect(here.last('case-query').json()['accessToken']).toBe(TOKEN)
  })
})

describe('a refusal of the samples', () => {
  const refusals = vectors.samples.filter(({ op }) =>
    /^error-|^apply-submit-duplicate/.test(op),
  ) as unknown as Sample[]
  test.each(refusals.map((one) => [one.op, one.response.body] as const))('%s is told', (op, body) => {
    const CODES: Record<string, string> = {
      'error-token-invalid': 'REGION_AUTH',
      'error-session': 'REGION_AUTH',
      'error-param': 'REGION_REJECTED',
      'error-apply-not-found': 'CASE_NOT_FOUND',
      'error-status-conflict': 'STATE_CONFLICT',
      'apply-submit-duplicate': 'DUPLICATE_CASE',
    }
    expect(CODES).toHaveProperty(op)
    expect(() => open(body, op)).toThrow(expect.objectContaining({ code: CODES[op] }))
  })
})

test('every operation of the contract that the gateway speaks has its mark', () => {
  const spoken = new Set(
    vectors.samples
      .map(({ op }) => op)
      // One operation tells of persons and organisations, and refuses what was used.
      .map((op) => op.replace(/^sso-userinfo-.*/, 'sso-userinfo'))
      .filter((op) => !/^(error|token-bad|licence-thumbnail|licence-scan|apply-submit-dup)/.test(op)),
  )
  // The redirect of the browser is documented, but no call, so that it has no sample.
  expect(new Set(Object.keys(shanghai.marks))).toEqual(spoken.add('sso-login'))
})
