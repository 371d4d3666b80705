/** What a gateway does by itself: it sends what is owed, asks, reads catalogues and forgets. */
import seed from '../data/matters.json' with { type: 'json' }
import { LIMITS } from './config.ts'
import { canary } from './federation/canary/round.ts'
import { tellOverdue } from './federation/cases/clock/tell-overdue.ts'
import { attemptDue } from './federation/cases/dispatch.ts'
import { asker } from './federation/cases/poll-cases.ts'
import { reconciler } from './federation/cases/reconcile.ts'
import { lookAfterStrays } from './federation/cases/strays.ts'
import { tellRatings } from './federation/cases/tell-ratings.ts'
import type { Deps, Log } from './federation/deps.ts'
import { forgetDesk } from './federation/desk/forget.ts'
import { forgetDrafts } from './federation/drafts/own-uploads.ts'
import { startDelivery } from './federation/events/deliver.ts'
import { keepExchanges } from './federation/exchanges/record.ts'
import { NOBODY } from './federation/identity/scan.ts'
import type { SeedMatter } from './federation/matters/catalogue.ts'
import { syncCity } from './federation/matters/sync-catalogue.ts'
import { countOverdue } from './federation/operations/count-overdue.ts'
import { makeFigures } from './federation/operations/make-figures.ts'
import { syncWindows } from './federation/windows/sync-windows.ts'
import { CITIES } from './schemas/division.ts'
import { REGION_IDS, type RegionId } from './schemas/regions.ts'
import type { Round } from './store/index.ts'

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown')

/** Repeats something with a pause after each round, until the gateway stops. A round that fails is told, and the next comes. */
export function repeat(
  name: string,
  everyMs: number,
  signal: AbortSignal,
  log: Log,
  round: () => Promise<unknown>,
): void {
  const next = async () => {
    if (signal.aborted) return
    try {
      await round()
    } catch (error) {
      if (!signal.aborted)
        log.error({ work: name, reason: reasonOf(error) }, 'a round of background work failed')
    }
    if (!signal.aborted) setTimeout(next, everyMs).unref()
  }
  void next()
}

/** Asks every connected place how it is, so that a silent one is known to be silent before somebody needs it. */
async function askHealth({ directory }: Deps): Promise<void> {
  const places = directory.adapters.flatMap(({ id }) => directory.connectionsOf(id))
  await Promise.allSettled(places.map(({ link, city }) => link.health(city)))
}

/** Looks are kept as long as scans; what was provided, agreed to and asked three years and a month. */
async function forgetAccesses({ store, now }: Pick<Deps, 'store' | 'now'>): Promise<void> {
  const daysAgo = (days: number) => new Date(now().getTime() - days * 86_400_000)
  await store.accesses.forget('access', daysAgo(LIMITS.accessLogDays))
  await store.accesses.forget('provision', daysAgo(LIMITS.provisionDays))
  await store.questions.forget(daysAgo(LIMITS.provisionDays))
}

const forget = (deps: Deps): Promise<unknown> => {
  const { store, now } = deps
  return Promise.all([
    store.idempotency.forget(new Date(now().getTime() - LIMITS.idempotencyDays * 86_400_000), now()),
    store.logIns.forget(now()),
    store.codes.forget(now(), {
      nobody: NOBODY,
      days: LIMITS.scanDays,
      nobodysDays: LIMITS.nobodysScanDays,
    }),
    store.desks.forget(now()),
    store.operators.forget(new Date(now().getTime() - LIMITS.accessLogDays * 86_400_000)),
    forgetDesk(deps),
    store.mandates.forget(now()),
    store.consents.forget(now()),
    forgetDrafts(deps),
    forgetAccesses(deps),
    store.canary.forget(new Date(now().getTime() - LIMITS.exchangeDays * 86_400_000)),
    store.exchanges.forget(
      new Date(now().getTime() - LIMITS.exchangeDays * 86_400_000),
      LIMITS.exchangesOfRegion,
    ),
  ])
}

/** Capitals first: they are asked for most. */
const connectedCities = ({ directory }: Deps): readonly string[] => {
  const isFirst = ({ division, region }: (typeof CITIES)[number]) =>
    division.endsWith('0100') || region === 'shanghai'
  return CITIES.filter(({ region }) => directory.isConnected(region))
    .toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a)))
    .map(({ division }) => division)
}

const readCatalogue = (division: string, deps: Deps): Promise<void> =>
  syncCity(division, { ...deps, warn: deps.log.warn }).then(
    (found) => deps.log.info(found, 'catalogue read'),
    (error: unknown) => deps.log.warn({ division, reason: reasonOf(error) }, 'catalogue not read'),
  )

const readWindows = (division: string, deps: Deps): Promise<void> =>
  syncWindows(division, deps).then(
    (found) => deps.log.info(found, 'windows read'),
    (error: unknown) => deps.log.warn({ division, reason: reasonOf(error) }, 'windows not read'),
  )

/** What runs once, whichever process runs it. */
export const sharedRounds = (deps: Deps): readonly Round[] => [
  {
    name: 'catalogue',
    everySeconds: LIMITS.catalogueEveryMs / 1_000,
    keys: connectedCities(deps),
    atOnce: 2,
    run: (division) => readCatalogue(division, deps),
  },
  {
    name: 'windows',
    everySeconds: LIMITS.windowsEveryMs / 1_000,
    keys: connectedCities(deps),
    atOnce: 2,
    run: (division) => readWindows(division, deps),
  },
  { name: 'forget', everySeconds: 3_600, run: () => forget(deps) },
  { name: 'strays', everySeconds: LIMITS.straysEveryMs / 1_000, run: () => lookAfterStrays(deps) },
  { name: 'reconcile', everySeconds: LIMITS.reconcileEveryMs / 1_000, run: reconciler(deps) },
  { name: 'overdue', everySeconds: LIMITS.overdueEveryMs / 1_000, run: () => tellOverdue(deps) },
  { name: 'figures', everySeconds: LIMITS.figuresEveryMs / 1_000, run: () => makeFigures(deps) },
  { name: 'overdue-count', everySeconds: LIMITS.overdueCountEveryMs / 1_000, run: () => countOverdue(deps) },
  {
    name: 'canary',
    everySeconds: LIMITS.canaryEveryMs / 1_000,
    keys: REGION_IDS.filter((region) => deps.directory.isConnected(region)),
    atOnce: REGION_IDS.length,
    run: async (region) =>
      deps.log.info({ region, ...(await canary(region as RegionId, deps)) }, 'documents looked at'),
  },
  // Pictures have minutes to live: they do not wait for the hour.
  { name: 'pictures', everySeconds: 60, run: () => deps.store.holdings.forget(deps.now()) },
]

/** Starts what every process does for itself, or takes row by row under a claim. Everything ends with the signal. */
export function startWork(deps: Deps, signal: AbortSignal): void {
  const { log } = deps
  repeat('dispatch', LIMITS.dispatchPollMs, signal, log, () => attemptDue(deps))
  repeat('ratings', LIMITS.dispatchPollMs, signal, log, () => tellRatings(deps))
  repeat('ask', LIMITS.askEveryMs, signal, log, asker(deps))
  startDelivery(deps, signal)
  repeat('endings', LIMITS.endingsEveryMs, signal, log, () => deps.endings.refresh())
  if (deps.exchanges) repeat('exchanges', LIMITS.exchangesEveryMs, signal, log, () => keepExchanges(deps))
  repeat('health', LIMITS.healthEveryMs, signal, log, () => askHealth(deps))
}

/** Starts the shared rounds. @returns what ends them */
export async function startShared(deps: Deps): Promise<() => Promise<void>> {
  await deps.catalogue.seed(seed.matters as readonly SeedMatter[])
  const { stop } = await deps.store.startRounds(sharedRounds(deps), (work, error) =>
    deps.log.error({ work, reason: reasonOf(error) }, 'a round of background work failed'),
  )
  return stop
}
