/** The code tables of a region, as its documentation shows them. */

/** A code table with its name, as the documentation shows it. */
export interface NamedTable {
  readonly name: string
  readonly table: Readonly<Record<string, readonly string[]>>
}

/** The code tables among what a module of a region exports, by name: a module lists its exports in no order that can be relied on. */
export const tablesIn = (...modules: readonly object[]): readonly NamedTable[] =>
  modules
    .flatMap((one) => Object.values(one).filter(isNamedTable))
    .map(({ name, table }) => ({ name, table, key: name + JSON.stringify(table) }))
    .toSorted((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ name, table }) => ({ name, table }))

const isNamedTable = (value: unknown): value is NamedTable =>
  typeof value === 'object' && value !== null && 'name' in value && 'table' in value
