/** Tables of a played region, by keys that come from outside. */

/** What a table holds under a key that may be anything; nothing of what every object inherits. */
export const entryOf = <T>(table: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined

/** Drops the oldest entries of a table that has more than so many. */
export function keepNewest(table: Record<string, unknown>, most: number): void {
  const keys = Object.keys(table)
  for (const key of keys.slice(0, Math.max(0, keys.length - most))) delete table[key]
}
