import { exportJWK, generateKeyPair, jwtVerify } from 'jose'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { getToken } from './token.ts'

const gateway = 'https://gateway.example.test'
const server = setupServer()
beforeAll(() => server.listen())
afterEach(() => server.resetHandlers())
afterAll(() => server.close())

const pair = await generateKeyPair('ES256', { extractable: true })
const key = { ...(await exportJWK(pair.privateKey)), alg: 'ES256', kid: 'k1' }

describe('a token for a client', () => {
  test('the assertion is signed by the client, for this endpoint, and lives for a minute', async () => {
    let form = new URLSearchParams()
    server.use(
      http.post(`${gateway}/oidc/token`, async ({ request }) => {
        form = new URLSearchParams(await request.text())
        return HttpResponse.json({ access_token: 'an-access-token', token_type: 'Bearer' })
      }),
    )
    expect(await getToken({ gateway, client: 'suzhou', key, scope: 'cases' })).toBe('an-access-token')
    expect(form.get('grant_type')).toBe('client_credentials')
    expect(form.get('scope')).toBe('cases')
    const { payload, protectedHeader } = await jwtVerify(form.get('client_assertion') ?? '', pair.publicKey, {
      issuer: 'suzhou',
      subject: 'suzhou',
      audience: `${gateway}/oidc/token`,
    })
    expect(protectedHeader.kid).toBe('k1')
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(60)
    expect(payload.jti).toMatch(/^[0-9a-f-]{36}$/)
  })

  test('a refusal is told with the words of the server', async () => {
    server.use(
      http.post(`${gateway}/oidc/token`, () =>
        HttpResponse.json(
          { error: 'invalid_client', error_description: 'client is unknown' },
          { status: 401 },
        ),
      ),
    )
    await expect(getToken({ gateway, client: 'nobody', key, scope: 'cases' })).rejects.toMatchObject({
      code: 'TOKEN_INVALID',
      facts: { error: 'invalid_client', description: 'client is unknown' },
    })
  })
})
