/** A whole gateway over real HTTP and a fresh database, with the sandbox beside it, on ports that are free. */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { serve } from '@hono/node-server'
import type { JWK } from 'jose'
import type { CityDifference } from '../../src/adapters/kit/contract.ts'
import { getToken } from '../../src/cli/token.ts'
import { readConfig } from '../../src/config.ts'
import { attemptDue } from '../../src/federation/cases/dispatch.ts'
import { takeAsks } from '../../src/federation/cases/poll-cases.ts'
import type { Log } from '../../src/federation/deps.ts'
import { syncCity } from '../../src/federation/matters/sync-catalogue.ts'
import { syncWindows } from '../../src/federation/windows/sync-windows.ts'
import { createGateway } from '../../src/gateway.ts'
import { createSandboxClients } from '../../src/sandbox/clients.ts'
import type { Clock } from '../../src/sandbox/clock.ts'
import { GUESTS } from '../../src/sandbox/guests.ts'
import { postOverNetwork, startSandbox } from '../../src/sandbox/sandbox.ts'
import type { SimulatedRegionId, World } from '../../src/sandbox/simulated.ts'
import type { Staged } from '../../src/sandbox/stage.ts'
import { pool } from '../../src/store/connection.ts'
import { freshDatabase } from './database.ts'

/** An answer, read whole. `body` is JSON where it was JSON. */
export interface Told {
  readonly status: number
  readonly headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers member by member, and a wrong member fails them.
  readonly body: any
  readonly bytes: Buffer
}

/** The API as one client sees it. */
export type Caller = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Told>

type Options = {
  readonly differences?: readonly CityDifference[]
  /** Changes the region directory before the gateway reads it. */
  // biome-ignore lint/suspicious/noExplicitAny: a directory's regions have four different shapes.
  readonly directory?: (directory: any) => object | Promise<object>
  /** Clients beside those of the sandbox, as `CLIENT_DIRECTORY` has them. */
  readonly clients?: readonly object[]
  /** The address that callers know, where it is another one than the server's: behind a proxy. */
  readonly publicUrl?: string
  /** The gateway's clock, where it is not the machine's. */
  readonly now?: () => Date
  /** The clock of the gateway and of the regions, which can be put forward. Callbacks are then repeated as the contracts say. */
  readonly clock?: Clock
  /** Starts the gateway's own background work: dispatching, polling, reading catalogues. */
  readonly work?: boolean
}

/** Starts it; `close` ends and removes everything. */
export async function startTestGateway(options: Options = {}) {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'delta-gateway-'))
  const database = await freshDatabase()
  let answer: (request: Request, env: object) => Response | Promise<Response> = () =>
    new Response('starting', { status: 503 })
  const server = serve({
    fetch: (request, env) => answer(request, env),
    port: 0,
    hostname: '127.0.0.1',
  })
  const port = await new Promise<number>((resolve) => {
    server.once('listening', () => resolve((server.address() as { port: number }).port))
  })
  const url = `http://127.0.0.1:${port}`
  const mail = mailbox()
  const sandbox = await startSandbox({
    host: '127.0.0.1',
    port: 0,
    gatewayUrl: url,
    ...(options.clock ? { clock: options.clock } : { retryDelaysMs: [] }),
    post: mail.post,
  })
  const clients = createSandboxClients()
  const told: { level: string; facts: object; message: string }[] = []
  const note = (level: string) => (facts: object, message: string) =>
    void told.push({ level, facts, message })
  const log: Log = { info: note('info'), warn: note('warn'), error: note('error') }
  const gateway = await createGateway(
    readConfig({ DATABASE_URL: database.url, DATA_DIR: dataDir, PUBLIC_URL: options.publicUrl ?? url }),
    log,
    {
      directory: (await options.directory?.(structuredClone(sandbox.directory))) ?? sandbox.directory,
      clients: { clients: [...clients.directory.clients, ...(options.clients ?? [])] },
      control: sandbox.control,
      guests: GUESTS,
    },
    options.differences,
    options.clock?.now ?? options.now,
  )
  answer = gateway.app.fetch as typeof answer
  if (options.work) gateway.work()

  /** The API as this client of the sandbox, with all its scopes. */
  const as = async (client: string, scope = 'cases convert'): Promise<Caller> => {
    const key = clients.keys[client] as JWK
    const token = await getToken({ gateway: url, client, key, scope })
    return (method, at, body, headers = {}) =>
      call(url, method, at, body, { authorization: `Bearer ${token}`, ...headers })
  }
  const anyone: Caller = (method, at, body, headers) => call(url, method, at, body, headers ?? {})

  return {
    url,
    gateway,
    sandbox,
    mail,
    told,
    dataDir,
    clients,
    databaseUrl: database.url,
    as,
    anyone,
    /** The region as its clerks see it. */
    region: (id: SimulatedRegionId): Staged => {
      const found = sandbox.regions.find(({ region }) => region.region === id)
      if (!found) throw new Error(`the sandbox does not play ${id}`)
      return found
    },
    /** Reads these cities' catalogues now. */
    sync: async (...divisions: readonly string[]) => {
      for (const division of divisions) await syncCity(division, { ...gateway.deps, warn: log.warn })
    },
    /** Reads these cities' windows now. */
    syncWindows: async (...cities: readonly string[]) => {
      for (const city of cities) await syncWindows(city, gateway.deps)
    },
    /** Asks the regions about every open case now. */
    poll: async () => {
      const sql = pool(database.url, 1)
      await sql`update cases set next_ask_at = now() - interval '1 second' where next_ask_at is not null`
      let count = 0
      for (;;) {
        await sql`update ask_turns set next_at = now() - interval '1 second'`
        const { taken, asked } = await takeAsks(gateway.deps)
        await asked
        count += taken
        if (taken === 0) break
      }
      await sql.end()
      return count
    },
    /** Sends what is owed to the regions now, whatever its pause. @returns how many were tried. */
    dispatch: async () => {
      const sql = pool(database.url, 1)
      await sql`update dispatches set next_attempt_at = now() - interval '1 second' where state = 'pending'`
      await sql.end()
      return attemptDue(gateway.deps)
    },
    close: async () => {
      await gateway.close()
      await sandbox.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** One callback as a region posted it. */
export interface Letter {
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string | Buffer
}

/** The mail between regions and gateway: every letter is kept; while it is held, none arrives. */
function mailbox() {
  const letters: Letter[] = []
  const mail = {
    letters,
    held: false,
    send: ({ url, headers, body }: Letter) => postOverNetwork(url, headers, body),
    post: (async (url, headers, body) => {
      letters.push({ url, headers, body })
      if (mail.held) throw new Error('held')
      return postOverNetwork(url, headers, body)
    }) satisfies World['post'],
  }
  return mail
}

export type TestGateway = Awaited<ReturnType<typeof startTestGateway>>

/** One request, its answer read whole. */
export async function call(
  url: string,
  method: string,
  at: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Told> {
  const raw = typeof body === 'string' || body instanceof FormData || body instanceof Uint8Array
  const answered = await fetch(url + at, {
    method,
    headers: {
      ...(body === undefined || raw ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: raw ? (body as string) : JSON.stringify(body) }),
  })
  const bytes = Buffer.from(await answered.arrayBuffer())
  const json = /json/.test(answered.headers.get('content-type') ?? '')
  return {
    status: answered.status,
    headers: answered.headers,
    bytes,
    body: json && bytes.length > 0 ? JSON.parse(bytes.toString('utf8')) : bytes.toString('utf8'),
  }
}

/** Uploads one file and gives its reference. */
export async function upload(caller: Caller, name: string, content = `%PDF-1.4 ${name}`): Promise<string> {
  const form = new FormData()
  form.append('file', new File([content], name, { type: 'application/pdf' }))
  const { status, body } = await caller('POST', '/api/v1/uploads', form)
  if (status !== 201) throw new Error(`upload: ${status} ${JSON.stringify(body)}`)
  return body.uploadId
}

/** Files an application under a key of its own. */
export const file = (caller: Caller, application: unknown, headers: Record<string, string> = {}) =>
  caller('POST', '/api/v1/cases', application, { 'idempotency-key': crypto.randomUUID(), ...headers })
