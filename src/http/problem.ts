/** Errors as answers: RFC 9457 problem details with the headers that belong to them. */
import type { Context } from 'hono'
import { GatewayError, PROBLEMS } from '../errors.ts'
import { problemBody } from '../problems/body.ts'
import { ALGORITHMS } from './dpop.ts'
import type { Env } from './env.ts'
import type { KeptAnswer } from './idempotency.ts'

/** Answers with a problem. */
export function problem(c: Context<Env>, error: GatewayError): Response {
  const { status } = PROBLEMS[error.code]
  const headers: Record<string, string> = {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
  }
  if (status === 401) headers['www-authenticate'] = challenge(error)
  if (status === 429 || status === 503) headers['retry-after'] = String(error.facts['retryAfter'] ?? 5)
  return c.body(JSON.stringify(problemBody(error, c.get('requestId'))), status as 400, headers)
}

/** A region's refusal as an answer that can be given again. */
export function refusal(error: GatewayError, requestId: string): KeptAnswer {
  return {
    status: PROBLEMS[error.code].status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(problemBody(error, requestId)),
  }
}

/** How to come again: with a token, a proof beside it, or a better log-in (RFC 6750, 3; RFC 9449, 7.1; RFC 9470, 3). */
function challenge({ code, facts }: GatewayError): string {
  if (code === 'ASSURANCE_TOO_LOW')
    return `Bearer error="insufficient_user_authentication", acr_values="${String(facts['acr'])}"`
  if (facts['reason'] === 'proof') return `DPoP error="invalid_token", algs="${ALGORITHMS.join(' ')}"`
  return `Bearer error="${code === 'TOKEN_MISSING' ? 'invalid_request' : 'invalid_token'}"`
}

/** Anything that was thrown, as a problem; what was not thrown on purpose is logged and told as `INTERNAL`. */
export function asGatewayError(thrown: unknown): GatewayError {
  return thrown instanceof GatewayError ? thrown : new GatewayError('INTERNAL', {}, { cause: thrown })
}
