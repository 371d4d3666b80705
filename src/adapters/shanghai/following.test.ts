/** Following cases: the query in all its freedoms, a person's cases, results and files (contract 4.3, 4.4, 4.10, 4.13). */
import { describe, expect, test } from 'vitest'
import type { FiledCase } from '../kit/contract.ts'
import type { Incoming } from '../kit/transport.ts'
import { sm3 } from './sign.ts'
import { file, HOLDER, json, played, told, walk } from './test-region.ts'
import { sample } from './test-vectors.ts'

const CASE = { caseNumber: 'CSJ202603020000001' } as FiledCase
const queried = (sample('case-query').response.body as { data: Record<string, unknown> }).data
const processes = (sample('case-process').response.body as { data: object }).data

const asked = (more: Record<string, unknown>, steps: object = processes) =>
  told({ getApplyBase: () => ({ ...queried, ...more }), getApplyProcess: () => steps }).link.readCase(CASE)

const pdf = (content: string, type = 'application/pdf'): Incoming => ({
  status: 200,
  headers: {
    'content-type': type,
    'content-disposition': "attachment; filename*=UTF-8''%E7%BB%93%E6%9E%9C%20(1)%2B.pdf",
  },
  body: Buffer.from(content),
})

describe('the query', () => {
  test('asks for the case and its steps', async () => {
    const here = told({ getApplyBase: () => queried, getApplyProcess: () => processes })
    const read = await here.link.readCase(CASE)
    const bodies = here.sent.slice(1).map(({ body }) => JSON.parse(String(body)))
    expect(bodies).toEqual([1, 2].map(() => ({ accessToken: 'a'.repeat(32), applyNo: CASE.caseNumber })))
    expect(read).toMatchObject({ status: 'CORRECTION_REQUIRED', updatedAt: '2026-03-02T09:15:00+08:00' })
    expect(read.steps).toHaveLength(10)
  })

  test.each([
    ['""', ''],
    ['null', null],
    ['absent', undefined],
  ])('a text without a value may be %s', async (_name, blank) => {
    const TEXTS = [
      'sbTime',
      'acceptTime',
      'finishTime',
      'commitmentDays',
      'commitmentTime',
      'result',
      'resultView',
      'opDepartCode',
      'opDepartName',
      'mobile',
      'onLineStatus',
    ]
    const read = await asked(
      { ...Object.fromEntries(TEXTS.map((name) => [name, blank])), correction: null },
      {
        applyNo: '',
        processes: {
          stepName: blank,
          status: '草稿',
          opTime: '2026-03-02 09:05:00',
          opUsername: blank,
          suggestion: blank,
        },
      },
    )
    for (const name of ['appliedAt', 'acceptedAt', 'completedAt', 'dueAt', 'agency', 'correction', 'result'])
      expect(read).not.toHaveProperty(name)
    expect(read.steps).toEqual([
      {
        status: 'DRAFT',
        rawStatus: { code: '草稿', label: '草稿' },
        name: '',
        occurredAt: '2026-03-02T09:05:00+08:00',
      },
    ])
  })

  test('the times of a case are read', async () => {
    const read = await asked({
      acceptTime: '2026-03-02 09:23:00',
      finishTime: '2026-03-02 09:32:00',
      commitmentTime: '2026-03-09 09:23:00',
    })
    expect(read).toMatchObject({
      appliedAt: '2026-03-02T09:06:00+08:00',
      acceptedAt: '2026-03-02T09:23:00+08:00',
      completedAt: '2026-03-02T09:32:00+08:00',
      dueAt: '2026-03-09T09:23:00+08:00',
    })
  })

  test('why a precheck was returned stands in its step', async () => {
    const step = (status: string, suggestion: string) => ({
      status,
      suggestion,
      opTime: '2026-03-02 09:05:00',
    })
    const steps = { processes: [step('预审退回', '旧'), step('待预审', ''), step('预审退回', '照片不清')] }
    expect((await asked({ status: '预审不通过', correction: null }, steps)).correction).toEqual({
      fields: [],
      documents: [],
      reason: '照片不清',
    })
    expect(
      (await asked({ status: '预审不通过', correction: null }, { processes: [] })).correction?.reason,
    ).toBe('')
    expect(await asked({ status: '收件', correction: null }, steps)).not.toHaveProperty('correction')
  })

  test.each([
    ['通过', '通过', 'granted'],
    ['办结', '通过', 'granted'],
    ['已送达', '不通过', 'denied'],
    ['不通过', '不通过', 'denied'],
    ['不予受理', '不通过', 'notAccepted'],
    ['作废', '', 'voided'],
    ['撤回', '', 'withdrawn'],
  ])('%s with result %j is decided %s', async (status, result, decision) => {
    const read = await asked({ status, result, resultView: '理由', correction: null, documents: [] })
    expect(read.result).toEqual({ decision, text: '理由', documents: [] })
  })

  test('a document of a kind that nobody knows is kept as such; a correction notice is no result', async () => {
    const document = (documentType: string) => ({
      documentType,
      fileName: 'x.pdf',
      fileSize: '12',
      sm3: 'ab',
    })
    const read = await asked({
      status: '办结',
      result: '通过',
      correction: null,
      documents: ['1', '3', '9'].map(document),
    })
    expect(read.result?.documents).toEqual([
      { ref: '1', kind: 'result', name: 'x.pdf', size: 12, digest: 'sm3:ab' },
      { ref: '9', kind: 'other', name: 'x.pdf', size: 12, digest: 'sm3:ab' },
    ])
  })
})

describe('results and files', () => {
  const result = (documents: object[]) => ({ result: { decision: 'granted', documents } }) as never
  const document = (digest?: string) => ({
    ref: '1',
    kind: 'result',
    name: '结果.pdf',
    ...(digest ? { digest } : {}),
  })

  test('are fetched by their type, with the name that the answer gives', async () => {
    const here = told({ downloadDocument: () => pdf('%PDF-1.4 one') })
    const [file] = await here.link.readResult(CASE, result([document(`sm3:${sm3('%PDF-1.4 one')}`)]))
    expect(file).toEqual({
      name: '结果 (1)+.pdf',
      contentType: 'application/pdf',
      bytes: Buffer.from('%PDF-1.4 one'),
      kind: 'result',
    })
    expect(JSON.parse(String(here.sent.at(-1)?.body))).toEqual({
      accessToken: 'a'.repeat(32),
      applyNo: CASE.caseNumber,
      documentType: '1',
    })
  })

  test('are compared with their digest', async () => {
    const here = told({ downloadDocument: () => pdf('%PDF-1.4 two') })
    await expect(here.link.readResult(CASE, result([document('sm3:ff')]))).rejects.toMatchObject({
      code: 'REGION_ANSWER_INVALID',
      facts: { reason: 'digest' },
    })
    expect(await here.link.readResult(CASE, result([document()]))).toHaveLength(1)
  })

  test.each(['application/json', 'Application/JSON; charset=utf-8'])(
    'a failure says so by its type, %s',
    async (type) => {
      const failure = pdf('{"isSuccess":false,"errorCode":"DOCUMENT_NOT_FOUND"}', type)
      await expect(
        told({ downloadDocument: () => failure }).link.readResult(CASE, result([document()])),
      ).rejects.toMatchObject({
        code: 'RESULT_NOT_READY',
      })
    },
  )

  test('an uploaded file comes back as it was', async () => {
    const here = played()
    const { asCase, kept } = await file(here)
    const stuffId = kept()['upload:up_1@003CL01'] ?? ''
    expect(await here.link.download(asCase, stuffId)).toEqual({
      name: '证.pdf',
      contentType: 'application/pdf',
      bytes: Buffer.from('%PDF-1.4 up_1'),
    })
  })
})

describe('a person’s cases', () => {
  test('are asked for by type and number of the certificate, by place and page', async () => {
    const here = told({ queryItemsApplyList: () => ({ total: '0', items: [] }) })
    const ask = {
      holder: { name: '测试外', idDocument: { type: '414', number: 'E00000001' } },
      page: 2,
      pageSize: 50,
      auditNumber: '',
    }
    expect(await here.link.listCases({ division: '310118', ...ask })).toEqual({ total: 0, items: [] })
    expect(JSON.parse(String(here.sent.at(-1)?.body))).toEqual({
      accessToken: 'a'.repeat(32),
      certificateType: '护照',
      certificateNo: 'E00000001',
      areaCode: '310118',
      itemCodes: [],
      status: '',
      subApply: '1',
      pageNo: 2,
      pageSize: 50,
    })
  })

  test('are read with their place, state and times, blank or unknown as they may be', async () => {
    const row = {
      applyNo: '202601310000101',
      itemCode: '312099003000',
      status: '新词',
      itemName: null,
      sbTime: '',
      opTime: null,
    }
    const here = told({
      queryItemsApplyList: () => ({
        total: 2,
        items: [
          row,
          {
            ...row,
            status: '办理中',
            itemName: '证明',
            sbTime: '2026-01-31 09:00:00',
            opTime: '2026-01-31 14:00:00',
            areaCode: '310115',
          },
        ],
      }),
    })
    const { items } = await here.link.listCases({
      division: '310000',
      holder: HOLDER,
      page: 1,
      pageSize: 20,
      auditNumber: '',
    })
    expect(items).toEqual([
      {
        caseNumber: '202601310000101',
        division: '310000',
        matterCode: '312099003000',
        title: '',
        status: 'UNKNOWN',
        rawStatus: { code: '新词', label: '新词' },
        handle: {},
      },
      {
        caseNumber: '202601310000101',
        division: '310115',
        matterCode: '312099003000',
        title: '证明',
        status: 'IN_REVIEW',
        rawStatus: { code: '办理中', label: '办理中' },
        appliedAt: '2026-01-31T09:00:00+08:00',
        updatedAt: '2026-01-31T14:00:00+08:00',
        handle: {},
      },
    ])
  })

  test('a case of ours is among them', async () => {
    const here = played()
    const { filed } = await file(here)
    walk(here, filed.caseNumber, 'RECEIVED')
    const { items, total } = await here.link.listCases({
      division: '310000',
      holder: HOLDER,
      page: 1,
      pageSize: 20,
      auditNumber: '',
    })
    expect([total, items.map((one) => [one.caseNumber, one.status])]).toEqual([
      1,
      [[filed.caseNumber, 'RECEIVED']],
    ])
  })
})

test('an internal failure in an envelope is told as unavailable', async () => {
  const { link } = told({ getApplyBase: () => json({ isSuccess: false, errorCode: 'SYSTEM_ERROR' }) })
  await expect(link.readCase(CASE)).rejects.toMatchObject({ code: 'REGION_UNAVAILABLE' })
})
