import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/ah.json' with { type: 'json' }
import { isResidentId } from './check-digits.ts'
import { type Kit, openKit, type Reply, samplesOf } from './test-kit.ts'

const CODE = '0f1e2d3c4b5a69788796a5b4c3d2e1f0'
const SERVICE = 'http://127.0.0.1:8080/sso/ah/callback?state=s1'
const PAGE = 'http://ah.test/uccp-server/login'

const visit = (kit: Kit, query: Record<string, string>) =>
  kit.region.app.request(`${PAGE}?${new URLSearchParams(query)}`)
const validate = async (kit: Kit, query: Record<string, string>) => {
  const answer = await kit.region.app.request(
    `http://ah.test/uccp-server/serviceValidate?${new URLSearchParams(query)}`,
  )
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/xml;charset=utf-8'])
  return answer.text()
}
/** The failure of a CAS answer, whatever letters stand before its names. */
const failureOf = (xml: string) => /<(\w+):authenticationFailure code="(\w+)">/.exec(xml)?.[2]
const leafOf = (xml: string, name: string) => new RegExp(`<\\w+:${name}>([^<]*)<`).exec(xml)?.[1] ?? ''
const get = (kit: Kit, path: string, query: Record<string, string>) =>
  kit.send('GET', `/uccp-user${path}?${new URLSearchParams(query)}`, '', '')
const tokenOf = async (kit: Kit, account: string) =>
  leafOf(
    await validate(kit, { service: SERVICE, ticket: kit.region.logIn?.(account, SERVICE) ?? '' }),
    'accessToken',
  )
const failure = ({ status, json }: Reply) => [
  status,
  json['status'],
  json['code'],
  json['message'],
  json['data'],
]

describe('the page', () => {
  test('has one link for each test user, relative to itself, which leads back with a ticket', async () => {
    const kit = openKit()
    const shown = await visit(kit, { appCode: CODE, service: SERVICE })
    const html = await shown.text()
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
    expect(html).toContain('模拟地区, 人员和证件全部虚构。')
    const links = [...html.matchAll(/<a href="([^"]+)">([^<]+)<\/a>/g)]
    expect(links.map(([, , name]) => name)).toEqual([
      ...vectors.testPersons.map(({ name }) => name),
      '测试通',
      ...vectors.testLegalPersons.map(({ legalName }) => legalName),
    ])
    const href = links[0]?.[1]?.replaceAll('&amp;', '&') ?? ''
    const followed = await kit.region.app.request(new URL(href, PAGE).href)
    expect(followed.status).toBe(302)
    expect(followed.headers.get('location')).toMatch(
      /^http:\/\/127\.0\.0\.1:8080\/sso\/ah\/callback\?state=s1&ticket=ST-1-[0-9a-f]{32}-ahzwfw$/,
    )
    const plain = await visit(kit, {
      appCode: CODE,
      service: 'https://gw.example.invalid/回',
      testUser: 'ahperson0001',
    })
    expect(plain.headers.get('location')).toMatch(/^https:\/\/gw\.example\.invalid\/%E5%9B%9E\?ticket=ST-2-/)
  })

  test.each([
    [403, 'appCode', { appCode: 'OTHER', service: 'no' }],
    [403, 'appCode', { service: SERVICE }],
    [400, 'service', { appCode: CODE }],
    [400, 'service', { appCode: CODE, service: '/sso/ah/callback' }],
    [400, 'service', { appCode: CODE, service: 'javascript:alert(1)' }],
    [400, 'service', { appCode: CODE, service: `${SERVICE}#top` }],
    [400, 'service', { appCode: CODE, service: 'https://gw.example.invalid/a\r\nSet-Cookie: a=b' }],
    [400, 'service', { appCode: CODE, service: `https://gw.example.invalid/${'a'.repeat(974)}` }],
  ])('refuses with %s a wrong %s', async (status, wrong, query: Record<string, string>) => {
    const kit = openKit()
    const answer = await visit(kit, { ...query, testUser: 'ahperson0001' })
    expect([answer.status, answer.headers.get('location')]).toEqual([status, null])
    expect(await answer.text()).toContain('<!doctype html>')
    expect(kit.region.refusals()).toMatchObject([{ operation: 'sso-login', status, message: wrong }])
  })

  test('takes an address of a thousand characters, and escapes what it was sent', async () => {
    const service = `https://gw.example.invalid/?${'a'.repeat(968)}"<b>`
    expect(service.length).toBe(1000)
    const answer = await visit(openKit(), { appCode: CODE, service })
    expect(answer.status).toBe(200)
    expect(await answer.text()).not.toContain('"<b>')
  })
})

describe('a ticket', () => {
  test('is good once, for thirty seconds and for the address that it was made for; whatever comes of it, it is burnt', async () => {
    const kit = openKit()
    const ticketOf = () => kit.region.logIn?.('ahperson0001', SERVICE) ?? ''
    const good = ticketOf()
    kit.pass(30)
    const answer = await validate(kit, { service: SERVICE, ticket: good })
    expect([leafOf(answer, 'user'), leafOf(answer, 'userType'), leafOf(answer, 'expiresIn')]).toEqual([
      'ahperson0001',
      '1',
      '1800',
    ])
    expect(failureOf(await validate(kit, { service: SERVICE, ticket: good }))).toBe('INVALID_TICKET')
    const late = ticketOf()
    kit.pass(31)
    expect(failureOf(await validate(kit, { service: SERVICE, ticket: late }))).toBe('INVALID_TICKET')
    const elsewhere = ticketOf()
    const other = 'http://127.0.0.1:8080/sso/ah/callback?state=s2'
    expect(failureOf(await validate(kit, { service: other, ticket: elsewhere }))).toBe('INVALID_SERVICE')
    expect(failureOf(await validate(kit, { service: SERVICE, ticket: elsewhere }))).toBe('INVALID_TICKET')
    expect(failureOf(await validate(kit, { service: SERVICE, ticket: '__proto__' }))).toBe('INVALID_TICKET')
    expect(failureOf(await validate(kit, { service: SERVICE }))).toBe('INVALID_REQUEST')
    expect(failureOf(await validate(kit, { ticket: ticketOf() }))).toBe('INVALID_REQUEST')
    expect(kit.region.refusals().map(({ operation, code }) => `${operation} ${code}`)).toEqual(
      ['TICKET', 'TICKET', 'SERVICE', 'TICKET', 'TICKET', 'REQUEST', 'REQUEST'].map(
        (word) => `sso-exchange INVALID_${word}`,
      ),
    )
  })

  test('has in its answer every leaf of the recorded one, under letters that differ', async () => {
    const kit = openKit()
    const recorded = samplesOf('sso-exchange')[0]?.response as { text: string }
    const prefixes = new Set<string>()
    for (let count = 0; count < 20; count += 1) {
      const answer = await validate(kit, {
        service: SERVICE,
        ticket: kit.region.logIn?.('ahperson0001', SERVICE) ?? '',
      })
      const prefix = /^<(\w+):/.exec(answer)?.[1] ?? ''
      prefixes.add(prefix)
      const settled = answer
        .replaceAll(new RegExp(`(</?|xmlns:)${prefix}\\b`, 'g'), '$1cas')
        .replace(/accessToken>[0-9a-f]{32}</, 'accessToken>TOKEN<')
        .replace('<cas:isFromNewLogin>true</cas:isFromNewLogin>', '')
      expect(settled).toBe(
        recorded.text
          .replace(/accessToken>[0-9a-f]{32}</, 'accessToken>TOKEN<')
          .replace('<cas:isFromNewLogin>true</cas:isFromNewLogin>', ''),
      )
    }
    expect(prefixes.size).toBeGreaterThan(1)
  })

  test('is for the configured address where none is named, and for no account that there is not', async () => {
    const kit = openKit()
    const ticket = kit.region.logIn?.('ahlegal00001') ?? ''
    const answer = await validate(kit, { service: 'http://127.0.0.1:8080/sso/ah/callback', ticket })
    expect(leafOf(answer, 'userType')).toBe('2')
    expect(() => kit.region.logIn?.('nobody')).toThrow('There is no test account nobody.')
    expect(() => kit.region.logIn?.('ahlegal00001', 'wanshitong')).toThrow(
      'The app has no test person ahlegal00001.',
    )
  })

  test('survives a restart, as the tokens do; a state that knew no log-in can be loaded', async () => {
    const kit = openKit()
    const ticket = kit.region.logIn?.('ahperson0001', SERVICE) ?? ''
    const token = await tokenOf(kit, 'ahperson0002')
    const again = openKit()
    again.region.load(JSON.parse(JSON.stringify(kit.region.save())))
    expect(failureOf(await validate(again, { service: SERVICE, ticket }))).toBeUndefined()
    const read = await get(again, '/nperson/info', { userId: 'ahperson0002', access_token: token })
    expect(read.json['status']).toBe(true)
    const {
      tickets: _,
      ticketNumber: __,
      userTokens: ___,
      appTokens: ____,
      ...old
    } = kit.region.save() as object & Record<string, unknown>
    again.region.load(old)
    expect(again.region.logIn?.('ahperson0001')).toMatch(/^ST-1-/)
  })
})

describe('the user service', () => {
  const plain = (data: unknown) => {
    const { rowNum: _, ext1: __, accessToken: ___, ...rest } = data as Record<string, unknown>
    return rest
  }
  test.each([
    ['sso-userinfo', '/nperson/info', 'ahperson0001'],
    ['sso-legalinfo', '/legal/info', 'ahlegal00002'],
  ])('answers %s as recorded, for thirty minutes', async (op, path, userId) => {
    const kit = openKit()
    const asked = { userId, access_token: await tokenOf(kit, userId) }
    const recorded = samplesOf(op)[0]?.response.body as unknown as Record<string, unknown>
    kit.pass(1800)
    const { status, json } = await get(kit, path, asked)
    expect([status, { ...json, data: plain(json['data']) }]).toEqual([
      200,
      { ...recorded, data: plain(recorded['data']) },
    ])
    kit.pass(1)
    expect(failure(await get(kit, path, asked))).toEqual([200, false, 'U0001', '令牌不存在或已过期', null])
  })

  test('refuses in the order of its codes', async () => {
    const kit = openKit()
    const token = await tokenOf(kit, 'ahperson0001')
    const refused = async (path: string, query: Record<string, string>) =>
      failure(await get(kit, path, query)).slice(2, 4)
    expect(await refused('/nperson/info', { userId: '', access_token: 'x', more: '1' })).toEqual([
      'U0004',
      '参数错误:more',
    ])
    expect(await refused('/nperson/info', { access_token: token })).toEqual(['U0004', '参数错误:userId'])
    expect(await refused('/nperson/info', { userId: 'x' })).toEqual(['U0004', '参数错误:access_token'])
    expect((await refused('/nperson/info', { userId: 'x', access_token: 'x' }))[0]).toBe('U0001')
    expect((await refused('/legal/info', { userId: 'ahlegal00001', access_token: token }))[0]).toBe('U0002')
    expect((await refused('/legal/info', { userId: 'ahperson0001', access_token: token }))[0]).toBe('U0003')
  })

  test('stands behind the Shield in its own group, while the page and the exchange do not', async () => {
    const kit = openKit()
    const wrong = await kit.send('GET', '/uccp-user/nperson/info?userId=a&access_token=b', '', '', {
      headers: { 'S-Auth-GroupId': 'fakegroupah01' },
    })
    expect([wrong.status, wrong.json['code']]).toEqual([401, '10005'])
    const unsigned = await kit.region.app.request(
      'http://ah.test/uccp-user/nperson/info?userId=a&access_token=b',
    )
    expect(unsigned.status).toBe(401)
  })
})

describe('the token of the app', () => {
  const path = '/uccp-server/app/tokenInfo'
  test('tells once, within five minutes, who uses the app, with a token of the user', async () => {
    const kit = openKit()
    const token = kit.region.logIn?.('ahperson0002', 'wanshitong') ?? ''
    expect(token).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/)
    kit.pass(300)
    const { json } = await kit.form(path, { token })
    const recorded = samplesOf('sso-apptoken')[0]?.response.body as { data: Record<string, unknown> }
    const { rowNum: _, ext1: __, accessToken: ___, ...expected } = recorded.data
    expect(json).toMatchObject({ status: true, code: '0', message: '', data: expected })
    const { accessToken } = json['data'] as { accessToken: string }
    const read = await get(kit, '/nperson/info', { userId: 'ahperson0002', access_token: accessToken })
    expect(read.json['status']).toBe(true)
    expect((await kit.form(path, { token })).json['code']).toBe('U0001')
    const late = kit.region.logIn?.('ahperson0002', 'wanshitong') ?? ''
    kit.pass(301)
    expect((await kit.form(path, { token: late })).json['code']).toBe('U0001')
  })

  test.each([
    ['token', {}],
    ['token', { token: '' }],
    ['more', { token: 'x', more: '1' }],
  ])('is refused with U0004 for a wrong %s', async (member, fields: Record<string, string>) => {
    const answer = await openKit().form(path, fields)
    expect(failure(answer)).toEqual([200, false, 'U0004', `参数错误:${member}`, null])
  })

  test('is refused with U0004 in another content type', async () => {
    const answer = await openKit().send('POST', path, '{"token":"x"}', 'application/json')
    expect(failure(answer)).toEqual([200, false, 'U0004', '参数错误:Content-Type', null])
  })
})

test('the accounts are the test users with their levels, and somebody whom every region knows', () => {
  const { accounts, persons, operationOf } = openKit().region
  expect(accounts?.map(({ id, level }) => `${id} ${level}`)).toEqual([
    ...vectors.testPersons.map(({ userId, authLevel }) => `${userId} ${authLevel}`),
    'ahperson0008 3',
    ...vectors.testLegalPersons.map(({ userId, authLevel }) => `${userId} ${authLevel}`),
  ])
  expect(persons.find(({ name }) => name === '测试通')?.idNumber).toBe('310101199003070000')
  expect(isResidentId('310101199003070000')).toBe(true)
  expect(operationOf('GET', '/uccp-server/login?appCode=a')).toBe('sso-login')
  expect(operationOf('GET', '/uccp-server/serviceValidate')).toBe('sso-exchange')
  expect(operationOf('POST', '/uccp-server/app/tokenInfo')).toBe('sso-apptoken')
})
