/** The recorded callbacks, in both charsets, and bodies that say less or something else. */
import { describe, expect, test } from 'vitest'
import { openCallback } from './callback.ts'
import {
  answerIn,
  appId,
  callbacks,
  encoded,
  eventIn,
  formOf,
  inGb2312,
  lower,
  opened,
} from './test-callbacks.ts'
import { config } from './test-vectors.ts'

describe('the samples', () => {
  test.each(callbacks)('$note verifies with its own headers and is read', ({ request, response }) => {
    const headers = lower(request.headers)
    const callback = openCallback(
      {
        method: 'POST',
        target: '/ah/callback/apas',
        headers,
        body: Buffer.from(encoded(request.form)),
      },
      config,
      new Date(Number(headers['s-auth-timestamp'])),
    )
    const event = eventIn(callback)
    expect(event).toMatchObject({
      caseNumber: 'AH340100209901020001',
      caseKey: '0123456789abcdef0123456789abcdef',
      alarms: [],
    })
    expect(event.key).toMatch(/^[0-9a-f]{32}$/)
    if (callback.accepted) {
      expect(JSON.parse(callback.answers.taken(event.caseNumber).body)).toEqual(response.body)
      expect(callback.nonce).toEqual({ value: `${appId}:${headers['s-auth-nonce']}`, seconds: 600 })
    }
  })
  test('tell the whole story', () => {
    const events = callbacks.map(({ request }) => eventIn(opened(encoded(request.form))))
    expect(events.map((one) => one.status)).toEqual([
      'RECEIVED',
      'CORRECTION_REQUIRED',
      'ACCEPTED',
      'IN_REVIEW',
      'COMPLETED',
      'DELIVERED',
    ])
    expect(events[0]).toMatchObject({ occurredAt: '2099-01-02T09:00:47+08:00', note: '材料已收' })
    expect(events[1]?.correction).toEqual({
      fields: [],
      documents: [{ id: 'M099902001', name: '居民身份证', reason: '身份证照片不清晰' }],
      reason: '身份证照片不清晰',
      dueOn: '2099-01-07T09:00:50+08:00',
    })
    expect(events[2]).toMatchObject({
      acceptedAt: '2099-01-02T09:01:15+08:00',
      dueAt: '2099-01-07T09:01:15+08:00',
    })
    expect(events[3]?.step).toMatchObject({ name: '办理中', actor: '测试经办人', agency: '合肥市公安局' })
    expect(events[4]).toMatchObject({
      completedAt: '2099-01-02T09:01:24+08:00',
      result: { decision: 'granted', number: '示例文书〔2025〕0001号', text: '出证办结' },
    })
    expect(events[5]?.note).toBe('邮寄送达 EMS0000000000')
  })
  test('trap 3: the same event in gb2312 is the same event', () => {
    for (const { request } of callbacks) {
      const type = 'application/x-www-form-urlencoded; charset=gb2312'
      const callback = opened(inGb2312(request.form), { headers: { 'Content-Type': type } })
      expect(eventIn(callback)).toEqual(eventIn(opened(encoded(request.form))))
    }
  })
})

describe('a body', () => {
  const accept = formOf('acceptance')['acceptInfoXml'] ?? ''
  const told = (fields: Readonly<Record<string, string>>, headers = {}) =>
    answerIn(opened(encoded(fields), { headers })).body
  const wrong = (member: string) => ({ result: '02', resultmsg: `参数错误:${member}`, data: null })
  test.each(['CALLTIME', 'EVENTID', 'UNID', 'PROJID', 'handleState'])(
    'without %s is incomplete',
    (member) => {
      const empty = accept.replace(new RegExp(`<${member}>[^<]*</${member}>`), `<${member}/>`)
      expect(told({ acceptInfoXml: empty })).toEqual(wrong(member))
    },
  )
  test('that cannot be read is named', () => {
    expect(told({ acceptInfoXml: accept }, { 'Content-Type': 'application/json' })).toEqual(
      wrong('Content-Type'),
    )
    expect(told({})).toEqual(wrong('apasRegnfoXml'))
    expect(told({ acceptInfoXml: accept, transactXml: accept })).toEqual(wrong('transactXml'))
    expect(told({ transactXml: accept })).toEqual(wrong('TRANSACTINFO'))
    expect(told({ acceptInfoXml: accept.slice(0, -3) })).toEqual(wrong('acceptInfoXml'))
    expect(told({ acceptInfoXml: accept, attrXml: '<RECORD/>' })).toEqual(wrong('attrXml'))
    expect(told({ acceptInfoXml: accept.replace('utf-8', 'big5') })).toEqual(wrong('acceptInfoXml'))
    expect(told({ acceptInfoXml: accept.replace(/<CALLTIME>[^<]*/, '<CALLTIME>gestern') })).toEqual(
      wrong('CALLTIME'),
    )
    expect(answerIn(opened('acceptInfoXml=%zz')).body).toEqual(wrong('acceptInfoXml'))
    expect(answerIn(opened(`acceptInfoXml=%B9%D8`)).body).toEqual(wrong('acceptInfoXml'))
    expect(answerIn(opened('attrXml=a&attrXml=b')).body).toEqual(wrong('attrXml'))
    expect(answerIn(opened('')).body).toEqual(wrong('apasRegnfoXml'))
  })
  test('with unknown members, and without most of the known, is taken', () => {
    const bare =
      '<RECORD><CALLINFO><CALLTIME>2099-01-02 09:00:47</CALLTIME><EVENTID>e1</EVENTID></CALLINFO>' +
      '<SERVICEINFO><UNID>u</UNID><PROJID>p</PROJID><handleState>03</handleState><NEW>1</NEW></SERVICEINFO>' +
      '<REGINFO><EXT1/></REGINFO><MORE/></RECORD>'
    expect(eventIn(opened(encoded({ apasRegnfoXml: bare, other: '1' })))).toMatchObject({
      status: 'PRECHECK_PASSED',
      key: 'e1',
      alarms: [],
    })
  })
  test('with an empty block is taken: all of its members may be missing', () => {
    const bare = (block: string) =>
      '<RECORD><CALLINFO><CALLTIME>2099-01-02 09:00:47</CALLTIME><EVENTID>e1</EVENTID></CALLINFO>' +
      `<SERVICEINFO><UNID>u</UNID><PROJID>p</PROJID><handleState>04</handleState></SERVICEINFO>${block}</RECORD>`
    for (const block of ['<REGINFO/>', '<REGINFO></REGINFO>', '<REGINFO>\n</REGINFO>'])
      expect(eventIn(opened(encoded({ apasRegnfoXml: bare(block) })))).toMatchObject({ status: 'RECEIVED' })
    expect(told({ apasRegnfoXml: bare('<REGINFO/><REGINFO/>') })).toEqual(wrong('REGINFO'))
  })
  test('over 4 MiB is too much', () => {
    const padded = `${encoded({ acceptInfoXml: accept })}&more=${'x'.repeat(4 * 1024 * 1024)}`
    expect(answerIn(opened(padded)).body).toEqual(wrong('body'))
  })
  test('whose other times cannot be read is taken without them', () => {
    const odd = accept.replace(/<PROMISE_ETIME>[^<]*/, '<PROMISE_ETIME>五日后')
    const event = eventIn(opened(encoded({ acceptInfoXml: odd })))
    expect([event.status, event.dueAt]).toEqual(['ACCEPTED', undefined])
  })
  test('tells the time of acceptance when it is one, of the event where it has none of its own', () => {
    const correction = eventIn(opened(encoded(formOf('correction'))))
    expect(correction.acceptedAt).toBeUndefined()
    const bare = accept.replace(/<ACCEPT_TIME>[^<]*/, '<ACCEPT_TIME>')
    expect(eventIn(opened(encoded({ acceptInfoXml: bare }))).acceptedAt).toBe('2099-01-02T09:01:15+08:00')
  })
  test('of a returned pre-check says what to correct', () => {
    const { apasRegnfoXml = '' } = formOf('registration feedback')
    const returned = apasRegnfoXml
      .replace('<handleState>04', '<handleState>02')
      .replace('<REG_OPINION>材料已收', '<REG_OPINION>照片不清')
      .replace('<REMARK>材料已收', '<REMARK>')
    expect(eventIn(opened(encoded({ apasRegnfoXml: returned })))).toMatchObject({
      status: 'PRECHECK_RETURNED',
      note: '照片不清',
      correction: { documents: [], reason: '照片不清' },
    })
  })
  test('with words of small tables that nobody knows is taken and alarmed', () => {
    const { handleInfoXml = '', deliverInfoXml = '' } = { ...formOf('process step'), ...formOf('delivery') }
    const special = handleInfoXml.replace('<SPECIAL_TYPE>', '<SPECIAL_TYPE>C')
    const mode = deliverInfoXml.replace('<DELIVER_MODE>2', '<DELIVER_MODE>9')
    expect(eventIn(opened(encoded({ handleInfoXml: special })))).toMatchObject({
      note: 'C: 审核中',
      alarms: [{ table: 'anhui/specialProcedure', code: 'C' }],
    })
    expect(eventIn(opened(encoded({ deliverInfoXml: mode })))).toMatchObject({
      note: '9 EMS0000000000',
      alarms: [{ table: 'anhui/delivery', code: '9' }],
    })
  })
  test('with blanks before the prolog is read, in the charset that the prolog names', () => {
    for (const body of [
      encoded({ acceptInfoXml: `\n${accept}` }),
      inGb2312({ acceptInfoXml: `\n${accept}` }),
    ])
      expect(eventIn(opened(body))).toEqual(eventIn(opened(encoded({ acceptInfoXml: accept }))))
  })
  test('with a mark of its byte order before the prolog is read', () => {
    const marked = inGb2312({ acceptInfoXml: accept })
    const bytes = Buffer.from(`\ufeff${accept}`).toString('hex').replace(/../g, '%$&')
    for (const body of [marked, `acceptInfoXml=${bytes}`])
      expect(eventIn(opened(body)).status).toBe('ACCEPTED')
  })
  test('with a state that nobody knows is kept and alarmed', () => {
    const strange = accept.replace('<handleState>06', '<handleState>6')
    expect(eventIn(opened(encoded({ acceptInfoXml: strange })))).toMatchObject({
      status: 'UNKNOWN',
      rawStatus: { code: '6' },
      alarms: [{ table: 'anhui/handleState', code: '6' }, { table: 'anhui/acceptResult' }],
    })
  })
  test('whose result contradicts its state keeps both and alarms', () => {
    const transact = formOf('conclusion')['transactXml'] ?? ''
    const denied = transact.replace('<TRANSACT_RESULT_CODE>0', '<TRANSACT_RESULT_CODE>1')
    expect(eventIn(opened(encoded({ transactXml: denied })))).toMatchObject({
      status: 'COMPLETED',
      result: { decision: 'denied' },
      alarms: [{ table: 'anhui/transactResult', code: '1 in COMPLETED' }],
    })
  })
  test('of a correction without materials says what to correct in words', () => {
    const { acceptInfoXml = '', attrXml = '' } = formOf('correction')
    const several = attrXml.replace('</RECORDS>', '<RECORD><ATTRID>B</ATTRID></RECORD></RECORDS>')
    const of = (fields: Readonly<Record<string, string>>) => eventIn(opened(encoded(fields))).correction
    expect(of({ acceptInfoXml })).toMatchObject({ documents: [], reason: '身份证照片不清晰' })
    expect(of({ acceptInfoXml, attrXml: several })?.documents).toHaveLength(2)
    expect(of({ acceptInfoXml, attrXml: '<RECORDS/>' })?.documents).toEqual([])
  })
  test('of a special procedure says which', () => {
    const { handleInfoXml = '' } = formOf('process step')
    const paused = handleInfoXml
      .replace('<handleState>08', '<handleState>10')
      .replace('<SPECIAL_TYPE></SPECIAL_TYPE>', '<SPECIAL_TYPE>A</SPECIAL_TYPE>')
    expect(eventIn(opened(encoded({ handleInfoXml: paused })))).toMatchObject({
      status: 'SUSPENDED',
      note: '延长审批: 审核中',
    })
  })
  test('trap 13: a validity of 长期 is no fault', () => {
    expect(formOf('conclusion')['transactXml']).toContain('<RESULT_DEADLINE>长期</RESULT_DEADLINE>')
    expect(eventIn(opened(encoded(formOf('conclusion')))).status).toBe('COMPLETED')
  })
})
