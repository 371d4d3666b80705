/** Characters that no text of a document may hold: those that XML 1.0 (§2.2) has no place for, and halves of a pair. */
import { escapePointer } from './pointers.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: these very characters are looked for.
const FORBIDDEN = /[\0-\x08\v\f\x0e-\x1f\ufffe\uffff]|\p{Cs}/u

/** Only these escapes of JSON make such a character. */
const MAY_MAKE_ONE = /\\[ubf]/

/** Whether JSON text may hold one, told without parsing: most text has no escape at all, and a plain search sees that soonest. */
export const mayBeForbidden = (json: string): boolean =>
  json.includes('\ufffe') || json.includes('\uffff') || (json.includes('\\') && MAY_MAKE_ONE.test(json))

/** Pointers of the texts and names of a value that hold one. */
export function forbiddenIn(value: unknown, pointer = ''): readonly string[] {
  if (typeof value === 'string') return FORBIDDEN.test(value) ? [pointer] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    FORBIDDEN.test(name) ? [pointer] : forbiddenIn(inner, `${pointer}/${escapePointer(name)}`),
  )
}
