/** One PostgreSQL for a whole run of the tests: fast, not durable, with one migrated database to copy from. */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { pool } from '../../src/store/connection.ts'
import { startEmbedded } from '../../src/store/embedded/server.ts'
import { migrate } from '../../src/store/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    databaseUrl: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'delta-test-'))
  const server = await startEmbedded({ dataDir, durable: false })
  const sql = pool(server.url, 1)
  await sql`create database template_delta`
  await sql.end()
  await migrate(server.url.replace(/postgres$/, 'template_delta'))
  project.provide('databaseUrl', server.url)
  return async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
