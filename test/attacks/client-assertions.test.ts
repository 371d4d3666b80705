/** Who a client says it is, wrongly: each is refused at the token endpoint, and counted. */
import { createHmac } from 'node:crypto'
import { importJWK, type JWK, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertion, postForm, sandboxClient, type TestClient } from '../support/clients.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { counting } from '../support/refusals.ts'

let gateway: TestGateway
let shanghai: TestClient
let anhui: TestClient
beforeAll(async () => {
  gateway = await startTestGateway()
  shanghai = sandboxClient(gateway, 'sandbox-shanghai')
  anhui = sandboxClient(gateway, 'sandbox-anhui')
})
afterAll(() => gateway.close())

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const seconds = () => Math.floor(Date.now() / 1000)
const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

const ask = (fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) =>
  postForm(gateway, '/oidc/token', { grant_type: 'client_credentials', scope: 'cases', ...fields }, headers)
const show = (client_assertion: string, more: Readonly<Record<string, string>> = {}) =>
  ask({ client_assertion_type: TYPE, client_assertion, ...more })
const shown = async (over: object) => show(await assertion(gateway, shanghai, { ...over }))

const claims = (over: object = {}) => ({
  iss: shanghai.id,
  sub: shanghai.id,
  aud: gateway.url,
  jti: crypto.randomUUID(),
  iat: seconds(),
  exp: seconds() + 60,
  ...over,
})

/** An assertion that is signed in another way than by the client's own key. */
async function signedBy(key: JWK, head: object = {}): Promise<string> {
  return new SignJWT(claims())
    .setProtectedHeader({ alg: 'ES256', ...head })
    .sign(await importJWK(key, 'ES256'))
}

test('a good one is taken', async () => {
  const { told, counted } = await counting(gateway, () => shown({}))
  expect([told.status, counted]).toEqual([200, []])
})

test.each<[string, () => ReturnType<typeof show>, string]>([
  ['alg none', async () => show(`${text({ alg: 'none' })}.${text(claims())}.`), 'invalid_client'],
  [
    'HS256 with the public key as secret',
    async () => {
      const { d: _secret, ...open } = shanghai.key
      const input = `${text({ alg: 'HS256', kid: shanghai.key.kid })}.${text(claims())}`
      return show(`${input}.${createHmac('sha256', JSON.stringify(open)).update(input).digest('base64url')}`)
    },
    'invalid_client',
  ],
  ['another client’s key', async () => show(await signedBy(anhui.key)), 'invalid_client'],
  [
    'another client’s key under our kid',
    async () => show(await signedBy(anhui.key, { kid: shanghai.key.kid })),
    'invalid_client',
  ],
  [
    'a key in its own head',
    async () => show(await signedBy(anhui.key, { jwk: { ...anhui.key, d: undefined } })),
    'invalid_client',
  ],
  [
    'for another client',
    async () => show(await assertion(gateway, shanghai, { sub: anhui.id })),
    'invalid_client',
  ],
  ['of another issuer', () => shown({ iss: anhui.id }), 'invalid_client'],
  [
    'with another client_id beside it',
    async () => show(await assertion(gateway, shanghai), { client_id: anhui.id }),
    'invalid_request',
  ],
  ['its time over', () => shown({ exp: seconds() - 120 }), 'invalid_client'],
  ['without an end', () => shown({ exp: undefined }), 'invalid_client'],
  ['its time to come', () => shown({ nbf: seconds() + 120 }), 'invalid_client'],
  ['without a number', () => shown({ jti: undefined }), 'invalid_client'],
  ['for another server', () => shown({ aud: 'https://other.example' }), 'invalid_client'],
  ['for nobody', () => shown({ aud: undefined }), 'invalid_client'],
  ['for the API', () => shown({ aud: `${gateway.url}/api/v1` }), 'invalid_client'],
  [
    'of another type',
    async () =>
      ask({
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer',
        client_assertion: await assertion(gateway, shanghai),
      }),
    'invalid_request',
  ],
  ['that is no JWT', () => show('a.b.c'), 'invalid_request'],
  ['that is empty', () => show(''), 'invalid_request'],
  ['a secret in its place', () => ask({ client_id: shanghai.id, client_secret: 'secret' }), 'invalid_client'],
  [
    'a secret in the head',
    () => ask({}, { authorization: `Basic ${Buffer.from(`${shanghai.id}:secret`).toString('base64')}` }),
    'invalid_client',
  ],
  ['a name alone', () => ask({ client_id: shanghai.id }), 'invalid_client'],
  ['a client that is not there', () => ask({ client_id: 'nobody' }), 'invalid_client'],
])('%s: refused and counted', async (_name, send, error) => {
  const { told, counted } = await counting(gateway, send)
  expect(told.status).toBeGreaterThanOrEqual(400)
  expect(told.status).toBeLessThan(500)
  expect(told.body.error).toBe(error)
  expect(told.body).not.toHaveProperty('access_token')
  expect(counted).toEqual([`grant ${error}`])
})

test('the same one twice: refused and counted', async () => {
  const text = await assertion(gateway, shanghai)
  expect((await show(text)).status).toBe(200)
  const { told, counted } = await counting(gateway, () => show(text))
  expect([told.status, told.body.error, counted]).toEqual([401, 'invalid_client', ['grant invalid_client']])
})

test('the same one ten times at once is taken once, and nothing breaks', async () => {
  const text = await assertion(gateway, shanghai)
  const statuses = (await Promise.all(Array.from({ length: 10 }, () => show(text)))).map(
    ({ status }) => status,
  )
  expect(statuses.filter((status) => status === 200)).toHaveLength(1)
  expect(statuses.filter((status) => status >= 500)).toEqual([])
})

test('re-encoded after its use, it is still used', async () => {
  const text = await assertion(gateway, shanghai)
  expect((await show(text)).status).toBe(200)
  expect((await show(`${text}=`)).status).toBe(401)
})

test('an assertion is no access token', async () => {
  const { told } = await counting(gateway, async () =>
    gateway.anyone('GET', '/api/v1/cases', undefined, {
      authorization: `Bearer ${await assertion(gateway, shanghai)}`,
    }),
  )
  expect(told.body.code).toBe('TOKEN_INVALID')
})
