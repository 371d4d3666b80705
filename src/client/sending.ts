/** One request as often as it is safe: with a token, an idempotency key, and pauses that the gateway names. */
import { KEYED } from './keyed.ts'
import { problemIn } from './problem.ts'
import type { Tokens } from './tokens.ts'

export interface SendingOptions {
  readonly fetch: typeof globalThis.fetch
  readonly tokens: Tokens | undefined
  /** How often one request is sent at most. */
  readonly attempts: number
  /** The longest pause that is waited for, in milliseconds; whoever is told to wait longer gets the problem. */
  readonly longestPauseMs: number
  /** How long one answer may take, in milliseconds. */
  readonly timeoutMs: number
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
}

const FIRST_PAUSE_MS = 200
/** Methods that do the same once and twice (RFC 9110, 9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])
const KEYED_PATHS = KEYED.map((one) => new RegExp(`^${one.replaceAll(/\{\w+\}/g, '[^/]+')}$`))

export const pausing = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })

/** A `fetch` that does it. An answer that is not good is thrown as a GatewayProblem. */
export function sender(options: SendingOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const { method, url } = request
    const key = keyOf(request)
    const isSafe = IDEMPOTENT.has(method) || key !== undefined
    const attempt = async (): Promise<Response> => {
      const headers = new Headers(request.headers)
      if (key !== undefined) headers.set('idempotency-key', key)
      const shown = (await options.tokens?.headersFor(method, url)) ?? {}
      for (const [name, value] of Object.entries(shown)) headers.set(name, value)
      const signal = AbortSignal.any([request.signal, AbortSignal.timeout(options.timeoutMs)])
      return options.fetch(new Request(request.clone(), { headers, signal }))
    }
    return again(attempt, isSafe, request, options)
  }
}

/** The caller’s key, or a new one where the operation takes one. */
function keyOf({ headers, method, url }: Request): string | undefined {
  const given = headers.get('idempotency-key')
  if (given !== null) return given
  const called = `${method} ${new URL(url).pathname}`
  return KEYED_PATHS.some((path) => path.test(called)) ? crypto.randomUUID() : undefined
}

async function again(
  attempt: () => Promise<Response>,
  isSafe: boolean,
  request: Request,
  { tokens, attempts, longestPauseMs, pause }: SendingOptions,
): Promise<Response> {
  let hasRenewed = false
  for (let left = attempts - 1, ms = FIRST_PAUSE_MS; ; left -= 1, ms *= 2) {
    const answer = await attempt().catch((cause: unknown) => {
      // A request that nobody answered may have been done.
      if (!isSafe || left <= 0 || request.signal.aborted || !isNetwork(cause)) throw cause
      return undefined
    })
    if (answer?.ok) return answer
    const problem = answer && (await problemIn(answer))
    // The gateway’s keys may have changed, and a session may have ended: one new token shows which.
    if (problem?.code === 'TOKEN_INVALID' && !hasRenewed && tokens) {
      hasRenewed = true
      tokens.forget()
      continue
    }
    const told = secondsIn(answer) * 1000
    // What was refused for the rate alone was not begun.
    const mayRepeat = !problem || ((isSafe || problem.code === 'RATE_LIMITED') && problem.retry)
    if (problem && (!mayRepeat || left <= 0 || told > longestPauseMs)) throw problem
    await pause(Math.min(Math.max(told, ms * (0.5 + Math.random())), longestPauseMs), request.signal)
  }
}

/** Whether it is the way to the gateway that failed (a TypeError of `fetch`) or the time that ran out. */
const isNetwork = (cause: unknown): boolean =>
  cause instanceof TypeError || (cause instanceof DOMException && cause.name === 'TimeoutError')

/** `Retry-After` in seconds; as a date it is how far that is (RFC 9110, 10.2.3). */
function secondsIn(answer: Response | undefined): number {
  const text = answer?.headers.get('retry-after') ?? '0'
  return /^\d+$/.test(text) ? Number(text) : Math.max((Date.parse(text) - Date.now()) / 1000, 0) || 0
}
