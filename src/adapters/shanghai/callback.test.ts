/** What Shanghai posts: the order of checks, the answers, and what each event says (contract 3.4, 4.3). */
import { describe, expect, test } from 'vitest'
import { openCallback, TOO_LARGE } from './callback.ts'
import { shanghai } from './index.ts'
import { callbackText, signCallback } from './sign.ts'
import { config, vectors } from './test-vectors.ts'

const AT = 1_772_414_100_000
const PATH = '/sh/callback/applyFk'
const NONCE = 'abcdef0123456789'

interface Sample {
  readonly event: string
  readonly request: { readonly path: string; readonly headers: Record<string, string>; readonly body: Body }
}
type Body = { data: Record<string, unknown>; filedata?: Record<string, unknown> | null }

const samples = vectors.samples.filter((one) => one.op === 'callback') as unknown as Sample[]
const sampleOf = (event: string): Body =>
  structuredClone(samples.find((one) => one.event === event)?.request.body as Body)

function post(body: Buffer | Body, headers: Record<string, string> = {}, target = PATH, now = AT) {
  const raw = Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
  const signature = signCallback(
    config.credentials.callbackSecret,
    callbackText(PATH, String(AT), NONCE, raw),
  )
  const own = { 'x-sh-timestamp': String(AT), 'x-sh-nonce': NONCE, 'x-sh-signature': signature }
  return openCallback(
    { method: 'POST', target, headers: { ...own, ...headers }, body: raw },
    config,
    new Date(now),
  )
}
const event = (body: Body) => {
  const opened = post(body)
  if (!opened.accepted || !('event' in opened.content)) throw new Error(JSON.stringify(opened))
  return opened.content.event
}
const fault = (body: Buffer | Body): unknown => {
  const opened = post(body)
  if (!opened.accepted || !('answer' in opened.content)) return 'taken'
  const { status, body: text } = opened.content.answer
  const told = JSON.parse(text)
  return [status, told.isSuccess, told.errorCode, told.msg]
}
const refusal = (opened: ReturnType<typeof post>) =>
  opened.accepted ? 'accepted' : [opened.answer.status, JSON.parse(opened.answer.body).errorCode]

describe('the signature', () => {
  test.each(samples)('of $event in the story is right', ({ request }) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
    )
    const now = new Date(Number(headers['x-sh-timestamp']))
    const opened = openCallback(
      { method: 'POST', target: request.path, headers, body: Buffer.from(JSON.stringify(request.body)) },
      config,
      now,
    )
    expect(opened).toMatchObject({ accepted: true, nonce: { value: headers['x-sh-nonce'], seconds: 600 } })
  })

  test.each([
    ['no timestamp', { 'x-sh-timestamp': '' }],
    ['a timestamp in words', { 'x-sh-timestamp': 'now' }],
    ['no nonce', { 'x-sh-nonce': '' }],
    ['a short nonce', { 'x-sh-nonce': 'a'.repeat(15) }],
    ['a long nonce', { 'x-sh-nonce': 'a'.repeat(65) }],
    ['a nonce with a hyphen', { 'x-sh-nonce': 'abcdef-0123456789' }],
    ['no signature', { 'x-sh-signature': '' }],
    ['a signature in capitals', { 'x-sh-signature': 'A'.repeat(64) }],
    ['another signature', { 'x-sh-signature': 'f'.repeat(64) }],
    ['another nonce than was signed', { 'x-sh-nonce': 'abcdef0123456780' }],
  ])('refuses %s', (_name, headers) => {
    expect(refusal(post(sampleOf('COMPLETED'), headers))).toEqual([401, 'SIGN_INVALID'])
  })

  test.each(['a'.repeat(15), 'a'.repeat(65), 'abcdef-0123456789'])(
    'refuses the nonce %s, though it was signed',
    (nonce) => {
      const raw = Buffer.from(JSON.stringify(sampleOf('COMPLETED')))
      const text = callbackText(PATH, String(AT), nonce, raw)
      const signature = signCallback(config.credentials.callbackSecret, text)
      expect(refusal(post(raw, { 'x-sh-nonce': nonce, 'x-sh-signature': signature }))).toEqual([
        401,
        'SIGN_INVALID',
      ])
    },
  )

  test('refuses a clock more than 300 seconds away, on either side, before it looks at the signature', () => {
    const wrong = { 'x-sh-signature': 'f'.repeat(64) }
    expect(refusal(post(sampleOf('COMPLETED'), wrong, PATH, AT + 300_001))).toEqual([
      401,
      'TIMESTAMP_INVALID',
    ])
    expect(refusal(post(sampleOf('COMPLETED'), wrong, PATH, AT - 300_001))).toEqual([
      401,
      'TIMESTAMP_INVALID',
    ])
    expect(refusal(post(sampleOf('COMPLETED'), {}, PATH, AT + 300_000))).toBe('accepted')
  })

  test('covers the path without its query, and the raw bytes', () => {
    expect(refusal(post(sampleOf('COMPLETED'), {}, `${PATH}?from=sh`))).toBe('accepted')
    expect(refusal(post(sampleOf('COMPLETED'), {}, '/other'))).toEqual([401, 'SIGN_INVALID'])
  })
})

describe('the body', () => {
  test.each([
    ['no JSON', Buffer.from('{'), 'body'],
    ['no object', Buffer.from('[]'), 'body'],
    ['no UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'body'],
    ['no data', Buffer.from('{}'), 'data'],
  ])('with %s is a parameter error', (_name, body, member) => {
    expect(fault(body)).toEqual([200, false, 'PARAM_ERROR', `参数错误:${member}`])
  })

  const REQUIRED = [
    'applyNo',
    'eventId',
    'status',
    'result',
    'suggestion',
    'sldwCode',
    'sldwName',
    'receiveApplyTime',
    'Finishtime',
    'opTime',
    'opDepartCode',
    'opDepartName',
    'opUsername',
  ]
  test.each(REQUIRED)('without %s, or with a number for it, names it', (member) => {
    const body = sampleOf('COMPLETED')
    expect(fault({ ...body, data: { ...body.data, [member]: undefined } })).toEqual([
      200,
      false,
      'PARAM_ERROR',
      `参数错误:${member}`,
    ])
    expect(fault({ ...body, data: { ...body.data, [member]: 5 } })).toEqual([
      200,
      false,
      'PARAM_ERROR',
      `参数错误:${member}`,
    ])
  })

  test.each([
    ['applyNo', '20260302000001'],
    ['eventId', 'xyz'],
    ['status', ''],
    ['sldwCode', '310000'],
    ['sldwName', ''],
    ['receiveApplyTime', '2026-13-02 09:06:00'],
    ['Finishtime', '2026-03-02'],
    ['Finishtime', '2026-02-30 09:32:00'],
    ['opTime', '2026-03-02T09:32:00'],
    ['opDepartCode', ''],
    ['opDepartName', ''],
    ['opUsername', ''],
    ['limitTime', 'soon'],
    ['commitmentTime', '2026-02-30 09:32:00'],
    ['stuffs', {}],
    ['stuffs', [{ stuffId: 5 }]],
  ])('%s may not be %j', (member, value) => {
    const body = sampleOf('COMPLETED')
    expect(fault({ ...body, data: { ...body.data, [member]: value } })).toEqual([
      200,
      false,
      'PARAM_ERROR',
      `参数错误:${member}`,
    ])
  })

  test.each([
    ['CORRECTION_REQUIRED', 'limitTime'],
    ['CORRECTION_REQUIRED', 'stuffs'],
    ['ACCEPTED', 'commitmentTime'],
  ])('%s needs %s; in any other state it may be blank', (state, member) => {
    const body = sampleOf(state)
    const { [member]: _gone, ...data } = body.data
    expect(fault({ ...body, data })).toEqual([200, false, 'PARAM_ERROR', `参数错误:${member}`])
    const other = sampleOf('IN_REVIEW')
    for (const blank of ['', null])
      expect(fault({ ...other, data: { ...other.data, [member]: blank } })).toBe('taken')
  })

  test.each([
    ['documentType', undefined],
    ['fileName', ''],
    ['file', ''],
    ['file', 'YQ='],
    ['file', 'Y Q='],
    ['file', 'YQ==YQ=='],
    ['file', '%%%%'],
  ])('filedata.%s may not be %j', (member, value) => {
    const body = sampleOf('COMPLETED')
    expect(fault({ ...body, filedata: { ...body.filedata, [member]: value } })).toEqual([
      200,
      false,
      'PARAM_ERROR',
      `参数错误:${member}`,
    ])
  })

  test('a file of 5 MiB comes through, one byte more does not', () => {
    const body = sampleOf('COMPLETED')
    const sized = (bytes: number) => ({
      ...body,
      filedata: { ...body.filedata, file: Buffer.alloc(bytes, 0x25).toString('base64') },
    })
    expect(event(sized(5 * 1024 * 1024)).documents?.[0]?.bytes).toHaveLength(5 * 1024 * 1024)
    expect(fault(sized(5 * 1024 * 1024 + 1))).toEqual([200, false, 'PARAM_ERROR', '参数错误:file'])
  })

  test('a larger body than 8 MiB has its own answer', () => {
    expect(shanghai.callbackLimit).toEqual({ bytes: 8 * 1024 * 1024, answer: TOO_LARGE })
    expect([TOO_LARGE.status, JSON.parse(TOO_LARGE.body).errorCode]).toEqual([413, 'PARAM_ERROR'])
  })

  test('an unknown word is no fault: it is kept and alarmed', () => {
    const body = sampleOf('COMPLETED')
    const odd = event({ ...body, data: { ...body.data, status: '飞走了', onLineStatus: '没见过' } })
    expect(odd).toMatchObject({
      status: 'UNKNOWN',
      rawStatus: { code: '飞走了' },
      alarms: [{ table: 'shanghai/status', code: '飞走了' }],
    })
    const decided = event({
      data: { ...body.data, result: '也许' },
      filedata: { ...body.filedata, documentType: '9' },
    })
    expect(decided).toMatchObject({
      status: 'COMPLETED',
      result: { decision: null },
      documents: [{ kind: 'other' }],
      alarms: [
        { table: 'shanghai/documentType', code: '9' },
        { table: 'shanghai/decision', code: '也许' },
      ],
    })
  })
})

describe('the event', () => {
  test.each(samples)('$event of the story is read', ({ event: state, request }) => {
    expect(event(request.body)).toMatchObject({
      status: state,
      type: 'status',
      caseNumber: 'CSJ202603020000001',
      alarms: [],
    })
  })

  test('a retry has the same key, another moment another one, whatever the event id', () => {
    const body = sampleOf('COMPLETED')
    const again = { ...body, data: { ...body.data, eventId: 'F'.repeat(32), status: '出证办结' } }
    const later = { ...body, data: { ...body.data, opTime: '2026-03-02 09:32:01' } }
    const key = event(body).key
    expect(event(again).key).toBe(key)
    expect(event(later).key).not.toBe(key)
    expect(event({ ...body, data: { ...body.data, status: '飞走了' } }).key).not.toBe(
      event({ ...body, data: { ...body.data, status: '没见过' } }).key,
    )
  })

  test('补正 says what to correct and until when', () => {
    expect(event(sampleOf('CORRECTION_REQUIRED'))).toMatchObject({
      note: '户口簿首页不清晰',
      correction: {
        fields: [],
        documents: [{ id: '003CL02', reason: '户口簿首页不清晰' }],
        reason: '户口簿首页不清晰',
        dueOn: '2026-03-07T09:15:00+08:00',
      },
      documents: [{ kind: 'correctionNotice', name: '补正告知书.pdf', contentType: 'application/pdf' }],
    })
  })

  test('预审不通过 says why', () => {
    const body = sampleOf('PRECHECK_PASSED')
    const returned = {
      data: { ...body.data, status: '预审不通过', result: '不通过', suggestion: '照片不清' },
    }
    expect(event(returned)).toMatchObject({
      status: 'PRECHECK_RETURNED',
      correction: { fields: [], documents: [], reason: '照片不清' },
    })
    expect(event(returned)).not.toHaveProperty('result')
  })

  test('受理 starts the clock: when, and until when', () => {
    const body = sampleOf('ACCEPTED')
    expect(event(body)).toMatchObject({
      acceptedAt: event(body).occurredAt,
      dueAt: `${String(body.data['commitmentTime']).replace(' ', 'T')}+08:00`,
    })
    expect(event(body)).not.toHaveProperty('completedAt')
  })

  test.each([
    ['通过', '通过', 'granted'],
    ['办结', '通过', 'granted'],
    ['不通过', '不通过', 'denied'],
    ['不予受理', '不通过', 'notAccepted'],
    ['作废', '', 'voided'],
    ['撤回', '', 'withdrawn'],
    ['办结', '', null],
  ])('%s with %j decides %s', (status, result, decision) => {
    const body = sampleOf('COMPLETED')
    expect(event({ data: { ...body.data, status, result } }).result).toEqual({ decision, documents: [] })
  })

  test.each(['受理', '预审通过', '收件', '审批', '已送达'])(
    '%s decides nothing, whatever result says (trap 7)',
    (status) => {
      const body = sampleOf('COMPLETED')
      const data = { ...body.data, status, result: '通过', commitmentTime: '2026-03-09 09:23:00' }
      expect(event({ data })).not.toHaveProperty('result')
    },
  )

  test('办结 brings its end and its document', () => {
    expect(event(sampleOf('COMPLETED'))).toMatchObject({
      completedAt: '2026-03-02T09:32:00+08:00',
      result: {
        decision: 'granted',
        documents: [{ ref: 'result', kind: 'result', name: '结果证明文书.pdf', size: 588 }],
      },
    })
  })

  test('an empty remark is none, and members that no table names are tolerated', () => {
    const body = sampleOf('RECEIVED')
    const odd = {
      ...body,
      trace: 1,
      data: { ...body.data, suggestion: '', more: { a: [null] } },
      filedata: null,
    }
    expect(event(odd)).not.toHaveProperty('note')
    expect(event(odd).documents).toEqual([])
  })
})

test('the answers are in Shanghai’s shape', () => {
  const opened = post(sampleOf('COMPLETED'))
  if (!opened.accepted) throw new Error('refused')
  const { taken, replayed, caseUnknown, later } = opened.answers
  expect(
    [taken(''), replayed, caseUnknown, later].map(({ status, body }) => [status, JSON.parse(body)]),
  ).toMatchObject([
    [200, { isSuccess: true }],
    [401, { isSuccess: false, code: '500', errorCode: 'NONCE_REPLAY' }],
    [200, { isSuccess: false, code: '500', errorCode: 'APPLY_NOT_FOUND' }],
    [500, { isSuccess: false }],
  ])
  expect(shanghai.callbackPaths(vectors.config as never)).toEqual([PATH])
})
