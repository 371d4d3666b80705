import { describe, expect, test } from 'vitest'
import vectors from '../../../test/vectors/ah.json' with { type: 'json' }
import { isResidentId } from './check-digits.ts'
import { openKit, samplesOf } from './test-kit.ts'
import { CODE, failureOf, get, leafOf, PAGE, SERVICE, tokenOf, validate, visit } from './test-log-in.ts'

describe('the page', () => {
  test('has one link for each test user, relative to itself, which leads back with a ticket', async () => {
    const kit = openKit()
    const shown = await visit(kit, { appCode: CODE, service: SERVICE })
    const html = await shown.text()
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
    expect(html).toContain('模拟地区, 人员和证件全部虚构。')
    const links = [...html.matchAll(/<a href="([^"]+)">([^<]+)<\/a>/g)]
    expect(links.map(([, , name]) => name).filter((name) => !/^测试..+/.test(name ?? ''))).toEqual([
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

test('the accounts are the test users with their levels, and somebody whom every region knows', () => {
  const { accounts, persons, operationOf } = openKit().region
  expect(accounts?.slice(0, -16).map(({ id, level }) => `${id} ${level}`)).toEqual([
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
