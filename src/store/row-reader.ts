/** Reads rows of hot statements: drizzle's own reading of a row costs more than the row. */
import { getTableColumns } from 'drizzle-orm'
import type { PgTable } from 'drizzle-orm/pg-core'

/** Rows of one table, as drizzle would give them. */
export interface RowReader<Row> {
  /** The columns, for a `select`, each with its table's name before it. */
  readonly columns: string
  readonly read: (told: Readonly<Record<string, unknown>>) => Row
}

/** @param leftOut columns that no row has */
export function rowReader<Row>(
  table: PgTable,
  name: string,
  leftOut: readonly string[] = [],
): RowReader<Row> {
  const columns = Object.entries(getTableColumns(table)).filter(([key]) => !leftOut.includes(key))
  return {
    columns: columns.map(([, column]) => `${name}."${column.name}"`).join(', '),
    read: (told) => {
      const row: Record<string, unknown> = {}
      for (const [key, column] of columns) {
        const value = told[column.name]
        row[key] = value === null || value === undefined ? null : column.mapFromDriverValue(value)
      }
      // The columns are those of the table that the type was made of.
      return row as Row
    },
  }
}
