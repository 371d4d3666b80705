/** Each way in which Zhejiang's log-in can fail, and that no failure tells anything of the person. */
import { describe, expect, test } from 'vitest'
import { firm, logInAt, person, token, user } from './test-log-in.ts'
import { dataOf, sample } from './test-vectors.ts'

describe('the log-in fails', () => {
  const refusal = (errorCode: string) => ({
    json: { success: false, errorCode, errorMsg: '票据无效', data: null },
  })
  const gate = (message: string) => ({ status: 401, json: { message } })

  test.each([
    [
      'a ticket that is unknown, used or ended',
      [refusal('C-USER-SSO-TICKET-INVALID')],
      'LOGIN_TICKET_INVALID',
    ],
    ['a token that has ended', [token, refusal('C-USER-SSO-TOKEN-INVALID')], 'LOGIN_TICKET_INVALID'],
    ['an account without user data', [token, refusal('C-USER-SSO-USER-EMPTY')], 'LOGIN_TICKET_INVALID'],
    ['a busy region', [refusal('S-SYSTEM-BUSY')], 'REGION_BUSY'],
    ['a wrong key', [gate('Invalid access key')], 'REGION_AUTH'],
    ['a wrong signature', [token, gate('Invalid signature')], 'REGION_AUTH'],
    ['an IC code that is not granted', [token, gate('The route_id is forbidden.')], 'REGION_AUTH'],
    ['a failure of the region', [{ status: 502 }], 'REGION_UNAVAILABLE'],
    ['a page instead of JSON', [{ body: Buffer.from('<html>') }], 'REGION_ANSWER_INVALID'],
    ['a list instead of an envelope', [{ json: [] }], 'REGION_ANSWER_INVALID'],
    ['no token', [{ json: { success: true, data: { token: 'at' } } }], 'REGION_ANSWER_INVALID'],
    ['an empty token', [{ json: { success: true, data: { accessToken: '' } } }], 'REGION_ANSWER_INVALID'],
    ['a kind of user that nobody knows', [token, user({ userType: 'ROBOT' })], 'REGION_ANSWER_INVALID'],
    [
      'a person without a person',
      [token, user({ userType: 'PERSON', personInfo: null })],
      'REGION_ANSWER_INVALID',
    ],
    ['a person without a name', [token, person({ userName: '' })], 'REGION_ANSWER_INVALID'],
    ['a person without an identifier', [token, person({ userId: null })], 'REGION_ANSWER_INVALID'],
    ['a firm without a code', [token, firm({ unifiedSocialId: undefined })], 'REGION_ANSWER_INVALID'],
    ['a firm without an agent', [token, firm({ attnName: null })], 'REGION_ANSWER_INVALID'],
    [
      'attributes that are no JSON',
      [token, person({ attributes: '{"authLevel":' })],
      'REGION_ANSWER_INVALID',
    ],
    ['attributes that are a list', [token, person({ attributes: '[{}]' })], 'REGION_ANSWER_INVALID'],
  ])('with %s', async (_, answers, code) => {
    const { link, sent } = logInAt(answers)
    const failure = await link.identify({ ticket: 'SECRET-TICKET' }).then(
      () => undefined,
      (error: unknown) => error,
    )
    expect(failure).toMatchObject({ code })
    expect(sent.length).toBe(answers.length)
    // Neither the ticket nor anything of the person is in what people and logs read.
    const written = JSON.stringify([failure, (failure as Error).message])
    for (const value of ['SECRET-TICKET', '测试', '33010619010203101X', '10000000001', '票据无效'])
      expect(written).not.toContain(value)
  })

  test('names the region’s own code, and asks nothing for an empty ticket', async () => {
    await expect(
      logInAt([refusal('C-USER-SSO-TICKET-INVALID')]).link.identify({ ticket: 't' }),
    ).rejects.toMatchObject({
      facts: { region: 'zhejiang', code: 'C-USER-SSO-TICKET-INVALID' },
    })
    const { link, sent } = logInAt([])
    await expect(link.identify({ ticket: '' })).rejects.toMatchObject({ code: 'LOGIN_TICKET_INVALID' })
    expect(sent).toEqual([])
  })

  test('never for a clock that is wrong once: it is corrected, and the ticket is still good', async () => {
    const clock = {
      status: 401,
      headers: { date: 'Mon, 05 Jan 2099 01:10:00 GMT' },
      json: { message: 'Clock skew exceeded' },
    }
    const { link, sent } = logInAt([clock, token, user(dataOf(sample('sso-userinfo')))])
    expect((await link.identify({ ticket: 't' })).subject).toBe('u-p1')
    expect(sent.map((out) => out.headers['X-BG-DATE-TIME'])).toEqual([
      'Mon, 05 Jan 2099 01:00:06 GMT',
      'Mon, 05 Jan 2099 01:10:00 GMT',
      'Mon, 05 Jan 2099 01:10:00 GMT',
    ])
  })
})
