/** Puts the gateway together from its configuration, and runs what it does by itself. */
import path from 'node:path'
import type { Hono } from 'hono'
import equivalences from '../data/equivalences.json' with { type: 'json' }
import { adapters, cities } from './adapters/index.ts'
import type { CityDifference } from './adapters/kit/contract.ts'
import { networkTransport } from './adapters/kit/transport.ts'
import { webhookTransport } from './adapters/kit/webhook-transport.ts'
import { gatewayApp } from './app.ts'
import { type Config, keptFile, LIMITS } from './config.ts'
import { raise } from './federation/cases/apply-news.ts'
import { clientBook } from './federation/clients.ts'
import { conversions } from './federation/conversions/convert.ts'
import type { Equivalence } from './federation/conversions/equivalence.ts'
import type { Deps, Log } from './federation/deps.ts'
import { regionDirectory } from './federation/directory/regions.ts'
import { discreet } from './federation/discreet-log.ts'
import { type Live, liveEvents } from './federation/events/live.ts'
import { tail } from './federation/events/tail.ts'
import { recorder } from './federation/exchanges/record.ts'
import { endings } from './federation/identity/endings.ts'
import { identityTokens } from './federation/identity/identity-token.ts'
import { endAuthentication } from './federation/identity/log-in.ts'
import { wrongTickets } from './federation/identity/wrong-tickets.ts'
import { keyRing } from './federation/key-ring.ts'
import { createKeys, publicJwks } from './federation/keys.ts'
import { catalogue } from './federation/matters/catalogue.ts'
import { finder } from './federation/matters/search/finder.ts'
import { sealing } from './federation/sealing.ts'
import { dpopVerifier } from './http/dpop.ts'
import type { Env } from './http/env.ts'
import { eventStream } from './http/event-stream.ts'
import { rateLimit } from './http/limits.ts'
import { metrics } from './http/metrics.ts'
import { parseClients } from './http/oidc/clients.ts'
import { interactions } from './http/oidc/interactions.ts'
import { logOutEverywhere } from './http/oidc/log-out.ts'
import { oidcRoutes } from './http/oidc/routes.ts'
import { authorizationServer } from './http/oidc/server.ts'
import { described } from './http/openapi/described.ts'
import { openApi } from './http/openapi/document.ts'
import { bearer, tokenVerifier } from './http/tokens.ts'
import { type Guests, visits } from './http/visits.ts'
import { logInIn } from './portal/frame/guard.ts'
import { portalRoutes } from './portal/routes.ts'
import { openDatabase } from './store/connection.ts'
import { startEmbedded } from './store/embedded/server.ts'
import { diskFiles } from './store/files.ts'
import { openStore } from './store/index.ts'
import { migrate } from './store/migrate.ts'
import { repeat, startShared, startWork } from './work.ts'

/** What the sandbox hands to a gateway that runs beside it. */
export interface Beside {
  readonly directory: object
  readonly clients: object
  readonly control: Hono | undefined
  /** Whom readers of the API’s description may play; absent where the regions are not played in this process. */
  readonly guests?: Guests
  /** The clock of the played regions, which can be put forward; the machine's when absent. */
  readonly now?: () => Date
}

/** A gateway that is put together. `work` starts what it does by itself; `close` ends everything. */
export interface Gateway {
  readonly app: Hono<Env>
  /** `/metrics`, for a port of its own. */
  readonly metrics: Hono
  readonly deps: Deps
  readonly live: Live
  readonly work: () => void
  /** Looks at the key file now. */
  readonly refreshKeys: () => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * @param now its clock: another than the machine's lets days pass in a moment
 * @throws GatewayError `CONFIGURATION_INVALID` for anything that must not start.
 */
export async function createGateway(
  config: Config,
  given: Log,
  beside: Beside | undefined,
  differences: readonly CityDifference[] = cities,
  now: () => Date = beside?.now ?? (() => new Date()),
): Promise<Gateway> {
  const log = discreet(given)
  if (config.keysFile === undefined)
    await keptFile(config.dataDir, 'keys.json', async () => JSON.stringify(await createKeys(now())))
  const ring = keyRing(config.keysFile ?? path.join(config.dataDir, 'keys.json'), log, now)
  const clients = parseClients(config.clientDirectory ?? beside?.clients ?? { clients: [] })
  const embedded = config.databaseUrl ? undefined : await startEmbedded({ dataDir: config.dataDir })
  const url = config.databaseUrl ?? embedded?.url ?? ''
  await migrate(url)
  const database = openDatabase(url, LIMITS.databaseConnections)
  const store = openStore(database)
  const transport = networkTransport({ connections: LIMITS.regionCallsAtOnce })
  const exchanges = config.isRecording ? recorder() : undefined
  const directory = regionDirectory(
    config.regionDirectory ?? beside?.directory ?? { regions: {} },
    adapters,
    differences,
    transport.send,
    now,
    (region, alarm) => {
      raise(region, [alarm], deps).catch((error: unknown) =>
        log.error(
          { region, reason: error instanceof Error ? error.message : 'unknown' },
          'an alarm was not kept',
        ),
      )
    },
    exchanges?.heard,
  )
  const stopping = new AbortController()
  const webhooks = webhookTransport({ isPrivateAllowed: config.sandbox })
  // JSON modules widen literals; the shapes are checked by a test of the data.
  const book = catalogue(store, equivalences.equivalences as readonly Equivalence[], now)
  const deps: Deps = {
    store,
    sealing: sealing(ring.keys, now),
    endings: endings(store, now),
    identityTokens: identityTokens(ring.keys, config.publicUrl, now),
    clients: clientBook(clients),
    publicUrl: config.publicUrl,
    directory,
    catalogue: book,
    finder: finder(store, equivalences.equivalences as readonly Equivalence[], now),
    conversions: conversions({
      adapters,
      options: directory.options,
      book: book.book,
      heard: exchanges?.heard,
    }),
    files: diskFiles(`${config.dataDir}/files`),
    tail: tail({ store, log }, stopping.signal),
    webhooks: { post: webhooks.post, isPrivateAllowed: config.sandbox, outcomes: new Map() },
    exchanges,
    log,
    now,
  }
  // Before anything is answered: what has ended elsewhere must not count here for a moment.
  await deps.endings.refresh()
  let jwks = publicJwks(ring.keys(), now())
  const verify = tokenVerifier({
    jwks: () => jwks,
    issuer: config.publicUrl,
    sealing: deps.sealing,
    endings: deps.endings,
  })
  const live = liveEvents(deps)
  await deps.tail.onRows(live.told)
  const { measure, refused, app: metricsApp } = metrics(deps, live)
  const cookieKeys = [deps.sealing.hash('cookies', config.publicUrl)]
  const wrong = wrongTickets(now)
  const serverNow = () =>
    authorizationServer({
      deps,
      clients,
      keys: ring.keys(),
      state: store.oidc,
      verify,
      cookieKeys,
      wrong,
      refused,
      isPrivateAllowed: config.sandbox,
      logInOf: (cookies) => logInIn(cookies, deps),
    })
  let provider = serverNow()
  const logOut = async (authenticationId: string) => {
    await endAuthentication(authenticationId, deps)
    await logOutEverywhere(provider, store.oidc, authenticationId, log)
  }
  const limit = rateLimit(now, LIMITS.logInsPerMinute)
  // Tokens and their proofs live by the machine's clock, as the authorization server does: a clock put forward must not end them.
  const dpop = dpopVerifier(
    config.publicUrl,
    (id, until) => store.oidc.once('DpopProof', id, until),
    () => new Date(),
  )
  const app: Hono<Env> = gatewayApp({
    measure,
    deps,
    live,
    read: bearer(verify, dpop),
    oidc: oidcRoutes(() => provider, config.publicUrl),
    portal: portalRoutes({
      deps,
      interactions: interactions(() => provider, deps, logOut),
      logOut,
      limit,
      live,
      eventStream,
      isSandbox: config.sandbox,
      api: described(openApi(config.publicUrl)),
      visit:
        config.sandbox && beside?.control && beside.guests
          ? visits(beside.guests, { deps, clients, keys: ring.keys, app: () => app })
          : undefined,
    }),
    sandbox: beside?.control,
    database: store.ping,
    publicUrl: config.publicUrl,
  })
  /** Reads the keys again when their file was replaced: from then on new tokens are signed by them, and old ones still count. */
  const refreshKeys = async () => {
    const isNew = ring.refresh()
    const latest = publicJwks(ring.keys(), now())
    // A retired key reaches its end without the file changing.
    if (!isNew && latest.keys.length === jwks.keys.length) return
    jwks = latest
    provider = serverNow()
    log.info({ signing: ring.keys().signing.length }, 'the keys were read again')
  }
  let shared: Promise<() => Promise<void>> | undefined
  return {
    app,
    metrics: metricsApp,
    deps,
    live,
    refreshKeys,
    work: () => {
      repeat('keys', LIMITS.keysEveryMs, stopping.signal, log, refreshKeys)
      repeat('streams', LIMITS.streamLookMs, stopping.signal, log, live.tick)
      startWork(deps, stopping.signal)
      shared = startShared(deps).catch((error: unknown) => {
        log.error(
          { reason: error instanceof Error ? error.message : 'unknown' },
          'shared work could not be started',
        )
        return async () => undefined
      })
    },
    close: async () => {
      stopping.abort()
      live.close()
      await (await shared)?.()
      await transport.close()
      await webhooks.close()
      await database.close()
      await embedded?.stop()
    },
  }
}
