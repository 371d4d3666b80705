import { afterEach, describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/zj.json' with { type: 'json' }
import { isResidentId } from './check-digits.ts'
import { closeAll, errorOf, type Gateway, open, PREFIX, settled } from './test-application.ts'

afterEach(closeAll)

const APP = 'SSO-FAKE-CSJ-ZJ'
const SP = 'https://gw.example.invalid/sso/zj/callback?state=abc123'
const page = (gateway: Gateway, query: Record<string, string>) =>
  gateway.region.app.request(`http://zj.test/uc/sso/login?${new URLSearchParams(query)}`)
const json = (gateway: Gateway, tail: string, body: unknown) =>
  gateway.send('POST', PREFIX + tail, {
    body: JSON.stringify(body),
    contentType: 'application/json; charset=UTF-8',
  })
const exchange = (gateway: Gateway, ticketId: string, appId = APP) =>
  json(gateway, '7/uc/sso/access_token', { ticketId, appId })
const userInfo = (gateway: Gateway, token: string) => json(gateway, '8/uc/sso/getUserInfo', { token })
const tokenOf = async (gateway: Gateway, account: string): Promise<string> => {
  const { data } = (await exchange(gateway, gateway.region.logIn?.(account) ?? '')).json
  return (data as { accessToken: string }).accessToken
}

/** The links of a page by their text, as a browser reads them. */
const linksIn = (html: string) =>
  new Map(
    [...html.matchAll(/<a href="([^"]+)">([^<]+)<\/a>/g)].map(([, href = '', text = '']) => [
      text,
      href.replaceAll('&amp;', '&'),
    ]),
  )

describe('the page', () => {
  test('has one link for each account of section 8, says that it is simulated, and follows to the address as it was sent', async () => {
    const gateway = open()
    const shown = await page(gateway, { appId: APP, sp: SP, redirectUrl: '回 &来', other: '1' })
    const html = await shown.text()
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
    expect(html).toContain('模拟地区, 人员和证件全部虚构。')
    const links = linksIn(html)
    // Those of section 8, and a resident of each of the eleven areas.
    expect(links.size).toBe(11 + 11)
    expect([...links.keys()].filter((name) => !/^测试..+/.test(name))).toEqual([
      ...['测试甲', '测试乙', '测试丙', '测试丁', '测试戊', '测试己', '测试通', '空账号(无用户信息)'],
      '长三角测试科技(杭州)有限公司',
      '长三角测试贸易(嘉兴)有限公司',
      '长三角测试咨询(上海)有限公司',
    ])
    const followed = await gateway.region.app.request(`http://zj.test${links.get('测试甲')}`)
    expect(followed.status).toBe(302)
    expect(followed.headers.get('location')).toMatch(
      /^https:\/\/gw\.example\.invalid\/sso\/zj\/callback\?state=abc123&ticketId=debug_tk_[0-9a-f]{32}&redirectUrl=%E5%9B%9E%20%26%E6%9D%A5$/,
    )
  })

  test.each([
    ['https://gw.example.invalid/back', /^https:\/\/gw\.example\.invalid\/back\?ticketId=debug_tk_/],
    ['http://gw.example.invalid/b?x=%2F+a#top', /\/b\?x=%2F\+a&ticketId=debug_tk_[0-9a-f]{32}#top$/],
    ['https://gw.example.invalid/回?q=浙', /\/%E5%9B%9E\?q=%E6%B5%99&ticketId=/],
  ])('sends the browser back to %s', async (sp, wanted) => {
    const answer = await page(open(), { appId: APP, sp, testAccount: 'u-p1' })
    expect(answer.headers.get('location')).toMatch(wanted)
  })

  test.each([
    ['appId', { appId: 'OTHER', sp: 'no' }],
    ['appId', { sp: SP }],
    ['sp', { appId: APP }],
    ['sp', { appId: APP, sp: '/sso/zj/callback' }],
    ['sp', { appId: APP, sp: 'javascript:alert(1)' }],
    ['sp', { appId: APP, sp: 'https://gw.example.invalid/a\r\nSet-Cookie: a=b' }],
    ['sp', { appId: APP, sp: `https://gw.example.invalid/${'a'.repeat(486)}` }],
    ['redirectUrl', { appId: APP, sp: SP, redirectUrl: '回'.repeat(513) }],
  ])('refuses a wrong %s with 400 and a page', async (wrong, query: Record<string, string>) => {
    const gateway = open()
    const answer = await page(gateway, { ...query, testAccount: 'u-p1' })
    expect([answer.status, answer.headers.get('location')]).toEqual([400, null])
    expect(await answer.text()).toContain('<!doctype html>')
    expect(gateway.region.refusals()).toMatchObject([{ operation: 'sso-login', status: 400, message: wrong }])
  })

  test('takes an address and a redirectUrl of 512 characters, and shows itself again for an unknown account', async () => {
    const longest = `https://gw.example.invalid/${'a'.repeat(484)}`
    expect(longest.length).toBe(511)
    const asked = { appId: APP, sp: `${longest}b`, redirectUrl: '回'.repeat(512) }
    expect((await page(open(), asked)).status).toBe(200)
    expect((await page(open(), { ...asked, testAccount: 'nobody' })).status).toBe(200)
  })

  test('escapes what it was sent', async () => {
    const sp = `https://gw.example.invalid/?a="><script>alert(1)</script>`
    expect(await (await page(open(), { appId: APP, sp })).text()).not.toContain('<script>')
  })

  test('ends the log-in by sending the browser on', async () => {
    const gateway = open()
    const ask = (query: Record<string, string>) =>
      gateway.region.app.request(`http://zj.test/uc/unifiedLogout?${new URLSearchParams(query)}`)
    const answer = await ask({ appId: APP, sp: SP })
    expect([answer.status, answer.headers.get('location')]).toEqual([302, SP])
    expect((await ask({ appId: APP, sp: 'no' })).status).toBe(400)
  })
})

describe('a ticket', () => {
  test('is exchanged once, within sixty seconds, for the application that it was made for', async () => {
    const gateway = open()
    const ticket = gateway.region.logIn?.('u-p1') ?? ''
    const refused = [200, 'C-USER-SSO-TICKET-INVALID', '票据无效']
    expect(errorOf(await exchange(gateway, ticket, 'OTHER'))).toEqual(refused)
    gateway.pass(60)
    expect((await exchange(gateway, ticket)).json).toMatchObject({
      success: true,
      data: { accessToken: expect.stringMatching(/^debug_at_[0-9a-f]{32}$/) },
    })
    expect(errorOf(await exchange(gateway, ticket))).toEqual(refused)
    const late = gateway.region.logIn?.('u-p1') ?? ''
    gateway.pass(61)
    expect(errorOf(await exchange(gateway, late))).toEqual(refused)
    expect(errorOf(await exchange(gateway, 'constructor'))).toEqual(refused)
  })

  test.each([
    ['Content-Type', '{}', 'text/plain'],
    ['body', '[]', 'application/json'],
    ['ticketId', '{"appId":"a"}', 'application/json'],
    ['ticketId', '{"ticketId":"","appId":"a"}', 'application/json'],
    ['appId', '{"ticketId":"a","appId":1}', 'application/json'],
    ['more', '{"ticketId":"a","appId":"a","more":1}', 'application/json'],
  ])('asks for a right %s first', async (member, body, contentType) => {
    const answer = await open().send('POST', `${PREFIX}7/uc/sso/access_token`, { body, contentType })
    expect(errorOf(answer)).toEqual([200, 'C-AFFAIR-PARAM-INVALID', `参数错误:${member}`])
  })

  test('is not issued to an account that there is not', () => {
    expect(() => open().region.logIn?.('nobody')).toThrow('There is no test account nobody.')
  })

  test('survives a restart, as a token does', async () => {
    const gateway = open()
    const ticket = gateway.region.logIn?.('u-p1') ?? ''
    const token = await tokenOf(gateway, 'u-p2')
    const again = open()
    again.region.load(JSON.parse(JSON.stringify(gateway.region.save())))
    expect((await exchange(again, ticket)).json['success']).toBe(true)
    expect((await userInfo(again, token)).json['success']).toBe(true)
  })

  test('can be issued after a state was loaded that knew no log-in', () => {
    const gateway = open()
    const { tickets: _, tokens: __, ...old } = gateway.region.save() as Record<string, unknown>
    gateway.region.load(old)
    expect(gateway.region.logIn?.('u-p1')).toMatch(/^debug_tk_/)
  })
})

describe('a token', () => {
  test('tells who logged in for thirty minutes, as often as it is asked', async () => {
    const gateway = open()
    const token = await tokenOf(gateway, 'u-p1')
    for (const seconds of [0, 900, 900]) {
      gateway.pass(seconds)
      expect((await userInfo(gateway, token)).json['success']).toBe(true)
    }
    gateway.pass(1)
    const ended = [200, 'C-USER-SSO-TOKEN-INVALID', '令牌无效']
    expect(errorOf(await userInfo(gateway, token))).toEqual(ended)
    expect(errorOf(await userInfo(gateway, 'nothing'))).toEqual(ended)
    expect(errorOf(await userInfo(gateway, await tokenOf(gateway, 'empty')))).toEqual([
      200,
      'C-USER-SSO-USER-EMPTY',
      '用户信息为空',
    ])
  })

  test.each([
    ['u-p1', 'sso-userinfo', 'personInfo'],
    ['c-l2', 'sso-userinfo-legal', 'legalPersonInfo'],
  ])('of %s gives the recorded answer', async (account, op, member) => {
    const gateway = open()
    const answer = await userInfo(gateway, await tokenOf(gateway, account))
    const recorded = vectors.samples.find((sample) => sample.op === op)?.response.body as unknown as {
      data: Record<string, Record<string, unknown>>
    }
    const [got, wanted] = [answer.json['data'] as typeof recorded.data, recorded.data]
    // The hash is opaque; everything else is the sample's.
    const read = (user: Record<string, unknown> = {}) =>
      settled({ ...user, certKey: null, attributes: JSON.parse(String(user['attributes'])) })
    expect(read(got[member])).toEqual(read(wanted[member]))
    expect(got['userType']).toBe(wanted['userType'])
  })
})

test('the accounts are those of the page, with the levels of section 8, and every document number is right', () => {
  const { region } = open()
  expect(region.accounts?.slice(0, 11).map(({ id, level }) => `${id} ${level}`)).toEqual([
    ...[
      'u-p1 3',
      'u-p2 3',
      'u-p3 2',
      'u-p4 1',
      'u-p5 3',
      'u-p6 2',
      'u-p7 3',
      'c-l1 1',
      'c-l2 3',
      'c-l3 4',
      'empty ',
    ],
  ])
  const everywhere = region.persons.find((person) => person.name === '测试通')
  expect(everywhere?.idNumber).toBe('310101199003070000')
  expect(isResidentId(everywhere?.idNumber ?? '')).toBe(true)
})

test('operations of the log-in have names, so that faults can be set for them, and refusals tell nothing of a person', async () => {
  const gateway = open()
  const { operationOf } = gateway.region
  expect(operationOf('GET', '/uc/sso/login')).toBe('sso-login')
  expect(operationOf('POST', `${PREFIX}7/uc/sso/access_token`)).toBe('sso-exchange')
  expect(operationOf('POST', `${PREFIX}8/uc/sso/getUserInfo`)).toBe('sso-userinfo')
  await userInfo(gateway, await tokenOf(gateway, 'empty'))
  expect(gateway.region.refusals()).toEqual([
    {
      at: '2099-01-05 09:00:15',
      operation: 'sso-userinfo',
      status: 200,
      code: 'C-USER-SSO-USER-EMPTY',
      message: '用户信息为空',
    },
  ])
})
