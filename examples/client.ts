/** A client of the gateway in a few lines: a token by `private_key_jwt`, and JSON over HTTP. Copy it. */
import { readFileSync } from 'node:fs'
import { importJWK, type JWK, SignJWT } from 'jose'

/** What the gateway answers with, read as far as a client needs it. */
export interface Answer<T> {
  readonly status: number
  readonly etag: string
  readonly body: T
}

interface Problem {
  readonly code: string
  readonly errors?: readonly { readonly pointer: string; readonly detail: { readonly zh: string } }[]
}

/** A person for whom a client calls: the region with which they logged in, and the ticket that it handed the app. */
export interface Person {
  readonly region: string
  readonly ticket: string
  readonly scope: string
}

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'

/** Gets a token, for itself or for a person, and gives the calls. `keyFile` holds a private JWK, or the sandbox's keys by client. */
export async function connect(gateway: string, clientId: string, keyFile: string, person?: Person) {
  const file = JSON.parse(readFileSync(keyFile, 'utf8')) as JWK & { keys?: Record<string, JWK> }
  const key = file.keys?.[clientId] ?? file
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg: 'ES256', kid: key.kid ?? '' })
    .setIssuer(clientId)
    .setSubject(clientId)
    .setAudience(`${gateway}/oidc/token`)
    .setJti(crypto.randomUUID())
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(await importJWK(key, 'ES256'))
  const granted = await fetch(`${gateway}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      ...(person
        ? {
            grant_type: EXCHANGE,
            scope: person.scope,
            subject_token: person.ticket,
            subject_token_type: `urn:delta-gateway:token-type:${person.region}-login`,
          }
        : { grant_type: 'client_credentials', scope: 'cases convert' }),
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion,
    }),
  })
  const { access_token: token } = (await granted.json()) as { access_token?: string }
  if (!token) throw new Error(`no token for ${clientId}: ${granted.status}`)
  const authorization = `Bearer ${token}`

  /** One call. @throws with the problem's code and the places it names. */
  const call = async <T>(
    method: string,
    path: string,
    content?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> => {
    const answer = await fetch(`${gateway}/api/v1${path}`, {
      method,
      headers: {
        authorization,
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: JSON.stringify(content) }),
    })
    const body: unknown = await answer.json()
    if (!answer.ok) {
      const { code, errors = [] } = body as Problem
      throw new Error([code, ...errors.map((one) => `${one.pointer}: ${one.detail.zh}`)].join('\n  '))
    }
    return { status: answer.status, etag: answer.headers.get('etag') ?? '', body: body as T }
  }

  return {
    call,
    /** Uploads one file and gives its reference. */
    upload: async (name: string, bytes: Buffer): Promise<string> => {
      const form = new FormData()
      form.append('file', new File([new Uint8Array(bytes)], name))
      const answer = await fetch(`${gateway}/api/v1/uploads`, {
        method: 'POST',
        headers: { authorization },
        body: form,
      })
      return ((await answer.json()) as { uploadId: string }).uploadId
    },
    /** A document of a concluded case. */
    result: async (id: string): Promise<{ name: string; bytes: Buffer }> => {
      const answer = await fetch(`${gateway}/api/v1/cases/${id}/result`, { headers: { authorization } })
      const name = /filename\*=UTF-8''(.+)$/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? ''
      return { name: decodeURIComponent(name), bytes: Buffer.from(await answer.arrayBuffer()) }
    },
  }
}

export type Client = Awaited<ReturnType<typeof connect>>
