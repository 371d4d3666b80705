/** Placeholder until the audit branch is merged. */
import { bigserial, jsonb, pgTable, text } from 'drizzle-orm/pg-core'
import { at, bytes } from '../columns.ts'
import type { Database } from '../connection.ts'
export const accesses = pgTable('accesses', { position: bigserial('position', { mode: 'number' }).primaryKey(), holderKey: text('holder_key').notNull(), clock: text('clock').notNull(), id: text('id').notNull(), at: at('at').notNull(), mac: bytes('mac').notNull(), record: jsonb('record').notNull() })
export type AccessRow = Omit<typeof accesses.$inferInsert, 'position'>
export const appendAccess = async (tx: Pick<Database['db'], 'insert'>, rows: readonly AccessRow[]): Promise<void> => { if (rows.length > 0) await tx.insert(accesses).values([...rows]) }
