/** Each way in which Anhui's log-in can fail, and that no failure tells anything of the person. */
import { describe, expect, test } from 'vitest'
import { CAS, cas, legal, logInAt, person, RETURN_TO, xml } from './test-log-in.ts'

const APP_TOKEN = 'adc90a52-104f-4c94-ae60-e4435faeb631'
const failed = (code: string) =>
  xml(
    `<c:serviceResponse xmlns:c="http://www.yale.edu/tp/cas"><c:authenticationFailure code="${code}">测试甲</c:authenticationFailure></c:serviceResponse>`,
  )
const refused = (code: string) => ({ json: { status: false, code, message: '测试甲', data: null } })
const front = (code: string) => ({ status: 401, json: { code, message: 'm', requestId: 'r' } })
const ok = xml(CAS)

const failureOf = async (answers: Parameters<typeof logInAt>[0], ticket: string) => {
  const { link, sent } = logInAt(answers)
  const failure = await link.identify({ ticket, returnTo: RETURN_TO }).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(sent.length).toBe(answers.length)
  return failure
}

/** Nothing of the person, and neither ticket nor token, is in what people and logs read. */
const expectQuiet = (failure: unknown) => {
  const written = JSON.stringify([failure, (failure as Error).message])
  for (const value of [
    'ST-SECRET',
    '测试',
    '34010319000101001X',
    '10000000001',
    'fd3072178741f5c2',
    APP_TOKEN,
  ])
    expect(written).not.toContain(value)
}

describe('by ticket', () => {
  test.each([
    ['a ticket that is unknown, used or ended', [failed('INVALID_TICKET')], 'LOGIN_TICKET_INVALID'],
    ['a ticket for another address', [failed('INVALID_SERVICE')], 'LOGIN_TICKET_INVALID'],
    ['a request that was not understood', [failed('INVALID_REQUEST')], 'REGION_REJECTED'],
    ['a code that nobody knows', [failed('NO <b>')], 'REGION_REJECTED'],
    ['a failure inside', [failed('INTERNAL_ERROR')], 'REGION_UNAVAILABLE'],
    ['a failure of the exchange', [{ status: 502 }], 'REGION_UNAVAILABLE'],
    ['another status of the exchange', [{ status: 302 }], 'REGION_ANSWER_INVALID'],
    ['no XML', [xml('{"user":"a"}')], 'REGION_ANSWER_INVALID'],
    ['another document', [xml('<html><body/></html>')], 'REGION_ANSWER_INVALID'],
    ['a DOCTYPE', [xml(`<!DOCTYPE x [<!ENTITY y "z">]>${CAS}`)], 'REGION_ANSWER_INVALID'],
    ['an empty answer', [xml('<a:serviceResponse xmlns:a="b"/>')], 'REGION_ANSWER_INVALID'],
    ['no token', [xml(CAS.replaceAll('accessToken', 'token'))], 'REGION_ANSWER_INVALID'],
    [
      'two users',
      [xml(CAS.replace('<cas:user>', '<cas:user>b</cas:user><cas:user>'))],
      'REGION_ANSWER_INVALID',
    ],
    ['a kind of user that nobody knows', [cas('3', 'ahperson0001')], 'REGION_ANSWER_INVALID'],
    ['a token that has ended', [ok, refused('U0001')], 'LOGIN_TICKET_INVALID'],
    ['a token of another user', [ok, refused('U0002')], 'REGION_ANSWER_INVALID'],
    ['a token of another kind', [ok, refused('U0003')], 'REGION_ANSWER_INVALID'],
    ['a parameter that is wrong', [ok, refused('U0004')], 'REGION_REJECTED'],
    ['a failure of the user service', [ok, refused('U9999')], 'REGION_UNAVAILABLE'],
    [
      'a status that is no boolean (trap 7)',
      [ok, { json: { ...person({}).json, status: 'true' } }],
      'REGION_ANSWER_INVALID',
    ],
    ['an app that is not known', [ok, front('10001')], 'REGION_AUTH'],
    ['a wrong signature', [ok, front('10003')], 'REGION_AUTH'],
    ['a group that is not granted', [ok, front('10005')], 'REGION_AUTH'],
    ['a platform that fails', [ok, { status: 500, json: { code: '10500' } }], 'REGION_UNAVAILABLE'],
    ['a page instead of JSON', [ok, xml('<html>')], 'REGION_ANSWER_INVALID'],
    ['a person without a name', [ok, person({ name: '' })], 'REGION_ANSWER_INVALID'],
    ['somebody else', [ok, person({ userId: 'ahperson0002' })], 'REGION_ANSWER_INVALID'],
    ['no data', [ok, { json: { status: true, code: '0', data: null } }], 'REGION_ANSWER_INVALID'],
    ['a firm without a code', [cas('2', 'ahlegal00002'), legal({ creditCode: '' })], 'REGION_ANSWER_INVALID'],
    [
      'a firm without an agent',
      [cas('2', 'ahlegal00002'), legal({ agentName: null })],
      'REGION_ANSWER_INVALID',
    ],
  ])('with %s', async (_, answers, code) => {
    const failure = await failureOf(answers, 'ST-SECRET')
    expect(failure).toMatchObject({ code })
    expectQuiet(failure)
  })

  test('names the region’s own code', async () => {
    expect(await failureOf([failed('INVALID_SERVICE')], 'ST-SECRET')).toMatchObject({
      facts: { region: 'anhui', code: 'INVALID_SERVICE' },
    })
    expect(await failureOf([ok, refused('U0001')], 'ST-SECRET')).toMatchObject({
      facts: { region: 'anhui', code: 'U0001' },
    })
  })

  test('asks nothing for an empty ticket', async () => {
    expect(await failureOf([], '')).toMatchObject({ code: 'LOGIN_TICKET_INVALID' })
  })
})

describe('by the token of the app', () => {
  test.each([
    ['a token that is unknown, used or ended', refused('U0001'), 'LOGIN_TICKET_INVALID'],
    ['a parameter that is wrong', refused('U0004'), 'REGION_REJECTED'],
    ['a failure inside', refused('U9999'), 'REGION_UNAVAILABLE'],
    ['a wrong signature', front('10003'), 'REGION_AUTH'],
    ['no user', { json: { status: true, code: '0', data: [] } }, 'REGION_ANSWER_INVALID'],
  ])('with %s', async (_, answer, code) => {
    const failure = await failureOf([answer], APP_TOKEN)
    expect(failure).toMatchObject({ code })
    expectQuiet(failure)
  })
})
