/** Two kinds of column that every table uses. */
import { customType, timestamp } from 'drizzle-orm/pg-core'

/** Bytes: a sealed box, or a file's content. */
export const bytes = customType<{ data: Buffer; driverData: Uint8Array }>({
  dataType: () => 'bytea',
  fromDriver: (value) => Buffer.from(value),
})

/** A moment. */
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Number of a transaction, never used twice. */
export const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })
