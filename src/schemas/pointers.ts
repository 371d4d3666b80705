/** JSON Pointers (RFC 6901) into documents. */

/** Escapes one reference token. */
export const escapePointer = (token: string): string =>
  /[~/]/.test(token) ? token.replaceAll('~', '~0').replaceAll('/', '~1') : token

/** The pointer to a member, by its names from the outside in. A caller's long name is cut: no answer is filled with it. */
export const pointerTo = (...tokens: readonly (string | number)[]): string =>
  tokens.map((token) => `/${escapePointer(String(token).slice(0, 60))}`).join('')

/** Pointers of all leaves of a value: scalars, empty arrays and empty objects. */
export function leaves(value: unknown, pointer = ''): string[] {
  if (value === undefined) return []
  if (typeof value !== 'object' || value === null) return [pointer]
  const out: string[] = []
  for (const [key, inner] of Object.entries(value))
    out.push(...leaves(inner, `${pointer}/${escapePointer(key)}`))
  return out.length > 0 || Object.keys(value).length > 0 ? out : [pointer]
}
