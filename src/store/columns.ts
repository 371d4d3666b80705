/** Kinds of column that the tables share, and rows of bare statements read by them. */
import { getTableColumns } from 'drizzle-orm'
import { customType, type PgTable, timestamp } from 'drizzle-orm/pg-core'

/** Bytes: a sealed box, or a file's content. */
export const bytes = customType<{ data: Buffer; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (value) => Buffer.from(value),
})

/** A moment. */
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Number of a transaction, never used twice. */
export const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })

/** Reads rows that a bare statement gave with the names of the columns, as drizzle would. */
export function rowReader<T extends PgTable>(
  table: T,
): (row: Readonly<Record<string, unknown>>) => T['$inferSelect'] {
  const columns = Object.entries(getTableColumns(table))
  return (row) => {
    const read: Record<string, unknown> = {}
    for (const [name, column] of columns) {
      const value = row[column.name]
      read[name] = value === null ? null : column.mapFromDriverValue(value)
    }
    return read as T['$inferSelect']
  }
}
