/** A fixed window of requests a minute, for each address. What the headers say is what is counted. */
import type { MiddlewareHandler } from 'hono'
import { LIMITS } from '../config.ts'
import { GatewayError } from '../errors.ts'
import { perMinute } from '../federation/per-minute.ts'
import type { Env } from './env.ts'
import { addHeaders } from './headers.ts'

/** Counts requests of this process. */
export function rateLimit(
  now: () => Date,
  perMinuteMost: number = LIMITS.requestsPerMinute,
): MiddlewareHandler<Env> {
  const counts = perMinute(now)
  return async (c, next) => {
    const used = counts.add(c.env?.incoming?.socket.remoteAddress ?? 'unknown')
    const reset = counts.secondsLeft()
    const figures = [
      ['ratelimit-policy', `"minute";q=${perMinuteMost};w=60`],
      ['ratelimit', `"minute";r=${Math.max(perMinuteMost - used, 0)};t=${reset}`],
    ] as const
    if (used > perMinuteMost) {
      // Whoever is refused needs the figures most.
      for (const [name, value] of figures) c.header(name, value)
      throw new GatewayError('RATE_LIMITED', { retryAfter: reset })
    }
    await next()
    addHeaders(c, figures)
  }
}
