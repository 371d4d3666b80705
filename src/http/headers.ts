/** What every answer tells browsers, whoever of us writes it. */
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'

/** Nothing written into a page counts as style or script, so that nothing that was smuggled into one does. */
export const POLICY =
  "default-src 'self'; object-src 'none'; frame-src 'none'; frame-ancestors 'none'; base-uri 'none'"

/**
 * Where a page's forms may lead. Browsers look at every redirection that follows a form, so the page that agrees for a client, or logs out
 * at a region, names that other place.
 * @param target one more origin
 */
export const withForms = (target?: string): string =>
  `${POLICY}; form-action 'self'${target === undefined ? '' : ` ${target}`}`

/**
 * Headers beside an answer's own: its number, no guessing of types, no referrer (addresses may hold a ticket), no frames.
 * @param formTarget where the page's forms may lead beside ourselves
 */
export const commonHeaders = (
  requestId: string,
  formTarget?: string,
): readonly (readonly [name: string, value: string])[] => [
  ['x-request-id', requestId],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['content-security-policy', withForms(formTarget)],
]

/**
 * Adds headers to an answer that a handler has made. `c.header` would make the whole answer anew for each of them, and its body a
 * stream: of the time that a small answer takes that was a good part.
 * @param how `set` replaces what the answer says already
 */
export function addHeaders(
  { res }: Pick<Context, 'res'>,
  headers: Iterable<readonly [name: string, value: string]>,
  how: 'set' | 'append' = 'set',
): void {
  // One object stands for every answer that was written to its connection.
  if (res === RESPONSE_ALREADY_SENT) return
  for (const [name, value] of headers) res.headers[how](name, value)
}
