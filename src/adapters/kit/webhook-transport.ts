/**
 * The one file that posts to where a client says. The address is looked at when the connection is made, not before: a name may lead
 * elsewhere by then. Redirects are not followed, and no proxy of the environment is asked.
 */
import { lookup as systemLookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { Agent, buildConnector, type Dispatcher } from 'undici'
import { isPublicAddress } from './public-address.ts'

export interface WebhookPost {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Why no answer came. */
export type WebhookSilence =
  | 'TIMEOUT'
  | 'ADDRESS_REFUSED'
  | 'NAME_UNKNOWN'
  | 'CONNECTION_FAILED'
  | 'TLS_FAILED'

/** What a receiver answered: its status, and how long it wants to be left alone. */
export type WebhookAnswer =
  | { readonly status: number; readonly retryAfter: string | undefined }
  | { readonly silence: WebhookSilence }

/** Posts once. It never throws: a receiver's failure is an answer. */
export type PostWebhook = (
  out: WebhookPost,
  limits: { readonly timeoutMs: number; readonly maxBytes: number },
) => Promise<WebhookAnswer>

/** The code by which a refused address is told from a failed connection. */
const REFUSED = 'ADDRESS_REFUSED'
const refusal = () => Object.assign(new Error('the address is not public'), { code: REFUSED })

/** Names are looked up as ever, and what they lead to must be public: all of it, since any of it may be taken. */
function guarded(lookup: LookupFunction): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '', 0)
      const addresses = Array.isArray(found) ? found : [{ address: found, family: isIP(found) }]
      const [first] = addresses
      if (!first || !addresses.every(({ address }) => isPublicAddress(address))) return done(refusal(), '', 0)
      return options.all ? done(null, addresses) : done(null, first.address, first.family)
    })
  }
}

const CONNECT_TIMEOUT_MS = 5_000
/** How long what follows a status is read, so that the connection can be used again. */
const REST_MS = 1_000

interface Options {
  /** Only the sandbox posts to private addresses. */
  readonly isPrivateAllowed: boolean
  readonly lookup?: LookupFunction
}

/** A way to post, and to close its connections. */
export function webhookTransport({ isPrivateAllowed, lookup = systemLookup as LookupFunction }: Options): {
  post: PostWebhook
  close: () => Promise<void>
} {
  const connect = buildConnector({
    timeout: CONNECT_TIMEOUT_MS,
    lookup: isPrivateAllowed ? lookup : guarded(lookup),
  })
  const agent = new Agent({
    connections: 32,
    pipelining: 1,
    keepAliveTimeout: 10_000,
    connect: (options, done) => {
      // An address that is written out is looked up by nobody.
      const host = options.hostname.replace(/^\[|\]$/g, '')
      if (!isPrivateAllowed && isIP(host) !== 0 && !isPublicAddress(host)) return done(refusal(), null)
      return connect(options, done)
    },
  })

  const post: PostWebhook = async ({ url, headers, body }, { timeoutMs, maxBytes }) => {
    try {
      const answer = await agent.request({
        origin: new URL(url).origin,
        path: new URL(url).pathname + new URL(url).search,
        method: 'POST',
        headers,
        body,
        headersTimeout: timeoutMs,
        bodyTimeout: REST_MS,
        signal: AbortSignal.timeout(timeoutMs),
      })
      await drop(answer.body, maxBytes)
      const { 'retry-after': retryAfter } = answer.headers
      return {
        status: answer.statusCode,
        retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
      }
    } catch (cause) {
      return { silence: silenceOf(cause) }
    }
  }

  return { post, close: () => agent.destroy() }
}

/** Reads a little of what nobody wants, and lets the rest go. The status has come: nothing that happens here changes it. */
async function drop(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<void> {
  let size = 0
  const stop = setTimeout(() => body.destroy(), REST_MS)
  try {
    for await (const chunk of body) {
      size += (chunk as Buffer).length
      if (size > maxBytes) break
    }
  } catch {
    // A connection that breaks after the status.
  } finally {
    clearTimeout(stop)
    body.destroy()
  }
}

const SILENCES: Readonly<Record<string, WebhookSilence>> = {
  [REFUSED]: 'ADDRESS_REFUSED',
  ENOTFOUND: 'NAME_UNKNOWN',
  EAI_AGAIN: 'NAME_UNKNOWN',
  UND_ERR_HEADERS_TIMEOUT: 'TIMEOUT',
  UND_ERR_CONNECT_TIMEOUT: 'TIMEOUT',
  ETIMEDOUT: 'TIMEOUT',
}

function silenceOf(cause: unknown): WebhookSilence {
  if (typeof cause !== 'object' || cause === null) return 'CONNECTION_FAILED'
  const { code, name } = cause as { code?: unknown; name?: unknown }
  if (name === 'TimeoutError') return 'TIMEOUT'
  const known = SILENCES[String(code)]
  if (known) return known
  return /^(ERR_TLS|CERT_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|ERR_SSL|EPROTO)/.test(String(code))
    ? 'TLS_FAILED'
    : 'CONNECTION_FAILED'
}
