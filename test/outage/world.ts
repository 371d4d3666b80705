/** Gateways on one database with a few hundred cases, in this process or as processes of their own, for a receiver that may be away. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { serve } from '@hono/node-server'
import type { JWK } from 'jose'
import { fillCases } from '../../bench/cases-data.ts'
import { assertionOf } from '../../src/cli/token.ts'
import { readConfig } from '../../src/config.ts'
import { createKeys } from '../../src/federation/keys.ts'
import { sealing } from '../../src/federation/sealing.ts'
import { createGateway } from '../../src/gateway.ts'
import { createSandboxClients } from '../../src/sandbox/clients.ts'
import { startSandbox } from '../../src/sandbox/sandbox.ts'
import { migrate } from '../../src/store/migrate.ts'
import { freePort } from '../support/free-port.ts'
import { startProcess, untilReady } from '../support/process.ts'
import { CLIENTS, subscribe } from './support.ts'

/** How many cases there are; a quarter of them twice over is under way. */
export const CASES = 400

/** Everything but the gateways: regions that only tell and do not answer, clients that may be posted to at this host, keys, cases. */
export async function startWorld(databaseUrl: string, webhookHost: string) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'delta-outage-'))
  const write = (name: string, content: unknown) => {
    const file = path.join(folder, name)
    writeFileSync(file, JSON.stringify(content), { mode: 0o600 })
    return file
  }
  const sandbox = await startSandbox({
    host: '127.0.0.1',
    port: 0,
    gatewayUrl: 'http://127.0.0.1:9',
    retryDelaysMs: [],
  })
  // Their signatures are all that is needed of them.
  await sandbox.close()
  const clients = createSandboxClients()
  const entries = clients.directory.clients.map((entry) => ({ ...entry, webhook_hosts: [webhookHost] }))
  const keys = await createKeys(new Date())
  await migrate(databaseUrl)
  await fillCases(
    databaseUrl,
    sealing(
      () => keys,
      () => new Date(),
    ),
    { count: CASES, heavy: [] },
  )
  const shared = {
    DATABASE_URL: databaseUrl,
    DATA_DIR: folder,
    // Receivers at private addresses are let in beside a sandbox alone.
    SANDBOX: 'on',
    REGION_DIRECTORY: write('regions.json', sandbox.directory),
    CLIENT_DIRECTORY: write('clients.json', { clients: entries }),
    KEYS_FILE: write('keys.json', keys),
    LOG_LEVEL: 'silent',
  }
  // Every gateway answers for the same address: their tokens are one another's.
  const publicUrl = 'http://127.0.0.1:9'
  return {
    environment: (port: number) => ({ ...shared, PORT: String(port), PUBLIC_URL: publicUrl }),
    /** Subscribes both clients through this gateway. @returns how to reach their subscriptions */
    subscribed: (gateway: string, receiver: string) =>
      Promise.all(
        CLIENTS.map(async (client) => {
          const key = clients.keys[client] as JWK
          const answer = await fetch(`${gateway}/oidc/token`, {
            method: 'POST',
            body: new URLSearchParams({
              grant_type: 'client_credentials',
              scope: 'events',
              client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
              client_assertion: await assertionOf(publicUrl, client, key),
            }),
          })
          const told = (await answer.json()) as { access_token?: string }
          const { access_token: token } = told
          if (token === undefined) throw new Error(`no token: ${answer.status} ${JSON.stringify(told)}`)
          return { path: `/api/v1/subscriptions/${await subscribe(gateway, token, receiver)}`, token }
        }),
      ),
    close: () => rmSync(folder, { recursive: true, force: true }),
  }
}

export type World = Awaited<ReturnType<typeof startWorld>>

const silent = { info: () => {}, warn: () => {}, error: () => {} }

/** A gateway in this process, with a clock that may run ahead. */
export async function gatewayHere(world: World, now: () => Date) {
  const port = await freePort()
  const gateway = await createGateway(readConfig(world.environment(port)), silent, undefined, undefined, now)
  const server = serve({ fetch: gateway.app.fetch, hostname: '127.0.0.1', port })
  gateway.work()
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      await gateway.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

/** A gateway as a process of its own. `again` kills it as nobody should, and starts it anew. */
export async function gatewayProcess(world: World) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  let started = startProcess(world.environment(port))
  await untilReady(url, started)
  const kill = async () => {
    started.child.kill('SIGKILL')
    await started.ended
  }
  return {
    url,
    kill,
    again: async () => {
      await kill()
      started = startProcess(world.environment(port))
      await untilReady(url, started)
    },
  }
}
