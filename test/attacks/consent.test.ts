/** A person agrees for one client and one log-in: nobody else can use it, and it ends with the log-in. */
import { generateKeyPairSync } from 'node:crypto'
import type { JWK } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CALLBACK } from '../support/authorization.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { formTokenIn, type Visitor, visitor } from '../support/page-reader.ts'
import { logIn, residentNumber } from '../support/person-token.ts'
import { askToken } from '../support/tokens.ts'
import { APP, asked, redeemed, sent } from './support.ts'

const OTHER = 'other-app'

let gateway: TestGateway
beforeAll(async () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const entry = {
    client_id: OTHER,
    scope: 'cases persons',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [CALLBACK],
    jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: OTHER, alg: 'ES256', use: 'sig' }] },
  }
  const started = await startTestGateway({ clients: [entry] })
  const key = { ...(privateKey.export({ format: 'jwk' }) as JWK), kid: OTHER, alg: 'ES256' }
  gateway = {
    ...started,
    clients: { ...started.clients, keys: { ...started.clients.keys, [OTHER]: key } },
  }
})
afterAll(() => gateway.close())

let people = 800
const newPerson = (number = people++) => logIn(gateway, { name: '测试乙', number: residentNumber(number) })

/** Whether a client's request comes to rest at the page that asks the person. */
async function isAskedBy(client: string, by: Visitor, more: Record<string, string> = {}): Promise<boolean> {
  const { address } = await asked(gateway, more, client)
  return (await by.follow(address, 'stay')).url.pathname.endsWith('/consent')
}

test('a yes to one client is none to another, and none for more than it was asked for', async () => {
  const by = visitor(gateway, (await newPerson()).cookie)
  await sent(gateway, by)
  expect(await isAskedBy(APP, by)).toBe(false)
  expect(await isAskedBy(OTHER, by)).toBe(true)
  expect(await isAskedBy(APP, by, { scope: 'openid cases persons photos' })).toBe(true)
  expect(await isAskedBy(APP, by, { prompt: 'consent' })).toBe(true)
})

test('a yes counts in the log-in in which it was said', async () => {
  const number = 799
  const first = visitor(gateway, (await newPerson(number)).cookie)
  await sent(gateway, first)
  const second = visitor(gateway, (await newPerson(number)).cookie)
  expect(await isAskedBy(APP, second)).toBe(true)
})

test('a code and a refresh token are of use to the client alone to which they were given', async () => {
  const by = visitor(gateway, (await newPerson()).cookie)
  const got = await sent(gateway, by, { scope: 'openid offline_access cases persons', prompt: 'consent' })
  const code = { code: got.code ?? '', code_verifier: got.verifier, redirect_uri: CALLBACK }
  const stolen = await askToken(gateway, OTHER, { grant_type: 'authorization_code', ...code })
  expect([stolen.status, stolen.body.error]).toEqual([400, 'invalid_grant'])
  const { body } = await redeemed(gateway, got)
  const refresh = { grant_type: 'refresh_token', refresh_token: body.refresh_token }
  expect((await askToken(gateway, OTHER, refresh)).body.error).toBe('invalid_grant')
  expect((await askToken(gateway, APP, refresh)).status).toBe(200)
})

test('after the person has logged out neither the token nor the refresh token is of use', async () => {
  const by = visitor(gateway, (await newPerson()).cookie)
  const got = await sent(gateway, by, { scope: 'openid offline_access persons', prompt: 'consent' })
  const { body } = await redeemed(gateway, got)
  const me = () =>
    gateway.anyone('GET', '/api/v1/me', undefined, { authorization: `Bearer ${body.access_token}` })
  expect((await me()).status).toBe(200)
  const token = formTokenIn(await (await by.send('/me')).text()) ?? ''
  await by.send('/log-out', { token })
  expect((await me()).status).toBe(401)
  const refresh = { grant_type: 'refresh_token', refresh_token: body.refresh_token }
  expect((await askToken(gateway, APP, refresh)).body.error).toBe('invalid_grant')
})
