import type { Office } from './office.ts'

/**
 * The freedoms that the contract leaves to answers and callbacks (sections 1 and 6). The choice moves on with
 * every use, so that one member is seen in all its forms, and it is the same in every run.
 */
function choose(office: Office, count: number): number {
  office.state.choices = (office.state.choices + 1) >>> 0
  let mixed = Math.imul(office.state.choices, 0x9e3779b1)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b)
  return ((mixed ^ (mixed >>> 13)) >>> 0) % count
}

/** A member marked *num|str*: the number itself, or its decimal digits. */
export function numberOrText(office: Office, value: number): number | string {
  return choose(office, 2) === 0 ? value : String(value)
}

/** A member marked *list|one*: one element may stand alone, no element may be `null`. */
export function listOrOne<T>(office: Office, items: readonly T[]): readonly T[] | T | null {
  if (items.length > 1) return items
  const [only] = items
  if (only === undefined) return choose(office, 2) === 0 ? [] : null
  return choose(office, 2) === 0 ? items : only
}

/** An absent member: `null`, an empty text, or not there at all. */
export function absent(office: Office): null | '' | undefined {
  return ([null, '', undefined] as const)[choose(office, 3)]
}

/** A member that may be absent. */
export function orAbsent<T>(office: Office, value: T | undefined): T | null | '' | undefined {
  return value === undefined || value === '' ? absent(office) : value
}

/** A member that no table names, now and then: the reader has to pass over it. */
export function extra(office: Office, name: string, value: unknown): Record<string, unknown> {
  return choose(office, 3) === 0 ? {} : { [name]: value }
}

/** Base64 in one line, or broken by CR LF after every 76 characters (contract 4.f.2, 4.g.2). */
export function base64Of(office: Office, bytes: Buffer): string {
  const whole = bytes.toString('base64')
  return choose(office, 3) === 0 ? whole : whole.replace(/.{76}(?=.)/g, '$&\r\n')
}

/** One of the given forms. */
export function oneOf<T>(office: Office, first: T, second: T): T {
  return choose(office, 2) === 0 ? first : second
}
