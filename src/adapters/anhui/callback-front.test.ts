/** The checks of the front before a callback is read (contract 3.6), and the shapes of the answers. */
import { expect, test } from 'vitest'
import { TOO_LARGE } from './callback.ts'
import { answerIn, type Bent, encoded, formOf, opened } from './test-callbacks.ts'

const body = encoded(formOf('acceptance'))
test.each<[string, Bent, number, string, string]>([
  ['another path', { target: '/ah/callback/other' }, 404, '10404', 'api not found'],
  ['another method', { method: 'GET' }, 404, '10404', 'api not found'],
  [
    'a missing version',
    { headers: { 'S-Auth-Version': '' } },
    401,
    '10008',
    'header invalid: S-Auth-Version',
  ],
  [
    'a nonce that is none',
    { headers: { 'S-Auth-Nonce': 'abc' } },
    401,
    '10008',
    'header invalid: S-Auth-Nonce',
  ],
  [
    'a time in seconds',
    { headers: { 'S-Auth-Timestamp': '4070998848' } },
    401,
    '10008',
    'header invalid: S-Auth-Timestamp',
  ],
  ['another stage', { headers: { 'S-Auth-Stage': 'TEST' } }, 401, '10008', 'header invalid: S-Auth-Stage'],
  ['another caller', { headers: { 'S-Auth-AppId': 'somebody' } }, 401, '10001', 'appId unknown'],
  ['another group', { headers: { 'S-Auth-GroupId': 'fakegroupah01' } }, 401, '10005', 'api not authorised'],
  ['the GM strategy', { headers: { 'S-Auth-SignType': 'GM' } }, 401, '10007', 'sign strategy mismatch'],
  [
    'a key of the GM strategy',
    { headers: { 'S-Auth-RandomKey': 'x' } },
    401,
    '10007',
    'sign strategy mismatch',
  ],
  [
    'another version of the kit',
    { headers: { 'S-SDK-Version': '1.4' } },
    401,
    '10008',
    'header invalid: S-SDK-Version',
  ],
  ['an old clock', { late: 300_001 }, 401, '10002', 'timestamp out of range'],
  ['a clock of the future', { late: -300_001 }, 401, '10002', 'timestamp out of range'],
  ['a missing digest', { headers: { 'S-Content-MD5': '' } }, 401, '10006', 'content md5 mismatch'],
  ['another secret', { secret: 'x' }, 401, '10003', 'signature verify failed'],
  [
    'a signature of other length',
    { headers: { 'S-Auth-Signature': '签' } },
    401,
    '10003',
    'signature verify failed',
  ],
])('refuses %s', (_name, bent, status, code, message) => {
  expect(answerIn(opened(body, bent))).toMatchObject({ status, body: { code, message } })
})
test('takes a call at the edge of the skew, with a query that is signed', () => {
  expect(opened(body, { late: 300_000, target: '/ah/callback/apas?a=1' })).toMatchObject({ accepted: true })
})
test('answers in Anhui’s shapes', () => {
  const callback = opened(body)
  if (!callback.accepted) throw new Error('refused')
  const { replayed, caseUnknown, later } = callback.answers
  expect([replayed.status, JSON.parse(replayed.body)]).toMatchObject([401, { code: '10004' }])
  expect(JSON.parse(caseUnknown.body)).toMatchObject({ result: '05', data: null })
  expect(JSON.parse(later.body)).toMatchObject({ result: '09', data: null })
  expect([TOO_LARGE.status, JSON.parse(TOO_LARGE.body)]).toMatchObject([413, { code: '10413' }])
})
