/** Brings a database to the present tables. Safe when several processes start at once. */
import { drizzle } from 'drizzle-orm/postgres-js'
import { migrate as applyMigrations } from 'drizzle-orm/postgres-js/migrator'
import { pool } from './connection.ts'

const MIGRATION_LOCK = 4_141_2019

/** Applies what is missing of `drizzle/`. @throws what PostgreSQL says, when a migration does not fit. */
export async function migrate(url: string): Promise<void> {
  const client = pool(url, 1)
  try {
    // A session lock: the second process waits, then finds everything applied.
    await client`select pg_advisory_lock(${MIGRATION_LOCK})`
    await applyMigrations(drizzle(client), {
      migrationsFolder: new URL('../../drizzle', import.meta.url).pathname,
    })
  } finally {
    await client.end({ timeout: 5 })
  }
}
