/** Machine clients of tests: their entries and keys, and what they send to the authorization server. */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { importJWK, type JWK, SignJWT } from 'jose'
import type { TestGateway, Told } from './gateway.ts'

/** A client: its entry for the directory, and its private key. */
export interface TestClient {
  readonly id: string
  readonly entry: object
  readonly key: JWK
}

/** Makes a client with a key of its own. @param more members of its entry, as in RFC 7591 */
export function testClient(id: string, more: object): TestClient {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const kid = randomBytes(8).toString('hex')
  return {
    id,
    entry: {
      client_id: id,
      scope: 'cases persons',
      grant_types: ['client_credentials'],
      ...more,
      jwks: { keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }] },
    },
    key: { ...(privateKey.export({ format: 'jwk' }) as JWK), kid, alg: 'ES256' },
  }
}

/** A client of the sandbox with its key. */
export const sandboxClient = ({ clients }: Pick<TestGateway, 'clients'>, id: string): TestClient => ({
  id,
  entry: {},
  key: clients.keys[id] as JWK,
})

/** An assertion (RFC 7523) for the token endpoint, good for a minute. @param over claims that shall be otherwise */
export async function assertion(
  { url }: Pick<TestGateway, 'url'>,
  { id, key }: TestClient,
  over: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  return new SignJWT({
    iss: id,
    sub: id,
    aud: `${url}/oidc/token`,
    jti: crypto.randomUUID(),
    iat: now,
    exp: now + 60,
    ...over,
  })
    .setProtectedHeader({ alg: 'ES256', ...(key.kid ? { kid: key.kid } : {}) })
    .sign(await importJWK(key, 'ES256'))
}

/** Posts a form to a door of the authorization server, with nothing but what is given. */
export const postForm = (
  { anyone }: Pick<TestGateway, 'anyone'>,
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Told> =>
  anyone('POST', path, new URLSearchParams(fields).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
    ...headers,
  })

/** The same as a client that shows who it is. */
export const postAs = async (
  gateway: Pick<TestGateway, 'anyone' | 'url'>,
  client: TestClient,
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Told> =>
  postForm(
    gateway,
    path,
    {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertion(gateway, client),
      ...fields,
    },
    headers,
  )
