/** Statements of a transaction, whichever way it was begun. */
import { sql } from 'drizzle-orm'
import type postgres from 'postgres'
import type { Database } from '../connection.ts'

/**
 * A statement in a transaction, of the driver or of drizzle. Lists are given to it as JSON, so that its text is always the same and is
 * planned once.
 */
export type Ask = (
  text: TemplateStringsArray,
  ...values: readonly (string | number | Date | Buffer | null)[]
) => Promise<readonly Readonly<Record<string, unknown>>[]>

/** The same by drizzle, beside what else its transaction does. */
export const byDrizzle =
  (tx: Pick<Database['db'], 'execute'>): Ask =>
  (text, ...values) =>
    tx.execute(sql(text, ...values))

/** The same by the driver: on its pool, or in a transaction of its own. */
export const byDriver =
  (client: postgres.Sql | postgres.TransactionSql): Ask =>
  (text, ...values) =>
    client(text, ...values)
