import { describe, expect, test } from 'vitest'
import { zhejiang } from './index.ts'
import { headersFor, queryLine } from './sign.ts'
import { config, sample, samples } from './test-vectors.ts'

const callbacks = samples.filter((one) => one.op === 'case-callback')
const KEYS = {
  accessKey: config.credentials.callbackAccessKey,
  secretKey: config.credentials.callbackSecretKey,
}
const NOW = new Date('2099-01-05T01:03:19Z')
const asked = sample('case-callback', 'CORRECTION_REQUIRED').request.body as Record<string, unknown>

interface Bent {
  readonly target?: string
  readonly method?: string
  readonly body?: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
  readonly now?: Date
  readonly query?: Readonly<Record<string, string>>
}

const lower = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))

/** A callback that is right in everything but what is bent. */
function post(bent: Bent = {}) {
  const [path = ''] = (bent.target ?? '/zj/callback/accept').split('?')
  const method = bent.method ?? 'POST'
  return zhejiang.openCallback(
    {
      method,
      target: bent.target ?? path,
      headers: {
        'content-type': 'application/json; charset=UTF-8',
        ...lower(headersFor(method, path, queryLine(bent.query ?? {}), KEYS, NOW)),
        ...bent.headers,
      },
      body: Buffer.from(bent.body ?? JSON.stringify(asked)),
    },
    config,
    bent.now ?? NOW,
  )
}

const refusedAs = (opened: ReturnType<typeof post>) =>
  opened.accepted ? 'accepted' : [opened.answer.status, JSON.parse(opened.answer.body)]
const eventOf = (opened: ReturnType<typeof post>) => {
  if (!opened.accepted || !('event' in opened.content)) throw new Error('no event')
  return opened.content.event
}
const errorOf = (opened: ReturnType<typeof post>) => {
  if (!opened.accepted || !('answer' in opened.content)) throw new Error('no answer')
  const { errorCode, errorMsg } = JSON.parse(opened.content.answer.body)
  return [opened.content.answer.status, errorCode, errorMsg]
}

describe('what the region posted', () => {
  test.each(callbacks)('$note is believed and read', ({ note, request, response }) => {
    const opened = zhejiang.openCallback(
      {
        method: request.method,
        target: request.path,
        headers: lower(request.headers),
        body: Buffer.from(JSON.stringify(request.body)),
      },
      config,
      new Date(request.headers['X-BG-DATE-TIME'] ?? ''),
    )
    const told = request.body as { eventId: string; gmtUpdate: string }
    expect(opened).toMatchObject({
      accepted: true,
      content: {
        event: {
          status: note,
          key: told.eventId,
          caseNumber: '330101990105000000004',
          sourceNumber: 'CSJ209901050000001',
          occurredAt: `${told.gmtUpdate.replace(' ', 'T')}+08:00`,
          alarms: [],
        },
      },
    })
    if (opened.accepted) expect(JSON.parse(opened.answers.taken('x').body)).toEqual(response.body)
  })

  test('a correction request carries its fields, materials and time', () => {
    expect(eventOf(post()).correction).toEqual({
      fields: ['toAddress'],
      documents: [{ id: 'M9900203', name: '毕业证书', reason: '请重新提供' }],
      reason: '毕业证书不清晰',
      dueOn: '2099-01-10T09:03:19+08:00',
    })
    expect(eventOf(post()).note).toBe('请补正材料')
  })

  test('an acceptance carries its times, an end its decision', () => {
    const of = (note: string) =>
      eventOf(post({ body: JSON.stringify(sample('case-callback', note).request.body) }))
    expect(of('ACCEPTED')).toMatchObject({
      acceptedAt: '2099-01-05T09:04:22+08:00',
      dueAt: '2099-01-10T09:04:22+08:00',
    })
    expect(of('COMPLETED')).toMatchObject({
      completedAt: '2099-01-05T09:08:22+08:00',
      result: { decision: 'granted', number: '浙测〔2099〕000004号' },
    })
  })

  test.each([
    ['', '材料不齐', '材料不齐'],
    ['不清晰', '', '不清晰'],
    ['不清晰', '不清晰', '不清晰'],
    ['不清晰', '材料不齐', '不清晰\n材料不齐'],
  ])('the opinion %s and the remark %s are one note', (opinion, memo, note) => {
    expect(eventOf(post({ body: JSON.stringify({ ...asked, opinion, memo }) })).note).toBe(note)
  })

  test('nothing is told that did not come', () => {
    const { correctInfo: _gone, opinion: _none, ...bare } = asked
    expect(eventOf(post({ body: JSON.stringify({ ...bare, extInfo: null }) }))).toEqual({
      key: asked['eventId'],
      caseNumber: asked['projId'],
      type: 'status',
      status: 'CORRECTION_REQUIRED',
      rawStatus: { code: '02/4', label: '补正' },
      occurredAt: '2099-01-05T09:03:19+08:00',
      alarms: [],
    })
  })
})

describe('refused, in the order of the API gateway', () => {
  test.each<readonly [string, Bent, string]>([
    ['no access key', { headers: { 'x-bg-hmac-access-key': '' } }, 'Invalid access key'],
    [
      'our own key in place of theirs',
      { headers: { 'x-bg-hmac-access-key': 'FAKE_AK_ZJ' } },
      'Invalid access key',
    ],
    ['a key of other bytes', { headers: { 'x-bg-hmac-access-key': 'FAKE_AK_ZJ_Cé' } }, 'Invalid access key'],
    ['another algorithm', { headers: { 'x-bg-hmac-algorithm': 'hmac-sha1' } }, 'Invalid signature'],
    ['no signature', { headers: { 'x-bg-hmac-signature': '' } }, 'Invalid signature'],
    [
      'no algorithm before no date',
      { headers: { 'x-bg-hmac-algorithm': '', 'x-bg-date-time': '' } },
      'Invalid signature',
    ],
    ['no date', { headers: { 'x-bg-date-time': '' } }, 'Clock skew exceeded'],
    [
      'a date of another form',
      { headers: { 'x-bg-date-time': '2099-01-05T01:03:19Z' } },
      'Clock skew exceeded',
    ],
    [
      'a day that does not exist',
      { headers: { 'x-bg-date-time': 'Mon, 99 Jan 2099 01:03:19 GMT' } },
      'Clock skew exceeded',
    ],
    [
      'a wrong weekday',
      { headers: { 'x-bg-date-time': 'Tue, 05 Jan 2099 01:03:19 GMT' } },
      'Clock skew exceeded',
    ],
    ['an old clock', { now: new Date(NOW.getTime() + 91_000) }, 'Clock skew exceeded'],
    ['a fast clock', { now: new Date(NOW.getTime() - 91_000) }, 'Clock skew exceeded'],
    [
      'an old clock before a wrong signature',
      { now: new Date(NOW.getTime() + 91_000), headers: { 'x-bg-hmac-signature': 'x' } },
      'Clock skew exceeded',
    ],
    [
      'a bad signature',
      { headers: { 'x-bg-hmac-signature': 'VQ3mfc5jIKTm9DL3HIb+v/hHn3HGrqQhDsa9nCWrcqY=' } },
      'Invalid signature',
    ],
    [
      'a signature of other bytes',
      { headers: { 'x-bg-hmac-signature': `${'é'.repeat(43)}=` } },
      'Invalid signature',
    ],
    ['a query that was not signed', { target: '/zj/callback/accept?a=1' }, 'Invalid signature'],
    [
      'a query name that comes twice',
      { target: '/zj/callback/accept?a=1&a=1', query: { a: '1' } },
      'Invalid signature',
    ],
  ])('%s', (_name, bent, message) => {
    expect(refusedAs(post(bent))).toEqual([401, { message }])
  })

  test('ninety seconds are within the skew', () => {
    for (const shift of [-90_000, 90_000])
      expect(post({ now: new Date(NOW.getTime() + shift) }).accepted).toBe(true)
    for (const shift of [-90_001, 90_001])
      expect(post({ now: new Date(NOW.getTime() + shift) }).accepted).toBe(false)
  })

  test('a signed query, a name of every object and a prefix of our own address are taken', () => {
    expect(
      post({ target: '/zj/callback/accept?constructor=a+b', query: { constructor: 'a b' } }).accepted,
    ).toBe(true)
    expect(post({ target: '/delta/zj/callback/accept' }).accepted).toBe(true)
  })

  test.each([{ target: '/zj/callback/other' }, { method: 'PUT' }])('another path or method: %o', (bent) => {
    expect(refusedAs(post(bent))).toEqual([404, { message: 'Not Found' }])
  })

  test('an oversized body has an answer of its own', () => {
    const { bytes, answer } = zhejiang.callbackLimit
    expect(bytes).toBeGreaterThanOrEqual(2 * 1024 * 1024)
    expect([answer.status, JSON.parse(answer.body)]).toEqual([413, { message: 'Request Entity Too Large' }])
  })

  test('there is no nonce: a repetition is opened again, with the same key', () => {
    const [first, second] = [post(), post()]
    expect(first).not.toHaveProperty('nonce')
    expect(eventOf(second).key).toBe(eventOf(first).key)
    if (second.accepted) expect(JSON.parse(second.answers.replayed.body)).toMatchObject({ success: true })
  })

  test('the body is not signed, so an end is believed only after the region was asked', () => {
    expect(zhejiang.unsignedCallbackBody).toBe(true)
    expect(eventOf(post({ body: JSON.stringify({ ...asked, phaseCode: '04', doAction: 1 }) })).status).toBe(
      'VOIDED',
    )
  })
})

describe('a malformed body is answered with the name of the member', () => {
  const bent = (changes: object) => post({ body: JSON.stringify({ ...asked, ...changes }) })

  test.each<readonly [string, Bent, string]>([
    ['no JSON', { body: '{' }, 'body'],
    ['no object', { body: '[]' }, 'body'],
    ['nothing', { body: 'null' }, 'body'],
    ['no UTF-8', { body: Buffer.from([0xff, 0xfe]) }, 'body'],
    ['another medium', { headers: { 'content-type': 'text/plain' } }, 'Content-Type'],
    ['another charset', { headers: { 'content-type': 'application/json; charset=GBK' } }, 'Content-Type'],
  ])('%s', (_name, change, member) => {
    expect(errorOf(post(change))).toEqual([200, 'C-AFFAIR-PARAM-INVALID', `参数错误:${member}`])
  })

  test.each<readonly [string, object]>([
    ['eventId', { eventId: '' }],
    ['eventId', { eventId: 'e'.repeat(37) }],
    ['projId', { projId: 5 }],
    ['phaseCode', { phaseCode: null }],
    ['doAction', { doAction: true }],
    ['gmtUpdate', { gmtUpdate: undefined }],
    ['gmtUpdate', { gmtUpdate: '2099-02-30 09:00:00' }],
    ['gmtAccept', { gmtAccept: '2099-13-05 09:00:00' }],
    ['promiseTime', { promiseTime: '2099-01-05T09:00:00' }],
    ['gmtService', { gmtService: 'soon' }],
    ['correctInfo.gmtCorrectEnd', { correctInfo: { gmtCorrectEnd: '2099-01-05' } }],
    ['opinion', { opinion: 5 }],
    ['result', { result: {} }],
    ['correctInfo.formFields', { correctInfo: { formFields: 5 } }],
    ['correctInfo.suffInfoList[0].suffId', { correctInfo: { suffInfoList: [{ suffName: 'x' }] } }],
  ])('%s', (member, changes) => {
    const [status, code, text] = errorOf(bent(changes))
    expect([status, code, text]).toEqual([200, 'C-AFFAIR-PARAM-INVALID', `参数错误:${member}`])
  })

  test('an opinion, a remark and a step have no stated length', () => {
    const long = '长'.repeat(20_000)
    const event = eventOf(bent({ opinion: long, memo: long, nodeName: long, doAction: 8 }))
    expect(event).toMatchObject({ note: long, rawStatus: { code: '02/8', label: '长'.repeat(100) } })
  })

  test('unknown members are ignored, a single material and a numeric action are read', () => {
    const event = eventOf(bent({ extFlag: { deep: [1] }, doAction: '4', fresh: null }))
    expect(event.status).toBe('CORRECTION_REQUIRED')
    expect(event.correction?.documents).toHaveLength(1)
  })

  test('an unknown code pair on any of the three is UNKNOWN, kept, alarmed and taken', () => {
    for (const kind of ['accept', 'handler', 'finish']) {
      const event = eventOf(
        post({
          target: `/zj/callback/${kind}`,
          body: JSON.stringify({ ...asked, phaseCode: '06', doAction: 7, nodeName: '听证' }),
        }),
      )
      expect(event).toMatchObject({
        status: 'UNKNOWN',
        rawStatus: { code: '06/7', label: '听证' },
        alarms: [{ table: 'zhejiang/case-state', code: '06/7' }],
      })
    }
  })
})

test('the answers for an unknown case and for later are in the region’s own shape', () => {
  const opened = post()
  if (!opened.accepted) throw new Error('refused')
  expect(JSON.parse(opened.answers.caseUnknown.body)).toMatchObject({
    success: false,
    errorCode: 'C-AFFAIR-PROJ-NOT-EXIST',
  })
  expect(JSON.parse(opened.answers.later.body)).toMatchObject({ success: false, errorCode: 'S-SYSTEM-BUSY' })
  expect(opened.answers.caseUnknown.status).toBe(200)
})
