/** The text of a signed token. */

const PART = /^[A-Za-z0-9_-]+$/

/**
 * A token's text must be the one encoding of its parts: JOSE libraries accept others, and two texts of one token must not
 * pass for two tokens.
 */
export function isCanonical(token: string): boolean {
  const parts = token.split('.')
  return (
    parts.length === 3 &&
    parts.every((part) => PART.test(part) && Buffer.from(part, 'base64url').toString('base64url') === part)
  )
}
