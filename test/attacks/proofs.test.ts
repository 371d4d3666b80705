/** Proofs of possession (DPoP) that are nearly good: each is refused, and counted, at the API and at the token endpoint. */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { exportJWK, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { postAs, sandboxClient, testClient } from '../support/clients.ts'
import { startTestGateway, type TestGateway, type Told } from '../support/gateway.ts'
import { type Holder, holder, proof } from '../support/proofs.ts'
import { counting } from '../support/refusals.ts'

const strict = testClient('strict', { dpop_bound_access_tokens: true })
let gateway: TestGateway
let own: Holder
let other: Holder
/** A token bound to `own`, and one that is bound to nothing. */
let bound: string
let free: string

const tokenUrl = () => `${gateway.url}/oidc/token`
const casesUrl = () => `${gateway.url}/api/v1/cases`
const seconds = () => Math.floor(Date.now() / 1000)

const asked = async (headers: Readonly<Record<string, string>> = {}) =>
  postAs(gateway, strict, '/oidc/token', { grant_type: 'client_credentials', scope: 'cases' }, headers)

beforeAll(async () => {
  gateway = await startTestGateway({ clients: [strict.entry] })
  own = await holder()
  other = await holder()
  bound = (await asked({ dpop: await proof(own, { method: 'POST', url: tokenUrl() }) })).body.access_token
  const shanghai = sandboxClient(gateway, 'sandbox-shanghai')
  const fields = { grant_type: 'client_credentials', scope: 'cases' }
  free = (await postAs(gateway, shanghai, '/oidc/token', fields)).body.access_token
})
afterAll(() => gateway.close())

const show = (scheme: string, token: string, dpop?: string): Promise<Told> =>
  gateway.anyone('GET', '/api/v1/cases', undefined, {
    authorization: `${scheme} ${token}`,
    ...(dpop === undefined ? {} : { dpop }),
  })
const good = (over: { claims?: object; head?: object; method?: string; url?: string; token?: string } = {}) =>
  proof(own, { method: 'GET', url: casesUrl(), token: bound, ...over })

describe('at the API', () => {
  test('a good one is taken, also when its clock is a little off', async () => {
    const { told, counted } = await counting(gateway, async () => [
      await show('DPoP', bound, await good()),
      await show('DPoP', bound, await good({ claims: { iat: seconds() - 50 } })),
      await show('DPoP', bound, await good({ url: `${casesUrl()}?limit=1#top` })),
    ])
    expect([told.map(({ status }) => status), counted]).toEqual([[200, 200, 200], []])
  })

  test.each<[string, () => Promise<Told>]>([
    ['of another method', async () => show('DPoP', bound, await good({ method: 'POST' }))],
    [
      'of another address',
      async () => show('DPoP', bound, await good({ url: `${gateway.url}/api/v1/uploads` })),
    ],
    [
      'of another host',
      async () => show('DPoP', bound, await good({ url: 'https://other.example/api/v1/cases' })),
    ],
    ['of an address that goes on', async () => show('DPoP', bound, await good({ url: `${casesUrl()}/x` }))],
    [
      'from two minutes ago',
      async () => show('DPoP', bound, await good({ claims: { iat: seconds() - 120 } })),
    ],
    [
      'from two minutes ahead',
      async () => show('DPoP', bound, await good({ claims: { iat: seconds() + 120 } })),
    ],
    ['without a time', async () => show('DPoP', bound, await good({ claims: { iat: undefined } }))],
    [
      'with a time that is a text',
      async () => show('DPoP', bound, await good({ claims: { iat: String(seconds()) } })),
    ],
    [
      'that is over by its own words',
      async () => show('DPoP', bound, await good({ claims: { exp: seconds() - 10 } })),
    ],
    ['without a number', async () => show('DPoP', bound, await good({ claims: { jti: undefined } }))],
    ['with an empty number', async () => show('DPoP', bound, await good({ claims: { jti: '' } }))],
    ['for another token', async () => show('DPoP', bound, await good({ token: free }))],
    ['without the token’s hash', async () => show('DPoP', bound, await good({ claims: { ath: undefined } }))],
    [
      'by another key',
      async () => show('DPoP', bound, await proof(other, { method: 'GET', url: casesUrl(), token: bound })),
    ],
    [
      'by another key that names ours',
      async () =>
        show(
          'DPoP',
          bound,
          await proof(other, { method: 'GET', url: casesUrl(), token: bound, head: { jwk: own.jwk } }),
        ),
    ],
    [
      'with the private key in its head',
      async () => show('DPoP', bound, await good({ head: { jwk: await exportJWK(own.key) } })),
    ],
    ['without a key in its head', async () => show('DPoP', bound, await good({ head: { jwk: undefined } }))],
    ['of typ JWT', async () => show('DPoP', bound, await good({ head: { typ: 'JWT' } }))],
    ['by a symmetric key', async () => show('DPoP', bound, await symmetric())],
    ['unsigned', async () => show('DPoP', bound, await unsigned())],
    ['padded', async () => show('DPoP', bound, `${await good()}==`)],
    ['twice in one request', async () => show('DPoP', bound, `${await good()}, ${await good()}`)],
    [
      'of 5 000 letters',
      async () => show('DPoP', bound, await good({ claims: { filler: 'x'.repeat(5_000) } })),
    ],
    ['that is missing', () => show('DPoP', bound)],
    ['that is missing, with the bearer scheme', () => show('Bearer', bound)],
    ['that is good, with the bearer scheme', async () => show('Bearer', bound, await good())],
    ['for a token that is bound to nothing', async () => show('DPoP', free, await good({ token: free }))],
  ])('a proof %s: refused and counted', async (_name, send) => {
    const { told, counted } = await counting(gateway, send)
    expect([told.status, told.body.code, told.body.facts]).toEqual([
      401,
      'TOKEN_INVALID',
      { reason: 'proof' },
    ])
    expect(counted).toEqual(['api proof'])
    expect(told.headers.get('www-authenticate')).toMatch(/^DPoP error="invalid_token", algs="ES256 /)
  })

  test('the same proof twice, and ten times at once: taken once', async () => {
    const once = await good()
    expect((await show('DPoP', bound, once)).status).toBe(200)
    expect((await show('DPoP', bound, once)).body.facts).toEqual({ reason: 'proof' })
    const many = await good()
    const told = await Promise.all(Array.from({ length: 10 }, () => show('DPoP', bound, many)))
    expect(told.filter(({ status }) => status === 200)).toHaveLength(1)
  })
})

describe('at the token endpoint', () => {
  const proven = (over: { claims?: object; head?: object; method?: string; url?: string } = {}) =>
    proof(own, { method: 'POST', url: tokenUrl(), ...over })

  test.each<[string, () => Promise<Told>, string]>([
    ['that is missing where the client must bring one', () => asked(), 'invalid_grant'],
    ['of another method', async () => asked({ dpop: await proven({ method: 'GET' }) }), 'invalid_dpop_proof'],
    [
      'of another address',
      async () => asked({ dpop: await proven({ url: casesUrl() }) }),
      'invalid_dpop_proof',
    ],
    [
      'from an hour ago',
      async () => asked({ dpop: await proven({ claims: { iat: seconds() - 3_600 } }) }),
      'invalid_dpop_proof',
    ],
    [
      'from an hour ahead',
      async () => asked({ dpop: await proven({ claims: { iat: seconds() + 3_600 } }) }),
      'invalid_dpop_proof',
    ],
    [
      'without a number',
      async () => asked({ dpop: await proven({ claims: { jti: undefined } }) }),
      'invalid_dpop_proof',
    ],
    [
      'by another key that names ours',
      async () =>
        asked({ dpop: await proof(other, { method: 'POST', url: tokenUrl(), head: { jwk: own.jwk } }) }),
      'invalid_dpop_proof',
    ],
    [
      'with the private key in its head',
      async () => asked({ dpop: await proven({ head: { jwk: await exportJWK(own.key) } }) }),
      'invalid_dpop_proof',
    ],
    ['of typ JWT', async () => asked({ dpop: await proven({ head: { typ: 'JWT' } }) }), 'invalid_dpop_proof'],
    ['by a symmetric key', async () => asked({ dpop: await symmetric() }), 'invalid_dpop_proof'],
    ['unsigned', async () => asked({ dpop: await unsigned() }), 'invalid_dpop_proof'],
  ])('a proof %s: refused and counted', async (_name, send, error) => {
    const { told, counted } = await counting(gateway, send)
    expect([told.status, told.body.error]).toEqual([400, error])
    expect(counted).toEqual([`grant ${error}`])
  })

  test('the same proof twice: refused and counted', async () => {
    const dpop = await proven()
    expect((await asked({ dpop })).body.token_type).toBe('DPoP')
    const { told, counted } = await counting(gateway, () => asked({ dpop }))
    expect(told.status).toBe(400)
    expect(counted).toEqual([`grant ${told.body.error}`])
  })
})

function symmetric(): Promise<string> {
  const secret = { kty: 'oct', k: randomBytes(32).toString('base64url') }
  return new SignJWT({ jti: 'x', htm: 'GET', htu: casesUrl(), iat: seconds() })
    .setProtectedHeader({ alg: 'HS256', typ: 'dpop+jwt', jwk: secret })
    .sign(Buffer.from(secret.k, 'base64url'))
}

async function unsigned(): Promise<string> {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const head = { alg: 'none', typ: 'dpop+jwt', jwk: publicKey.export({ format: 'jwk' }) }
  const body = { jti: 'x', htm: 'GET', htu: casesUrl(), iat: seconds() }
  return `${[head, body].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`
}
