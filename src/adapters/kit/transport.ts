/** The one file that talks to the network: undici pools, one an origin, with limits on time and bytes. */
import { Pool } from 'undici'
import { GatewayError } from '../../errors.ts'

/** A request as it goes out. `body` is what is signed: nothing changes it afterwards. */
export interface Outgoing {
  readonly method: 'GET' | 'POST'
  /** Absolute, percent-encoded as it shall stand on the request line. */
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

/** An answer, whatever its status. Header names are lower-case. */
export interface Incoming {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

/** Limits of one call. */
export interface CallLimits {
  readonly timeoutMs: number
  readonly maxBytes?: number
}

/**
 * Sends one request. @throws GatewayError `REGION_UNAVAILABLE` when no whole answer came (`phase` tells how far it got:
 * after `connect` the region has seen nothing), `REGION_ANSWER_INVALID` when it is larger than allowed.
 */
export type Transport = (out: Outgoing, limits: CallLimits) => Promise<Incoming>

/** Bytes of an answer that is read when a caller names no limit: a file of 50 MiB in Base64 and its envelope. */
const MAX_ANSWER_BYTES = 72 * 1024 * 1024
const CONNECT_TIMEOUT_MS = 3000

/** A transport over undici, and the way to close its pools. */
export function networkTransport(options: { connections?: number } = {}): {
  send: Transport
  close: () => Promise<void>
} {
  const pools = new Map<string, Pool>()

  const poolOf = (origin: string): Pool => {
    let pool = pools.get(origin)
    if (!pool) {
      pool = new Pool(origin, {
        connections: options.connections ?? 64,
        pipelining: 1,
        connect: { timeout: CONNECT_TIMEOUT_MS },
        keepAliveTimeout: 10_000,
      })
      pools.set(origin, pool)
    }
    return pool
  }

  const send: Transport = async (out, limits) => {
    const url = new URL(out.url)
    const maxBytes = limits.maxBytes ?? MAX_ANSWER_BYTES
    try {
      const answer = await poolOf(url.origin).request({
        method: out.method,
        path: out.url.slice(out.url.indexOf('/', 8) < 0 ? out.url.length : out.url.indexOf('/', 8)) || '/',
        headers: { ...out.headers },
        ...(out.body === undefined ? {} : { body: out.body }),
        headersTimeout: limits.timeoutMs,
        bodyTimeout: limits.timeoutMs,
        signal: AbortSignal.timeout(limits.timeoutMs),
      })
      const body = await readBody(answer.body, maxBytes)
      return { status: answer.statusCode, headers: flatten(answer.headers), body }
    } catch (cause) {
      if (cause instanceof GatewayError) throw cause
      const phase = isConnectFailure(cause) ? 'connect' : 'answer'
      throw new GatewayError('REGION_UNAVAILABLE', { phase, origin: url.origin }, { cause })
    }
  }

  return {
    send,
    close: async () => void (await Promise.all([...pools.values()].map((pool) => pool.destroy()))),
  }
}

async function readBody(stream: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    size += chunk.length
    if (size > maxBytes) throw new GatewayError('REGION_ANSWER_INVALID', { reason: 'too large', maxBytes })
    chunks.push(chunk)
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)
}

const flatten = (
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> => {
  const out: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) out[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value
  return out
}

const CONNECT_CODES = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
])

function isConnectFailure(cause: unknown): boolean {
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return false
  return CONNECT_CODES.has(String(cause.code))
}
