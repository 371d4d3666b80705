/** Access tokens that are nearly good, at a running gateway: each is refused, and counted under its reason. */
import { createHmac, createPublicKey } from 'node:crypto'
import { createServer } from 'node:http'
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { current } from '../../src/federation/keys.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { keysOf } from '../support/person-token.ts'
import { counting } from '../support/refusals.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const seconds = () => Math.floor(Date.now() / 1000)
const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const signingNow = () => current(keysOf(gateway).signing, new Date())

/** Claims of a good token, with some of them otherwise. */
const claims = (over: object = {}) => ({
  iss: gateway.url,
  aud: gateway.url,
  sub: 'sandbox-shanghai',
  client_id: 'sandbox-shanghai',
  scope: 'cases',
  jti: crypto.randomUUID(),
  iat: seconds(),
  exp: seconds() + 60,
  ...over,
})

/** A token signed with the gateway's own key: what is wrong with it is only what it says. */
async function ours(over: object = {}, head: object = {}): Promise<string> {
  const { id, jwk } = signingNow()
  return new SignJWT(claims(over))
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: id, ...head })
    .sign(await importJWK(jwk as JWK, 'ES256'))
}

/** A token signed with a stranger's key. */
async function strangers(head: (jwk: JWK) => object, alg: 'ES256' | 'EdDSA' = 'ES256'): Promise<string> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return new SignJWT(claims())
    .setProtectedHeader({ alg, typ: 'at+jwt', ...head(await exportJWK(publicKey)) })
    .sign(privateKey)
}

function symmetric(secret: string | Buffer): string {
  const input = `${text({ alg: 'HS256', typ: 'at+jwt', kid: signingNow().id })}.${text(claims())}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

const show = (token: string) =>
  gateway.anyone('GET', '/api/v1/cases', undefined, { authorization: `Bearer ${token}` })

test('a good one is taken, and nothing is counted', async () => {
  const { told, counted } = await counting(gateway, async () => show(await ours()))
  expect([told.status, counted]).toEqual([200, []])
})

const publicPem = () =>
  createPublicKey({ key: signingNow().jwk as never, format: 'jwk' }).export({ type: 'spki', format: 'pem' })

test.each<[string, () => string | Promise<string>, string]>([
  ['alg none, unsigned', () => `${text({ alg: 'none', typ: 'at+jwt' })}.${text(claims())}.`, 'form'],
  [
    'alg none over a good signature',
    async () => `${text({ alg: 'none', typ: 'at+jwt' })}.${text(claims())}.${(await ours()).split('.')[2]}`,
    'signature',
  ],
  ['HS256 with the public key as secret', () => symmetric(publicPem()), 'signature'],
  [
    'HS256 with the key’s coordinate as secret',
    () => symmetric(Buffer.from(String(signingNow().jwk['x']), 'base64url')),
    'signature',
  ],
  ['a stranger’s key under our kid', () => strangers(() => ({ kid: signingNow().id })), 'signature'],
  [
    'a stranger’s EdDSA key under our kid',
    () => strangers(() => ({ kid: signingNow().id }), 'EdDSA'),
    'signature',
  ],
  ['somebody else’s kid', () => ours({}, { kid: 'somebody-else' }), 'signature'],
  [
    'the kid of the next key',
    () => ours({}, { kid: keysOf(gateway).signing.find(({ id }) => id !== signingNow().id)?.id }),
    'signature',
  ],
  ['no kid, where two keys might have signed', () => ours({}, { kid: undefined }), 'signature'],
  ['a jwk of its own', () => strangers((jwk) => ({ jwk, kid: signingNow().id })), 'signature'],
  ['a jku', () => strangers(() => ({ jku: 'http://127.0.0.1:9/jwks', kid: 'x' })), 'signature'],
  ['an x5u', () => strangers(() => ({ x5u: 'http://127.0.0.1:9/cert', kid: 'x' })), 'signature'],
  ['an x5c', () => strangers(() => ({ x5c: ['AAAA'], kid: signingNow().id })), 'signature'],
  ['a critical member', () => ours({}, { crit: ['b64'], b64: true }), 'form'],
  ['its time over', () => ours({ exp: seconds() - 5 }), 'expired'],
  ['its time to come', () => ours({ nbf: seconds() + 60 }), 'early'],
  ['an end that is a text', () => ours({ exp: String(seconds() + 60) }), 'claims'],
  ['no end', () => ours({ exp: undefined }), 'claims'],
  ['no number of its own', () => ours({ jti: undefined }), 'claims'],
  ['another issuer', () => ours({ iss: 'https://other.example' }), 'claims'],
  ['the issuer with a slash', () => ours({ iss: `${gateway.url}/` }), 'claims'],
  ['another audience', () => ours({ aud: 'https://other.example' }), 'audience'],
  ['a city outside the Delta as audience', () => ours({ aud: '440300' }), 'audience'],
  ['no audience', () => ours({ aud: undefined }), 'claims'],
  ['two audiences', () => ours({ aud: [gateway.url, 'shanghai'] }), 'audience'],
  ['a list of one audience', () => ours({ aud: [gateway.url] }), 'audience'],
  ['typ JWT', () => ours({}, { typ: 'JWT' }), 'type'],
  ['typ dpop+jwt', () => ours({}, { typ: 'dpop+jwt' }), 'type'],
  ['typ logout+jwt', () => ours({}, { typ: 'logout+jwt' }), 'type'],
  ['no typ', () => ours({}, { typ: undefined }), 'type'],
  ['padding', async () => `${await ours()}==`, 'form'],
  ['the old alphabet', async () => `${(await ours()).replaceAll('-', '+').replaceAll('_', '/')}+`, 'form'],
  ['a point before it', async () => `.${await ours()}`, 'form'],
  ['an encoding of its encoding', async () => Buffer.from(await ours()).toString('base64url'), 'form'],
  ['eight parts', async () => Array.from({ length: 8 }, () => 'eyJh').join('.'), 'form'],
  ['five parts, as if it were encrypted', async () => `${await ours()}.AAAA.AAAA`, 'form'],
  ['more than 8 192 letters', () => ours({ filler: 'x'.repeat(8_000) }), 'form'],
])('%s: refused and counted', async (_name, make, reason) => {
  const token = await make()
  const { told, counted } = await counting(gateway, () => show(token))
  expect([told.status, told.body.code, told.body.facts.reason]).toEqual([401, 'TOKEN_INVALID', reason])
  expect(counted).toEqual([`api ${reason}`])
  expect(JSON.stringify(told.body)).not.toContain(token)
})

test.each<[string, (token: string) => string]>([
  ['nothing', () => ''],
  ['the scheme alone', () => 'Bearer'],
  ['no scheme', (token) => token],
  ['another scheme', (token) => `Basic ${token}`],
  ['two tokens', (token) => `Bearer ${token} ${token}`],
  ['two headers in one', (token) => `Bearer ${token}, Bearer ${token}`],
  ['two spaces', (token) => `Bearer  ${token}`],
])('an authorization of %s is none: refused and counted', async (_name, make) => {
  const authorization = make(await ours())
  const { told, counted } = await counting(gateway, () =>
    gateway.anyone('GET', '/api/v1/cases', undefined, { authorization }),
  )
  expect([told.status, told.body.code, counted]).toEqual([401, 'TOKEN_MISSING', ['api TOKEN_MISSING']])
})

test('an id token is no access token', async () => {
  const { id } = signingNow()
  const token = await ours({ aud: 'sandbox-app', nonce: 'x' }, { typ: undefined, kid: id })
  expect((await show(token)).body.facts.reason).toBe('type')
})

test('no key is ever fetched from where a token points', async () => {
  let asked = 0
  const trap = createServer((_request, response) => {
    asked += 1
    response.end('{"keys":[]}')
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => trap.once('listening', resolve))
  const { port } = trap.address() as { port: number }
  for (const member of ['jku', 'x5u'])
    await show(await strangers(() => ({ [member]: `http://127.0.0.1:${port}/keys`, kid: 'x' })))
  trap.close()
  expect(asked).toBe(0)
})

test('what is counted names nobody', async () => {
  const { gateway: running } = gateway
  const scraped = await (await running.metrics.request('/metrics')).text()
  expect(scraped).toMatch(/^delta_refused_total\{door="api",reason="signature"\} \d+$/m)
  expect(scraped).not.toContain('sandbox-shanghai')
})
