import type { Office } from './office.ts'

/** The freedoms that the contract leaves to answers (section 1). The choice moves on with every use, the same in every run. */
function choose(office: Office, count: number): number {
  office.state.choices = (office.state.choices + 1) >>> 0
  const mixed = Math.imul(office.state.choices ^ (office.state.choices >>> 16), 0x7feb352d)
  return ((mixed ^ (mixed >>> 15)) >>> 0) % count
}

/** A member that comes as a number or as its digits; what is no number stays. */
export const numberOrText = (office: Office, value: number | ''): number | string =>
  value === '' || choose(office, 2) === 0 ? value : String(value)

/** A list that is a single object when it has exactly one element. */
export function oneOrMany<T>(office: Office, items: readonly T[]): readonly T[] | T {
  const [only] = items
  return only !== undefined && items.length === 1 && choose(office, 2) === 0 ? only : items
}

/** Members that no table names, now and then. */
export const extras = (office: Office): Record<string, unknown> =>
  choose(office, 3) === 0 ? {} : { traceId: `t${office.state.choices}`, ext: null }
