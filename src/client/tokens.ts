/** Access tokens by `private_key_jwt` (RFC 7523), for the client itself or for a person (RFC 8693), bound to a key where that is asked (RFC 9449). */
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'
import type { components } from './api.ts'
import { problemIn } from './problem.ts'

/** A person for whom the client calls: the region with which they logged in, and the ticket that it handed the app. */
export interface Person {
  readonly region: components['schemas']['Region']['id']
  readonly ticket: string
}

export interface TokenOptions {
  readonly url: string
  readonly clientId: string
  /** The private key, as a JWK. */
  readonly key: JWK
  readonly scope?: string
  /** Narrows the token to one region, and to its cities alone. */
  readonly audience?: string
  readonly person?: Person
  /** Binds tokens to a key of this process from the first one on; where the gateway wants it, that is done unasked. */
  readonly dpop?: boolean
  readonly fetch: typeof globalThis.fetch
}

/** Puts into a request what shows who asks. */
export interface Tokens {
  /** @throws GatewayProblem where the gateway gives no token */
  readonly headersFor: (method: string, url: string) => Promise<Readonly<Record<string, string>>>
  /** Forgets the token: the gateway does not take it any more. */
  readonly forget: () => void
}

interface Token {
  readonly value: string
  readonly isBound: boolean
  readonly until: number
}

/** Renewed so long before its end that it outlives the request. */
const EARLY_MS = 30_000
const ASSERTION_SECONDS = 60

export function tokensFor(options: TokenOptions): Tokens {
  let current: Promise<Token> | undefined
  let prover = options.dpop ? makeProver() : undefined

  const fresh = async (): Promise<Token> => {
    const endpoint = `${options.url}/oidc/token`
    const ask = async (headers: Readonly<Record<string, string>>) =>
      options.fetch(endpoint, { method: 'POST', headers, body: await formOf(options) })
    let answer = await ask(prover ? { dpop: await (await prover)('POST', endpoint) } : {})
    // The gateway says it where this client’s tokens must be bound to a key; from then on they are.
    if (!prover && (await wantsProof(answer))) {
      prover = makeProver()
      answer = await ask({ dpop: await (await prover)('POST', endpoint) })
    }
    if (!answer.ok) throw await problemIn(answer)
    const body = (await answer.json()) as { access_token: string; token_type: string; expires_in: number }
    return {
      value: body.access_token,
      isBound: body.token_type.toLowerCase() === 'dpop',
      until: Date.now() + body.expires_in * 1000 - EARLY_MS,
    }
  }
  /** Requests that start together wait for one token. */
  const token = async (): Promise<Token> => {
    const before = current
    const held = before && (await before)
    if (held && held.until > Date.now()) return held
    // Another request may have asked meanwhile.
    if (current === before || current === undefined) {
      const asked = fresh()
      current = asked
      asked.catch(() => {
        if (current === asked) current = undefined
      })
    }
    return current
  }

  return {
    headersFor: async (method, url) => {
      const { value, isBound } = await token()
      if (!isBound || !prover) return { authorization: `Bearer ${value}` }
      return { authorization: `DPoP ${value}`, dpop: await (await prover)(method, url, value) }
    },
    forget: () => {
      current = undefined
    },
  }
}

async function formOf({
  url,
  clientId,
  key,
  scope,
  audience,
  person,
}: TokenOptions): Promise<URLSearchParams> {
  const alg = key.alg ?? (key.kty === 'OKP' ? 'EdDSA' : 'ES256')
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg, ...(key.kid ? { kid: key.kid } : {}) })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(`${url}/oidc/token`)
    .setJti(crypto.randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${ASSERTION_SECONDS}s`)
    .sign(await importJWK(key, alg))
  return new URLSearchParams({
    ...(person
      ? {
          grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
          subject_token: person.ticket,
          subject_token_type: `urn:delta-gateway:token-type:${person.region}-login`,
        }
      : { grant_type: 'client_credentials' }),
    ...(scope ? { scope } : {}),
    ...(audience ? { audience } : {}),
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  })
}

/** Whether the refusal may be that a proof of possession is missing: the server tells it as a grant that is invalid, and no more. */
async function wantsProof(answer: Response): Promise<boolean> {
  if (answer.status !== 400) return false
  const { code, message } = await problemIn(answer.clone())
  return code === 'invalid_grant' || /dpop/i.test(`${code} ${message}`)
}

/** @returns a proof for one request, and for this token where there is one */
type Prover = (method: string, url: string, token?: string) => Promise<string>

async function makeProver(): Promise<Prover> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const jwk = await exportJWK(publicKey)
  return async (method, url, token) => {
    const digest = token && (await crypto.subtle.digest('SHA-256', new TextEncoder().encode(token)))
    return new SignJWT({
      htm: method,
      htu: url.split(/[?#]/, 1)[0],
      ...(digest ? { ath: Buffer.from(digest).toString('base64url') } : {}),
    })
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk })
      .setJti(crypto.randomUUID())
      .setIssuedAt()
      .sign(privateKey)
  }
}
