/** A thousand applications, fifty at a time, while the gateway is killed ten times and the region fails one answer in five. */
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

const APPLICATIONS = 1_000
const AT_ONCE = 50
const KILLS = 10

const story = storyOf('zhejiang')
const folder = mkdtempSync(path.join(os.tmpdir(), 'delta-survival-'))
const clients = createSandboxClients()
let database: Awaited<ReturnType<typeof freshDatabase>>
let sandbox: Sandbox
let gateway: Started
let url: string
let sql: ReturnType<typeof pool>
let environment: Record<string, string>

const start = async () => {
  gateway = startProcess(environment)
  await untilReady(url, gateway)
}

beforeAll(async () => {
  const port = await freePort()
  url = `http://127.0.0.1:${port}`
  database = await freshDatabase()
  sql = pool(database.url, 2)
  sandbox = await startSandbox({ host: '127.0.0.1', port: 0, gatewayUrl: url, retryDelaysMs: [] })
  const write = (name: string, content: unknown) => {
    const file = path.join(folder, name)
    writeFileSync(file, JSON.stringify(content), { mode: 0o600 })
    return file
  }
  environment = {
    PORT: String(port),
    PUBLIC_URL: url,
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    SANDBOX: 'off',
    REGION_DIRECTORY: write('regions.json', sandbox.directory),
    CLIENT_DIRECTORY: write('clients.json', clients.directory),
    KEYS_FILE: write('keys.json', await createKeys(new Date())),
    LOG_LEVEL: 'error',
  }
  await start()
})
afterAll(async () => {
  gateway.child.kill('SIGKILL')
  await gateway.ended
  await sandbox.close()
  await sql.end()
  await database.drop()
  rmSync(folder, { recursive: true, force: true })
})

test('every application that was taken exists once in the region and once here', {
  timeout: 300_000,
}, async () => {
  const key = clients.keys[story.client] as JWK
  const token = await getToken({ gateway: url, client: story.client, key, scope: 'cases' })
  const authorization = `Bearer ${token}`
  await expect
    .poll(async () => (await fetch(`${url}/api/v1/matters/${story.application('')['matter']}`)).status, {
      timeout: 30_000,
    })
    .toBe(200)
  const form = new FormData()
  form.append('file', new File(['%PDF-1.4 one'], 'a.pdf'))
  const uploaded = await fetch(`${url}/api/v1/uploads`, {
    method: 'POST',
    headers: { authorization },
    body: form,
  })
  const { uploadId } = (await uploaded.json()) as { uploadId: string }
  const body = JSON.stringify(story.application(uploadId))

  const region = sandbox.regions.find((one) => one.region.region === story.region)
  if (!region) throw new Error('no region')
  region.faults.add({ kind: 'lost', oneIn: 5 })

  /** Files one application as a careful client does: the same key, until somebody says that it is taken. */
  const taken: string[] = []
  const fileOne = async (): Promise<void> => {
    const headers = {
      authorization,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    }
    for (;;) {
      const answer = await fetch(`${url}/api/v1/cases`, { method: 'POST', headers, body }).then(
        async (response) => ({ status: response.status, content: (await response.json()) as { id: string } }),
        () => undefined,
      )
      if (answer && (answer.status === 201 || answer.status === 202)) {
        taken.push(answer.content.id)
        return
      }
      if (answer && answer.status < 500 && answer.status !== 409)
        throw new Error(`refused: ${answer.status} ${JSON.stringify(answer.content)}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  let filed = 0
  const filing = Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (filed < APPLICATIONS) {
        filed += 1
        await fileOne()
      }
    }),
  )
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await expect
      .poll(() => taken.length, { timeout: 60_000, interval: 5 })
      .toBeGreaterThanOrEqual((APPLICATIONS / (KILLS + 1)) * kill - AT_ONCE)
    gateway.child.kill('SIGKILL')
    expect(await gateway.ended).toBe('SIGKILL')
    // The dead process holds leases that would only end by the clock.
    await sql`update dispatches set lease_until = now() where state = 'pending'`
    await start()
  }
  await filing
  expect(taken).toHaveLength(APPLICATIONS)
  expect(new Set(taken).size).toBe(APPLICATIONS)

  await expect
    .poll(
      async () => {
        // The pauses between attempts grow to a quarter of an hour: here the clock is helped along.
        await sql`update dispatches set next_attempt_at = now() where state = 'pending' and next_attempt_at > now()`
        return Number((await sql`select count(*) as n from dispatches where state <> 'sent'`)[0]?.['n'])
      },
      { timeout: 120_000, interval: 250 },
    )
    .toBe(0)

  const here = await sql`select id, source_number, case_number from cases`
  expect(here).toHaveLength(APPLICATIONS)
  expect(new Set(here.map((row) => row['case_number'])).size).toBe(APPLICATIONS)
  expect(here.map((row) => row['id']).toSorted()).toEqual(taken.toSorted())
  const there = new Map<string, number>()
  for (const { sourceNumber, status } of region.region.cases())
    if (sourceNumber && status !== 'DRAFT') there.set(sourceNumber, (there.get(sourceNumber) ?? 0) + 1)
  expect([...there.values()].filter((count) => count !== 1)).toEqual([])
  expect([...there.keys()].toSorted()).toEqual(here.map((row) => String(row['source_number'])).toSorted())
})
