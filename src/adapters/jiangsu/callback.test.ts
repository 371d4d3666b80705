/** What the platform posts (3.5, 4.c): verified in the contract's order, read, answered in its shapes. */
import { describe, expect, test } from 'vitest'
import type { CallbackRequest } from '../kit/contract.ts'
import { jiangsu } from './index.ts'
import { config, jsonOf, sample, textOf } from './test-samples.ts'

describe('callbacks', () => {
  const { request, response } = sample('case-callback')
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  const at = new Date(Number(headers['x-tif-timestamp']) * 1000)
  const callback = (more: Partial<CallbackRequest> = {}): CallbackRequest => ({
    method: 'POST',
    target: request.path,
    headers,
    body: Buffer.from(textOf(request.body)),
    ...more,
  })
  const open = (more: Partial<CallbackRequest> = {}, when = at) =>
    jiangsu.openCallback(callback(more), config, when)
  const bodyWith = (change: (params: Record<string, unknown>) => void) => {
    const body = jsonOf(request.body)
    change(body.params)
    return { body: Buffer.from(JSON.stringify(body)) }
  }
  const eventOf = (change: (params: Record<string, unknown>) => void) => {
    const opened = open(bodyWith(change))
    if (!opened.accepted || !('event' in opened.content)) throw new Error('no event')
    return opened.content.event
  }

  test('the sample is verified and read, and the answer is the contract’s', () => {
    const opened = open()
    if (!opened.accepted || !('event' in opened.content)) throw new Error('refused')
    expect(opened.content.event).toMatchObject({
      status: 'CORRECTION_REQUIRED',
      caseNumber: 'JSSZ209901020004',
      occurredAt: '2099-01-02T09:01:16+08:00',
      correction: { dueOn: '2099-01-07T09:01:14+08:00', documents: [{}, {}] },
      alarms: [],
    })
    expect(jsonOf(opened.answers.taken('x').body)).toEqual(jsonOf(response.body))
  })

  test.each<[string, Partial<CallbackRequest>, Date, number, string]>([
    ['without a header', { headers: { ...headers, 'x-tif-nonce': '' } }, at, 401, '1001'],
    ['of another application', { headers: { ...headers, 'x-tif-paasid': 'someone' } }, at, 401, '1005'],
    ['with an old clock', {}, new Date(at.getTime() + 181_000), 401, '1003'],
    [
      'signed in lower case',
      { headers: { ...headers, 'x-tif-signature': String(headers['x-tif-signature']).toLowerCase() } },
      at,
      401,
      '1002',
    ],
  ])('%s is refused', (_name, more, when, status, errcode) => {
    const opened = open(more, when)
    if (opened.accepted) throw new Error('accepted')
    expect([opened.answer.status, jsonOf(opened.answer.body).errcode]).toEqual([status, errcode])
  })

  test.each<[string, Partial<CallbackRequest>, string]>([
    ['another method', { method: 'PUT' }, '1008'],
    ['another charset', { headers: { ...headers, 'content-type': 'application/json;charset=GBK' } }, '1006'],
    ['broken JSON', { body: Buffer.from('{') }, '1006'],
    ['another frame', { body: Buffer.from('{"token":"x","params":{},"more":1}') }, '1006'],
  ])('%s is told in the bus’s shape', (_name, more, errcode) => {
    const opened = open(more)
    if (!opened.accepted || !('answer' in opened.content)) throw new Error('accepted')
    expect(jsonOf(opened.content.answer.body).errcode).toBe(errcode)
  })

  test.each(['flowsn', 'projectguid', 'areacode', 'status', 'operatetype', 'operatedate'])(
    'a missing %s is told by its name',
    (member) => {
      const opened = open(bodyWith((params) => delete params[member]))
      if (!opened.accepted || !('answer' in opened.content)) throw new Error('accepted')
      expect(jsonOf(opened.content.answer.body).custom.text).toBe(`参数格式错误:${member}`)
    },
  )

  test('trap 5: the same number means one thing as status and another as operation', () => {
    const of = (status: number, operatetype: string) =>
      eventOf((params) => Object.assign(params, { status, operatetype, buzhenginfo: '' }))
    expect(of(30, '40').status).toBe('SUSPENDED')
    expect(of(40, '51').status).toBe('DENIED')
    expect(of(50, '50').status).toBe('APPROVED')
    expect(of(30, '36').status).toBe('REVIEW_RETURNED')
    expect(of(90, '80').status).toBe('DELIVERED')
    expect(of(30, '30')).toMatchObject({ type: 'note' })
  })
  test('trap 4: a single object for a one-element list, and an empty text for none', () => {
    const one = {
      deadline: '',
      opinion: 'x',
      materiallist: { taskmaterialguid: 'g', materialname: '', opinion: '' },
    }
    const read = (info: object) =>
      eventOf((params) => Object.assign(params, { buzhenginfo: JSON.stringify(info) })).correction
    expect(read(one)?.documents).toEqual([{ id: 'g' }])
    expect(read({ ...one, materiallist: '' })?.documents).toEqual([])
  })
  test('trap 9: the area has twelve digits here, and six is refused', () => {
    const opened = open(bodyWith((params) => Object.assign(params, { areacode: '320500' })))
    expect(opened.accepted && 'answer' in opened.content).toBe(true)
  })
  test('an unknown operation within status 30 leaves the state as it was, and is alarmed', () => {
    const event = eventOf((params) =>
      Object.assign(params, { status: 30, operatetype: '99', buzhenginfo: '' }),
    )
    expect(event).toMatchObject({ type: 'note', alarms: [{ code: '99' }], step: { status: 'UNKNOWN' } })
    const known = eventOf((params) =>
      Object.assign(params, { status: 30, operatetype: '35', buzhenginfo: '' }),
    )
    expect(known.step?.status).toBe('IN_REVIEW')
  })

  test('180 seconds are still good, on either side', () => {
    for (const seconds of [-180, 180])
      expect(open({}, new Date(at.getTime() + seconds * 1000)).accepted).toBe(true)
    expect(open({}, new Date(at.getTime() + 180_999)).accepted).toBe(true)
    expect(open({}, new Date(at.getTime() - 181_000)).accepted).toBe(false)
  })

  test('the nonce is to be remembered for 360 seconds, whatever follows', () => {
    const nonce = { value: headers['x-tif-nonce'], seconds: 360 }
    expect(open()).toMatchObject({ nonce })
    expect(open({ body: Buffer.from('{') })).toMatchObject({ nonce })
  })

  test.each<[string, Record<string, string>]>([
    ['a timestamp in milliseconds', { 'x-tif-timestamp': '4070998874000' }],
    ['a short nonce', { 'x-tif-nonce': 'abc' }],
    ['a nonce with other characters', { 'x-tif-nonce': '240a0cb4a477eee-' }],
    ['no application', { 'x-tif-paasid': '' }],
    ['no signature', { 'x-tif-signature': '' }],
  ])('%s is a malformed header', (_name, more) => {
    const opened = open({ headers: { ...headers, ...more } })
    if (opened.accepted) throw new Error('accepted')
    expect([opened.answer.status, jsonOf(opened.answer.body)]).toEqual([
      401,
      { errcode: '1001', errmsg: '缺少请求头或格式错误' },
    ])
  })

  test.each<[string, Partial<CallbackRequest>, number, string]>([
    ['a wrong path', { target: '/js/callback/other' }, 404, '1007'],
    ['a query', { target: `${request.path}?a=1` }, 400, '1006'],
    ['a token that is no text', { body: Buffer.from('{"token":1,"params":{}}') }, 400, '1006'],
    ['params that are no object', { body: Buffer.from('{"token":"x","params":[]}') }, 400, '1006'],
    ['bytes that are no UTF-8', { body: Buffer.from([0x22, 0xff, 0x22]) }, 400, '1006'],
    ['no content type', { headers: { ...headers, 'content-type': '' } }, 400, '1006'],
  ])('%s is answered as the bus does', (_name, more, status, errcode) => {
    const opened = open(more)
    if (!opened.accepted || !('answer' in opened.content)) throw new Error('accepted')
    expect([opened.content.answer.status, jsonOf(opened.content.answer.body).errcode]).toEqual([
      status,
      errcode,
    ])
  })

  test('the charset may be missing', () => {
    const opened = open({ headers: { ...headers, 'content-type': 'application/json' } })
    expect(opened.accepted && 'event' in opened.content).toBe(true)
  })

  test('a wrong module token is told after the signature, and before the members', () => {
    const opened = open({ body: Buffer.from('{"token":"x","params":{}}') })
    if (!opened.accepted || !('answer' in opened.content)) throw new Error('accepted')
    expect(jsonOf(opened.content.answer.body).custom).toEqual({ code: 0, text: '身份验证失败' })
  })

  test.each<[string, unknown]>([
    ['flowsn', 'x'.repeat(51)],
    ['projectguid', '5C169ABE-B050-B37D-CE01-EB5CEB594EB5'],
    ['areacode', '3205000000000'],
    ['status', null],
    ['operatetype', ''],
    ['operatedate', '2099-02-30 09:01:16'],
    ['operatedate', '2099-01-02T09:01:16'],
  ])('%s is checked: %j', (member, value) => {
    const opened = open(bodyWith((params) => Object.assign(params, { [member]: value })))
    if (!opened.accepted || !('answer' in opened.content)) throw new Error('accepted')
    expect(jsonOf(opened.content.answer.body).custom.text).toBe(`参数格式错误:${member}`)
  })

  test('the members that are not required may be anything, and are treated as empty', () => {
    const event = eventOf((params) =>
      Object.assign(params, {
        buzhenginfo: '{broken',
        promiseenddate: 'soon',
        banjiedate: null,
        remarks: null,
        statustext: null,
        operatename: {},
        ouname: null,
        operateusername: '',
        sourceprojectno: '',
        other: { a: [1] },
      }),
    )
    expect(event).toMatchObject({
      status: 'CORRECTION_REQUIRED',
      rawStatus: { code: '28', label: '待补办' },
      step: { name: '', rawStatus: { code: '22', label: '' } },
    })
    for (const member of ['correction', 'dueAt', 'completedAt', 'note', 'sourceNumber', 'result'])
      expect(event).not.toHaveProperty(member)
    for (const member of ['actor', 'agency', 'note']) expect(event.step).not.toHaveProperty(member)
  })

  test('every member of the event is read', () => {
    const event = eventOf((params) =>
      Object.assign(params, {
        status: '90',
        statustext: '正常办结',
        operatetype: '60',
        operatename: '办结',
        remarks: '同意',
        promiseenddate: '2099-01-23 09:03:17',
        banjiedate: '2099-01-03 10:00:00',
        banjieresult: '40',
        buzhenginfo: '',
      }),
    )
    expect(event).toEqual({
      key: 'JSSZ209901020004|2099-01-02 09:01:16|90|60',
      caseNumber: 'JSSZ209901020004',
      caseKey: '5c169abe-b050-b37d-ce01-eb5ceb594eb5',
      sourceNumber: 'CSJ209901020000001',
      type: 'status',
      status: 'COMPLETED',
      rawStatus: { code: '90', label: '正常办结' },
      occurredAt: '2099-01-02T09:01:16+08:00',
      note: '同意',
      dueAt: '2099-01-23T09:03:17+08:00',
      completedAt: '2099-01-03T10:00:00+08:00',
      result: { decision: 'granted', documents: [] },
      step: {
        status: 'COMPLETED',
        rawStatus: { code: '60', label: '办结' },
        name: '办结',
        occurredAt: '2099-01-02T09:01:16+08:00',
        actor: '示例经办人',
        agency: '苏州市人力资源和社会保障局',
        note: '同意',
      },
      alarms: [],
    })
  })

  test.each<[number, string, string, string]>([
    [40, '51', '50', 'denied'],
    [90, '60', '40', 'granted'],
    [97, '24', '', 'notAccepted'],
    [98, '61', '', 'withdrawn'],
    [99, '62', '', 'voided'],
  ])('status %i after %s with result "%s" is %s', (status, operatetype, banjieresult, decision) => {
    const event = eventOf((params) => Object.assign(params, { status, operatetype, banjieresult }))
    expect(event.result).toEqual({ decision, documents: [] })
  })

  test('acceptance is told by its own event alone', () => {
    const of = (operatetype: string) =>
      eventOf((params) => Object.assign(params, { status: 30, operatetype })).acceptedAt
    expect(of('23')).toBe('2099-01-02T09:01:16+08:00')
    for (const operation of ['35', '30', '88']) expect(of(operation)).toBeUndefined()
  })

  test.each(['30', '31', '32', '70', '71', '72', '81'])('operation %s moves no state', (operatetype) => {
    const status = operatetype === '81' ? 90 : 30
    expect(eventOf((params) => Object.assign(params, { status, operatetype })).type).toBe('note')
  })

  test('an unknown status moves the case to UNKNOWN, with its code and an alarm', () => {
    const event = eventOf((params) => Object.assign(params, { status: 77, statustext: '新状态' }))
    expect(event).toMatchObject({
      type: 'status',
      status: 'UNKNOWN',
      rawStatus: { code: '77', label: '新状态' },
      alarms: [{ table: 'jiangsu/status', code: '77' }],
    })
    expect(eventOf((params) => Object.assign(params, { status: 16, operatetype: '88' }))).toMatchObject({
      type: 'status',
      status: 'PRECHECK_PASSED',
    })
  })

  test('the answers are the contract’s, and all below the callback’s folder is answered', () => {
    const opened = open()
    if (!opened.accepted) throw new Error('refused')
    const { replayed, caseUnknown, taken } = opened.answers
    expect([replayed.status, jsonOf(replayed.body)]).toEqual([401, { errcode: '1004', errmsg: '请求重复' }])
    expect(jsonOf(caseUnknown.body).custom).toEqual({ code: 0, text: '该办件未查询到' })
    expect(taken('x')).toMatchObject({ status: 200, contentType: 'application/json;charset=UTF-8' })
    expect(jiangsu.callbackPaths(config)).toEqual([request.path, '/js/callback/*'])
    expect(jiangsu.callbackLimit.bytes).toBe(12 * 1024 * 1024)
    expect(jsonOf(jiangsu.callbackLimit.answer.body).errcode).toBe('1009')
  })
})
