/**
 * The typed client: `import { createClient } from 'delta-gateway/client'`. It gets and renews tokens, repeats what is safe to repeat, makes
 * idempotency keys, walks through lists, and throws what is refused as a GatewayProblem with its code. Types are those of /openapi.json.
 */
import type { JWK } from 'jose'
import createFetcher, { type Client, type ClientPathsWithMethod, type MaybeOptionalInit } from 'openapi-fetch'
import type { paths } from './api.ts'
import { type Pages, pagesOf } from './pages.ts'
import { pausing, sender } from './sending.ts'
import { type Person, tokensFor } from './tokens.ts'

export type { components, paths } from './api.ts'
export { GatewayProblem, type Problem, type ProblemCode } from './problem.ts'
export type { Person } from './tokens.ts'
export { type PostedEvent, verifyWebhook, type WebhookOptions, WebhookRefused } from './webhook.ts'

export interface ClientOptions {
  /** Where the gateway is: its `PUBLIC_URL`. */
  readonly url: string
  /** Without a client the public parts of the API alone can be asked. */
  readonly clientId?: string
  readonly key?: JWK
  /** All that the client is registered for, unless told. */
  readonly scope?: string
  readonly audience?: string
  /** Calls for this person instead of for the client itself. */
  readonly person?: Person
  /** Binds tokens to a key of this process (RFC 9449); where the gateway wants it, that is done unasked. */
  readonly dpop?: boolean
  readonly fetch?: typeof globalThis.fetch
  readonly attempts?: number
  readonly longestPauseMs?: number
  readonly timeoutMs?: number
  /** Waits; a test of yours need not. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>
}

/** A good answer. */
export interface Answer<T> {
  readonly data: T
  readonly status: number
  /** The version of what was read, for `If-Match`; empty where it has none. */
  readonly etag: string
  readonly response: Response
}

type Method = 'get' | 'put' | 'post' | 'delete'
type PathsWith<M extends Method> = ClientPathsWithMethod<Client<paths>, M>
type OperationOf<M extends Method, P extends PathsWith<M>> = P extends keyof paths
  ? M extends keyof paths[P]
    ? paths[P][M]
    : never
  : never
/** What a good answer of an operation holds: JSON where there is some, otherwise what there is. */
type DataOf<O> = O extends { readonly responses: infer R }
  ? { [S in keyof R]: R[S] extends { readonly content: infer C } ? ContentOf<C> : undefined }[keyof R]
  : never
type ContentOf<C> = C extends { readonly 'application/json': infer J } ? J : C[keyof C]
type InitOf<M extends Method, P extends PathsWith<M>> = MaybeOptionalInit<paths[P], M>
type Given<I> = undefined extends I ? [init?: I] : [init: I]

/** An operation by its path. @throws GatewayProblem */
type Call<M extends Method> = <P extends PathsWith<M>>(
  path: P,
  ...init: Given<InitOf<M, P>>
) => Promise<Answer<DataOf<OperationOf<M, P>>>>
/** What a trial tells: what would come of it. */
type Trial = <P extends PathsWith<'post'>>(
  path: P,
  ...init: Given<InitOf<'post', P>>
) => Promise<Answer<{ readonly dryRun: true } & Readonly<Record<string, unknown>>>>

/** The API as one client sees it. */
export interface GatewayClient extends Pages {
  readonly get: Call<'get'>
  readonly put: Call<'put'>
  readonly post: Call<'post'>
  readonly delete: Call<'delete'>
  /** The same call with every check, which leaves nothing behind. */
  readonly dryRun: Trial
  /** Uploads one file and gives its reference. */
  readonly upload: (name: string, bytes: Uint8Array<ArrayBuffer>, contentType?: string) => Promise<string>
  /** A document of a concluded case, from 0. */
  readonly result: (
    caseId: string,
    document?: number,
  ) => Promise<{ readonly name: string; readonly bytes: Buffer }>
}

export function createClient(options: ClientOptions): GatewayClient {
  const url = options.url.replace(/\/+$/, '')
  const fetch = options.fetch ?? globalThis.fetch
  const { clientId, key } = options
  const send = sender({
    fetch,
    tokens: clientId && key ? tokensFor({ ...options, url, clientId, key, fetch }) : undefined,
    attempts: options.attempts ?? 4,
    longestPauseMs: options.longestPauseMs ?? 30_000,
    timeoutMs: options.timeoutMs ?? 30_000,
    pause: options.pause ?? pausing,
  })
  const raw = createFetcher<paths>({ baseUrl: url, fetch: send })
  const call =
    (method: 'GET' | 'PUT' | 'POST' | 'DELETE') =>
    async (path: string, init?: object): Promise<Answer<never>> => {
      // The caller’s types have been checked against the path’s; openapi-fetch would check them a second time.
      const ask = raw[method] as unknown as (at: string, init?: object) => Promise<Asked>
      const { data, response } = await ask(path, init)
      return {
        data: data as never,
        status: response.status,
        etag: response.headers.get('etag') ?? '',
        response,
      }
    }
  const client = { get: call('GET'), put: call('PUT'), post: call('POST'), delete: call('DELETE') }
  const dryRun = (path: string, init: { params?: { query?: object } } = {}) =>
    client.post(path, {
      ...init,
      params: { ...init.params, query: { ...init.params?.query, dryRun: true } },
    })

  return {
    ...client,
    dryRun,
    ...pagesOf(client.get),
    upload: async (name, bytes, type = 'application/pdf') => {
      const body = new FormData()
      body.append('file', new File([bytes], name, { type }))
      const answer = await send(new Request(`${url}/api/v1/uploads`, { method: 'POST', body }))
      return ((await answer.json()) as { uploadId: string }).uploadId
    },
    result: async (caseId, document = 0) => {
      const at = `${url}/api/v1/cases/${encodeURIComponent(caseId)}/result?document=${document}`
      const answer = await send(new Request(at))
      const name = /filename\*=UTF-8''(.+)$/.exec(answer.headers.get('content-disposition') ?? '')?.[1] ?? ''
      return { name: decodeURIComponent(name), bytes: Buffer.from(await answer.arrayBuffer()) }
    },
  }
}

interface Asked {
  readonly data?: unknown
  readonly response: Response
}
