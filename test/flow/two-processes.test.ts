/** Two gateways on one PostgreSQL: rounds run once, and what a killed one had in hand goes on at the other. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { JWK } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getToken } from '../../src/cli/token.ts'
import { createKeys } from '../../src/federation/keys.ts'
import { createSandboxClients } from '../../src/sandbox/clients.ts'
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts'
import { pool } from '../../src/store/connection.ts'
import { freshDatabase } from '../support/database.ts'
import { freePort } from '../support/free-port.ts'
import { type Started, startProcess, untilReady } from '../support/process.ts'
import { storyOf } from './stories.ts'

const story = storyOf('zhejiang')
const folder = mkdtempSync(path.join(os.tmpdir(), 'delta-two-'))
const clients = createSandboxClients()
let database: Awaited<ReturnType<typeof freshDatabase>>
let sandbox: Sandbox
let sql: ReturnType<typeof pool>
let gateways: { url: string; process: Started }[]

beforeAll(async () => {
  const ports = [await freePort(), await freePort()]
  const publicUrl = `http://127.0.0.1:${ports[0]}`
  database = await freshDatabase()
  sql = pool(database.url, 2)
  sandbox = await startSandbox({ host: '127.0.0.1', port: 0, gatewayUrl: publicUrl, retryDelaysMs: [] })
  const write = (name: string, content: unknown) => {
    const file = path.join(folder, name)
    writeFileSync(file, JSON.stringify(content), { mode: 0o600 })
    return file
  }
  const environment = {
    PUBLIC_URL: publicUrl,
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    SANDBOX: 'off',
    REGION_DIRECTORY: write('regions.json', sandbox.directory),
    CLIENT_DIRECTORY: write('clients.json', clients.directory),
    KEYS_FILE: write('keys.json', await createKeys(new Date())),
    LOG_LEVEL: 'error',
  }
  gateways = ports.map((port) => ({
    url: `http://127.0.0.1:${port}`,
    process: startProcess({ ...environment, PORT: String(port) }),
  }))
  await Promise.all(gateways.map(({ url, process }) => untilReady(url, process)))
}, 60_000)
afterAll(async () => {
  for (const { process } of gateways) process.child.kill('SIGKILL')
  await Promise.all(gateways.map(({ process }) => process.ended))
  await sandbox.close()
  await sql.end()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

test('each shared round runs once, whichever process runs it', { timeout: 90_000 }, async () => {
  const count = async (state: string) =>
    Number(
      (
        await sql`select count(*)::int as n from pgboss.job where state = ${state}::pgboss.job_state and name = 'catalogue'`
      )[0]?.['n'],
    )
  // Both have begun by then; the rest of the 41 come a few at a time, and tell nothing more.
  await expect.poll(() => count('completed'), { timeout: 80_000, interval: 250 }).toBeGreaterThan(11)
  const runs = await sql`select name, singleton_key, count(*)::int as n from pgboss.job
    where name in ('catalogue', 'forget') group by name, singleton_key`
  expect(runs).toHaveLength(42)
  expect(runs.filter(({ n }) => n !== 1)).toEqual([])
})

test('work that a killed process held is done by the other within ten seconds', {
  timeout: 60_000,
}, async () => {
  const [first, second] = gateways as [(typeof gateways)[0], (typeof gateways)[0]]
  const key = clients.keys[story.client] as JWK
  const token = await getToken({ gateway: first.url, client: story.client, key, scope: 'cases' })
  const authorization = `Bearer ${token}`
  const form = new FormData()
  form.append('file', new File(['%PDF-1.4 one'], 'a.pdf'))
  const uploaded = await fetch(`${first.url}/api/v1/uploads`, {
    method: 'POST',
    headers: { authorization },
    body: form,
  })
  const { uploadId } = (await uploaded.json()) as { uploadId: string }
  const region = sandbox.regions.find((one) => one.region.region === story.region)
  region?.faults.add({ kind: 'slow', ms: 60_000, operation: 'case-submit' })
  const filing = fetch(`${first.url}/api/v1/cases`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(story.application(uploadId)),
  }).catch(() => undefined)
  await expect.poll(async () => (await sql`select 1 from dispatches`).length, { timeout: 5_000 }).toBe(1)
  first.process.child.kill('SIGKILL')
  expect(await first.process.ended).toBe('SIGKILL')
  await filing
  region?.faults.clear()
  const since = Date.now()
  await expect
    .poll(async () => (await sql`select state from dispatches`)[0]?.['state'], {
      timeout: 20_000,
      interval: 50,
    })
    .toBe('sent')
  expect(Date.now() - since).toBeLessThan(11_000)
  expect((await fetch(`${second.url}/readyz`)).status).toBe(200)
})
