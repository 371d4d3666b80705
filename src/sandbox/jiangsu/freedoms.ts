import type { Office } from './office.ts'

/** The freedoms that the contract leaves to answers (1.6). The choice moves on with every use, the same in every run. */
function choose(office: Office, count: number): number {
  office.state.choices = (office.state.choices + 1) >>> 0
  const mixed = Math.imul(office.state.choices ^ (office.state.choices >>> 15), 0x2c1b3c6d)
  return ((mixed ^ (mixed >>> 13)) >>> 0) % count
}

/** A member marked num/str: the number, or its digits. */
export const numberOrText = (office: Office, value: number): number | string =>
  choose(office, 2) === 0 ? value : String(value)

/** A collection: one element may stand alone, and none is an empty text. */
export function collection<T>(office: Office, items: readonly T[]): readonly T[] | T | '' {
  const [only] = items
  if (only === undefined) return choose(office, 2) === 0 ? [] : ''
  return items.length === 1 && choose(office, 2) === 0 ? only : items
}

/** Members that no table names, now and then. */
export const extras = (office: Office): Record<string, unknown> =>
  choose(office, 3) === 0 ? {} : { rowguid: `x${office.state.choices}`, ext: null }

/** Base64, sometimes in lines of 76. */
export const base64 = (office: Office, text: string): string =>
  choose(office, 2) === 0 ? text : text.replaceAll(/.{76}/g, '$&\r\n')

/** The name of a file's format, in lower or upper case. */
export const eitherCase = (office: Office, text: string): string =>
  choose(office, 2) === 0 ? text : text.toUpperCase()
