/** A fixed window of requests a minute, for each address. What the headers say is what is counted. */
import type { MiddlewareHandler } from 'hono'
import { LIMITS } from '../config.ts'
import { GatewayError } from '../errors.ts'
import type { Env } from './env.ts'

/** Counts requests of this process. */
export function rateLimit(
  now: () => Date,
  perMinute: number = LIMITS.requestsPerMinute,
): MiddlewareHandler<Env> {
  let window = 0
  let counts = new Map<string, number>()
  return async (c, next) => {
    const minute = Math.floor(now().getTime() / 60_000)
    if (minute !== window) {
      window = minute
      counts = new Map()
    }
    const who = c.env?.incoming?.socket.remoteAddress ?? 'unknown'
    const used = (counts.get(who) ?? 0) + 1
    counts.set(who, used)
    const reset = 60 - Math.floor((now().getTime() / 1000) % 60)
    if (used > perMinute) throw new GatewayError('RATE_LIMITED', { retryAfter: reset })
    await next()
    c.header('ratelimit-policy', `"minute";q=${perMinute};w=60`)
    c.header('ratelimit', `"minute";r=${perMinute - used};t=${reset}`)
  }
}
