/** What every answer tells browsers, whoever of us writes it. */

export const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"

/** Headers beside an answer's own: its number, no guessing of types, no referrer (addresses may hold a ticket), no frames. */
export const commonHeaders = (requestId: string): readonly (readonly [name: string, value: string])[] => [
  ['x-request-id', requestId],
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'no-referrer'],
  ['content-security-policy', POLICY],
]
