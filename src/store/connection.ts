/** One pool to one PostgreSQL, under drizzle and, for the hot statements, bare. */
import { drizzle } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'

/** A pool. A host that is a path (percent-encoded in the address) is the folder of a Unix socket. */
export function pool(url: string, max: number): postgres.Sql {
  const { hostname, port, username, password, pathname } = new URL(url)
  const host = decodeURIComponent(hostname)
  const socket = host.startsWith('/')
    ? {
        host,
        port: Number(port || 5432),
        username: decodeURIComponent(username),
        password: decodeURIComponent(password),
        database: pathname.slice(1),
      }
    : {}
  const options: postgres.Options<Record<string, never>> = {
    ...socket,
    max,
    // The query for array types has nobody to catch its error when a connection drops at once.
    fetch_types: false,
    backoff: () => 0.1,
    connect_timeout: 10,
    onnotice: () => {},
    connection: { application_name: 'delta-gateway', TimeZone: 'UTC' },
  }
  return host.startsWith('/') ? postgres(options) : postgres(url, options)
}

/** Opens a pool. `max` connections at most; a lost connection is replaced, and what ran on it is rejected. */
export function openDatabase(url: string, max = 16) {
  const sql = pool(url, max)
  // drizzle changes the parsers of its client: times come and go as text on both.
  const db = drizzle(sql)
  return { url, sql, db, close: () => sql.end({ timeout: 5 }) }
}

export type Database = ReturnType<typeof openDatabase>
