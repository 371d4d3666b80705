/** A gateway, the played regions and a database, each a process of its own on this machine, for a load. */
import type { ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { JWK } from 'jose'
import { Pool } from 'undici'
import { assertionOf } from '../src/cli/token.ts'
import { createKeys, type Keys } from '../src/federation/keys.ts'
import { createSandboxClients } from '../src/sandbox/clients.ts'
import { startEmbedded } from '../src/store/embedded/server.ts'
import { freePort } from '../test/support/free-port.ts'
import { end, run, runGateway, untilAnswered } from './processes.ts'

export interface Bench {
  readonly url: string
  /** Where the regions' clerks are. */
  readonly desk: string
  readonly databaseUrl: string
  readonly folder: string
  readonly gateway: ChildProcess
  readonly keyOf: (client: string) => JWK
  /** The gateway's own keys, for data that it must open. */
  readonly keys: Keys
}

/** A region directory, as far as a bench changes it. */
export interface Directory {
  readonly regions: object
  readonly cities: Record<string, object>
}

/**
 * Starts all of it, hands it over, and takes it down.
 * @param changed gives the gateway another directory than the sandbox's
 * @param environment of the gateway, beside what it needs
 */
export async function withGateway(
  work: (bench: Bench) => Promise<void>,
  changed?: (directory: Directory) => Directory,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'delta-bench-'))
  const database = await startEmbedded({ dataDir: folder })
  const [port, sandboxPort] = [await freePort(), await freePort()]
  const url = `http://127.0.0.1:${port}`
  const write = (name: string, content: unknown) => {
    const file = path.join(folder, name)
    writeFileSync(file, JSON.stringify(content), { mode: 0o600 })
    return file
  }
  const clients = createSandboxClients()
  const keys = await createKeys(new Date())
  const directory = path.join(folder, 'regions.json')
  const sandbox = run(['src/sandbox/main.ts'], {
    SANDBOX_PORT: String(sandboxPort),
    GATEWAY_URL: url,
    DIRECTORY_OUT: directory,
  })
  const desk = `http://127.0.0.1:${sandboxPort + 40}/__sandbox`
  await untilAnswered(desk)
  if (changed) writeFileSync(directory, JSON.stringify(changed(JSON.parse(readFileSync(directory, 'utf8')))))
  const gateway = runGateway({
    PORT: String(port),
    PUBLIC_URL: url,
    DATABASE_URL: database.url,
    DATA_DIR: folder,
    SANDBOX: 'off',
    REGION_DIRECTORY: directory,
    CLIENT_DIRECTORY: write('clients.json', clients.directory),
    KEYS_FILE: write('keys.json', keys),
    LOG_LEVEL: 'error',
    ...environment,
  })
  try {
    await untilAnswered(`${url}/readyz`)
    await work({
      url,
      desk,
      databaseUrl: database.url,
      folder,
      gateway,
      keyOf: (client) => clients.keys[client] as JWK,
      keys,
    })
  } finally {
    await end(gateway)
    await end(sandbox)
    await database.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The form by which a client exchanges somebody's log-in with a region for a token; `asked` is what it asks for besides. */
export async function exchangeForm(
  { url, desk, keyOf }: Bench,
  { client, region, account }: { client: string; region: string; account: string },
  asked: Readonly<Record<string, string>>,
): Promise<URLSearchParams> {
  const answer = await fetch(`${desk}/${region}/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account }),
  })
  const { ticket } = (await answer.json()) as { ticket: string }
  return new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: ticket,
    subject_token_type: `urn:delta-gateway:token-type:${region}-login`,
    ...asked,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await assertionOf(url, client, keyOf(client), 600),
  })
}

/** One request of a load. */
export interface Shot {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  /** Whether the answer says yes; without it every answer of its status does. One that says no is counted under 0. */
  readonly isTaken?: (body: string) => boolean
}

/** What a load met: answers by status, and the times of all of them, sorted, in milliseconds. */
export interface Met {
  readonly statuses: ReadonlyMap<number, number>
  readonly times: readonly number[]
  readonly seconds: number
}

/** Asks as fast as answers come, so many at once, for so long. `next` is called before each request; the clock starts after it. */
export async function load(
  url: string,
  { seconds, atOnce }: { seconds: number; atOnce: number },
  next: () => Shot | Promise<Shot>,
): Promise<Met> {
  const pool = new Pool(url, { connections: atOnce })
  const statuses = new Map<number, number>()
  const times: number[] = []
  const started = performance.now()
  const until = started + seconds * 1000
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (performance.now() < until) {
        const shot = await next()
        const since = performance.now()
        const answer = await pool.request({
          method: shot.method,
          path: shot.path,
          headers: { ...shot.headers },
          ...(shot.body === undefined ? {} : { body: shot.body }),
        })
        await answer.body.dump()
        times.push(performance.now() - since)
        statuses.set(answer.statusCode, (statuses.get(answer.statusCode) ?? 0) + 1)
      }
    }),
  )
  const took = (performance.now() - started) / 1000
  await pool.close()
  return { statuses, times: times.toSorted((a, b) => a - b), seconds: took }
}

/**
 * Asks so many times a second, whatever the answers do: each time counts from the moment at which its request was due, so that what
 * waits behind a slow answer is slow too. Several shots at once are asked one after the other, and are one time.
 */
export async function paced(
  url: string,
  { seconds, perSecond }: { seconds: number; perSecond: number },
  next: (index: number) => Shot | readonly Shot[],
): Promise<Met> {
  const pool = new Pool(url, { connections: 128 })
  const statuses = new Map<number, number>()
  const times: number[] = []
  const asked: Promise<void>[] = []
  const started = performance.now()
  const ask = async (index: number) => {
    const due = started + (index * 1000) / perSecond
    for (const { method, path, headers, body, isTaken } of [next(index)].flat()) {
      const answer = await pool.request({
        method,
        path,
        headers: { ...headers },
        ...(body === undefined ? {} : { body }),
      })
      const told = await answer.body.text()
      const code = (isTaken?.(told) ?? true) ? answer.statusCode : 0
      statuses.set(code, (statuses.get(code) ?? 0) + 1)
    }
    times.push(performance.now() - due)
  }
  const total = seconds * perSecond
  while (asked.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - started) * perSecond) / 1000) + 1)
    while (asked.length < due) asked.push(ask(asked.length))
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  await Promise.all(asked)
  const took = (performance.now() - started) / 1000
  await pool.close()
  return { statuses, times: times.toSorted((a, b) => a - b), seconds: took }
}

/** The time below which this part of the answers came. */
export const timeAt = ({ times }: Met, part: number): number =>
  Number((times[Math.floor(times.length * part)] ?? 0).toFixed(1))

/** A row of a table: answers a second of one status, how many had another, and how long they took. */
export function rowOf(met: Met, status: number) {
  const { rate, others } = rateOf(met, status)
  return { 'a second': rate, others, 'p50 (ms)': timeAt(met, 0.5), 'p95 (ms)': timeAt(met, 0.95) }
}

/** Answers a second of one status, and how many had another. */
export const rateOf = ({ statuses, seconds }: Met, status: number) => ({
  rate: Math.round((statuses.get(status) ?? 0) / seconds),
  others: [...statuses].reduce((sum, [one, count]) => (one === status ? sum : sum + count), 0),
})
