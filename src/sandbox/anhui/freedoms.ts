import type { Office } from './office.ts'

/**
 * The freedoms that the contract leaves to answers and callbacks (sections 1, 3.8 and 6). The choice moves on
 * with every use, so that one member is met in all its forms, and it is the same in every run.
 */
export function choose(office: Office, count: number): number {
  office.state.choices = (office.state.choices + 1) >>> 0
  let mixed = Math.imul(office.state.choices ^ (office.state.choices >>> 16), 0x45d9f3b)
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x45d9f3b)
  return ((mixed ^ (mixed >>> 16)) >>> 0) % count
}

/** A number, or its decimal digits. */
export function numberOrText(office: Office, value: number): number | string {
  return choose(office, 2) === 0 ? value : String(value)
}

/** A collection: the only element of one may stand alone (contract 3.8); nothing in it is always `[]`. */
export function oneOrMany<T>(office: Office, items: readonly T[]): readonly T[] | T {
  const [only] = items
  return only !== undefined && items.length === 1 && choose(office, 2) === 0 ? only : items
}

/** Members that no table names, now and then: whoever reads has to pass over them. */
export function extras(office: Office): Record<string, unknown> {
  return choose(office, 3) === 0 ? {} : { rowNum: 1 + choose(office, 97), ext1: null }
}
