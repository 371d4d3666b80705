/** Who may: tokens, scopes, and each client's own cases alone, in lists and counts too. */
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getToken } from '../../src/cli/token.ts'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { storyOf } from './stories.ts'

let gateway: TestGateway
let shanghai: Caller
let anhui: Caller
let filed: { id: string; etag: string }
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('330100')
  shanghai = await gateway.as('sandbox-shanghai')
  anhui = await gateway.as('sandbox-anhui')
  const { body, headers } = await file(
    shanghai,
    storyOf('zhejiang').application(await upload(shanghai, 'a.pdf')),
  )
  filed = { id: body.id, etag: headers.get('etag') ?? '' }
})
afterAll(() => gateway.close())

const keyOf = (client: string) => gateway.clients.keys[client] as JWK
const ask = (authorization: string) => gateway.anyone('GET', '/api/v1/cases', undefined, { authorization })
const validToken = () =>
  getToken({
    gateway: gateway.url,
    client: 'sandbox-shanghai',
    key: keyOf('sandbox-shanghai'),
    scope: 'cases',
  })

describe('a case of another client', () => {
  test.each<[string, string, unknown]>([
    ['GET', '', undefined],
    ['GET', '/events', undefined],
    ['GET', '/ledger', undefined],
    ['GET', '/result', undefined],
    ['POST', '/correction', { form: { toAddress: 'x' } }],
    ['POST', '/withdrawal', { reason: 'x' }],
  ])('%s …%s is not found, as if it were not there', async (method, path, body) => {
    const theirs = await anhui(method, `/api/v1/cases/${filed.id}${path}`, body, { 'if-match': filed.etag })
    const nobodys = await anhui(method, `/api/v1/cases/case_0000000000000000000000000${path}`, body, {
      'if-match': filed.etag,
    })
    expect([theirs.status, theirs.body.code]).toEqual([404, 'CASE_NOT_FOUND'])
    expect(nobodys.body.code).toBe('CASE_NOT_FOUND')
  })

  test('stands in no list and no count of theirs', async () => {
    expect((await shanghai('GET', '/api/v1/cases')).body.items).toHaveLength(1)
    expect((await anhui('GET', '/api/v1/cases')).body).toEqual({ items: [], nextCursor: null })
  })

  test('an upload of another client cannot be filed with', async () => {
    const application = storyOf('zhejiang').application(await upload(anhui, 'theirs.pdf'))
    expect((await file(shanghai, application)).body.code).toBe('UPLOAD_NOT_FOUND')
  })

  test('an idempotency key of another client says nothing', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() }
    const application = storyOf('zhejiang').application(await upload(shanghai, 'b.pdf'))
    expect((await file(shanghai, application, key)).body.code).not.toBe('UPLOAD_NOT_FOUND')
    const theirs = await file(anhui, application, key)
    expect(theirs.body.code).toBe('UPLOAD_NOT_FOUND')
    expect(theirs.headers.get('idempotency-replayed')).toBeNull()
  })
})

describe('a token', () => {
  test('is needed', async () => {
    const told = await gateway.anyone('GET', '/api/v1/cases')
    expect([told.status, told.body.code]).toEqual([401, 'TOKEN_MISSING'])
    expect(told.headers.get('www-authenticate')).toMatch(/^Bearer /)
  })

  test('without the scope is not enough', async () => {
    const convert = await gateway.as('sandbox-shanghai', 'convert')
    const told = await convert('GET', '/api/v1/cases')
    expect([told.status, told.body.code]).toEqual([403, 'SCOPE_MISSING'])
  })

  test('a scope that the client has not been given is not granted', async () => {
    await expect(
      getToken({
        gateway: gateway.url,
        client: 'sandbox-shanghai',
        key: keyOf('sandbox-shanghai'),
        scope: 'directory',
      }),
    ).rejects.toMatchObject({ facts: { error: 'invalid_scope' } })
  })

  test('is a JWT of RFC 9068 for ten minutes at most', async () => {
    const [head, body] = (await validToken())
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))
    expect(head).toMatchObject({ typ: 'at+jwt', alg: 'ES256' })
    expect(body).toMatchObject({
      iss: gateway.url,
      aud: gateway.url,
      client_id: 'sandbox-shanghai',
      scope: 'cases',
    })
    expect(body.exp - body.iat).toBeLessThanOrEqual(600)
  })

  const forged = async (over: object, header: object = {}, ours?: CryptoKey): Promise<string> => {
    const key = ours ?? (await generateKeyPair('ES256')).privateKey
    const now = Math.floor(Date.now() / 1000)
    return new SignJWT({ client_id: 'sandbox-shanghai', scope: 'cases', ...over })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', ...header })
      .setIssuer(gateway.url)
      .setAudience(gateway.url)
      .setJti('x')
      .setIssuedAt(now)
      .setExpirationTime(now + 60)
      .sign(key)
  }
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

  test.each<[string, () => Promise<string>]>([
    ['signed by a stranger', () => forged({})],
    [
      'that names a stranger’s key in its head',
      async () => {
        const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true })
        return forged({}, { jwk: await exportJWK(publicKey) }, privateKey)
      },
    ],
    [
      'without a signature (alg none)',
      async () => {
        const [, body] = (await validToken()).split('.')
        return `${part({ alg: 'none', typ: 'at+jwt' })}.${body}.`
      },
    ],
    [
      'with another body under a good signature',
      async () => {
        const [head, body, signature] = (await validToken()).split('.') as [string, string, string]
        const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
        return `${head}.${part({ ...claims, client_id: 'sandbox-anhui' })}.${signature}`
      },
    ],
    [
      'with bits to spare in its text',
      async () => {
        const token = await validToken()
        const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
        return token.slice(0, -1) + letters[(letters.indexOf(token.at(-1) as string) ^ 1) % 64]
      },
    ],
    ['of 10 kB', async () => `${'a'.repeat(5_000)}.${'b'.repeat(5_000)}.c`],
  ])('%s is refused', async (_name, make) => {
    const told = await ask(`Bearer ${await make()}`)
    expect([told.status, told.body.code]).toEqual([401, 'TOKEN_INVALID'])
  })

  test('as a query parameter is not looked at', async () => {
    const told = await gateway.anyone('GET', `/api/v1/cases?access_token=${await validToken()}`)
    expect(told.body.code).toBe('TOKEN_MISSING')
  })
})

describe('a client assertion', () => {
  const assertion = (more: { key?: JWK; audience?: string; jti?: string; age?: number }) => async () => {
    const { importJWK } = await import('jose')
    const key = more.key ?? keyOf('sandbox-shanghai')
    const now = Math.floor(Date.now() / 1000) - (more.age ?? 0)
    return new SignJWT({})
      .setProtectedHeader({ alg: 'ES256', ...(key.kid ? { kid: key.kid } : {}) })
      .setIssuer('sandbox-shanghai')
      .setSubject('sandbox-shanghai')
      .setAudience(more.audience ?? `${gateway.url}/oidc/token`)
      .setJti(more.jti ?? crypto.randomUUID())
      .setIssuedAt(now)
      .setExpirationTime(now + 60)
      .sign(await importJWK(key, 'ES256'))
  }
  const send = async (text: string) =>
    gateway.anyone(
      'POST',
      '/oidc/token',
      new URLSearchParams({
        grant_type: 'client_credentials',
        scope: 'cases',
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: text,
      }).toString(),
      { 'content-type': 'application/x-www-form-urlencoded' },
    )

  test('for the issuer is taken as well as one for the token endpoint', async () => {
    expect((await send(await assertion({ audience: gateway.url })())).status).toBe(200)
  })
  test('is taken once', async () => {
    const text = await assertion({})()
    expect((await send(text)).status).toBe(200)
    expect((await send(text)).body.error).toBe('invalid_client')
  })
  test('of another client’s key is refused', async () => {
    const { kid } = keyOf('sandbox-shanghai')
    const text = await assertion({ key: { ...keyOf('sandbox-anhui'), ...(kid ? { kid } : {}) } })()
    expect((await send(text)).body.error).toBe('invalid_client')
  })
  test('that is over is refused', async () => {
    expect((await send(await assertion({ age: 600 })())).body.error).toBe('invalid_client')
  })
  test('for another server is refused', async () => {
    expect((await send(await assertion({ audience: 'https://other.example' })())).body.error).toBe(
      'invalid_client',
    )
  })
})

test('what is public needs no token, and the sandbox’s private keys are nowhere to be had', async () => {
  for (const path of [
    '/api/v1/regions',
    '/api/v1/cities',
    '/api/v1/matters?q=户籍',
    '/openapi.json',
    '/asyncapi.json',
    '/healthz',
    '/',
  ])
    expect((await gateway.anyone('GET', path)).status).toBe(200)
  const keys = await gateway.anyone('GET', '/oidc/jwks')
  expect(keys.body.keys.length).toBeGreaterThan(0)
  for (const key of keys.body.keys) expect(key).not.toHaveProperty('d')
})
