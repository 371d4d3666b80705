/** What a gateway does by itself: it sends what is owed, asks, reads catalogues and forgets. */
import seed from '../data/matters.json' with { type: 'json' }
import { LIMITS } from './config.ts'
import { tellOverdue } from './federation/cases/clock/tell-overdue.ts'
import { attemptDue } from './federation/cases/dispatch.ts'
import { pollSilent } from './federation/cases/poll-cases.ts'
import type { Deps, Log } from './federation/deps.ts'
import { startDelivery } from './federation/events/deliver.ts'
import { NOBODY } from './federation/identity/scan.ts'
import type { SeedMatter } from './federation/matters/catalogue.ts'
import { syncCity } from './federation/matters/sync-catalogue.ts'
import { CITIES } from './schemas/division.ts'

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
        log.error(
          { work: name, reason: error instanceof Error ? error.message : 'unknown' },
          'a round of background work failed',
        )
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

const SYNCS_AT_ONCE = 2

/** Starts what needs no more than the verbs. Everything ends with the signal. */
export function startWork(deps: Deps, signal: AbortSignal): void {
  const { log, store, now } = deps
  repeat('dispatch', LIMITS.dispatchPollMs, signal, log, () => attemptDue(deps))
  repeat('poll', LIMITS.pollEveryMs, signal, log, () => pollSilent(60_000, deps))
  repeat('overdue', LIMITS.overdueEveryMs, signal, log, () => tellOverdue(deps))
  startDelivery(deps, signal)
  repeat('endings', LIMITS.endingsEveryMs, signal, log, () => deps.endings.refresh())
  repeat('health', LIMITS.healthEveryMs, signal, log, () => askHealth(deps))
  // Pictures have minutes to live: they do not wait for the hour.
  repeat('pictures', 60_000, signal, log, () => store.holdings.forget(now()))
  repeat('forget', 3_600_000, signal, log, () =>
    Promise.all([
      store.idempotency.forget(new Date(now().getTime() - LIMITS.idempotencyDays * 86_400_000), now()),
      store.logIns.forget(now()),
      store.codes.forget(now(), {
        nobody: NOBODY,
        days: LIMITS.scanDays,
        nobodysDays: LIMITS.nobodysScanDays,
      }),
      store.desks.forget(now()),
      store.mandates.forget(now()),
      store.consents.forget(now()),
      forgetAccesses(deps),
    ]),
  )
  repeat('catalogue', LIMITS.catalogueEveryMs, signal, log, async () => {
    await deps.catalogue.seed(seed.matters as readonly SeedMatter[])
    await syncAll(deps, signal)
  })
}

/** Capitals first: they are asked for most. */
async function syncAll(deps: Deps, signal: AbortSignal): Promise<void> {
  const queue = CITIES.filter((city) => deps.directory.isConnected(city.region)).toSorted(
    (a, b) =>
      Number(b.division.endsWith('0100') || b.region === 'shanghai') -
      Number(a.division.endsWith('0100') || a.region === 'shanghai'),
  )
  const worker = async () => {
    for (let city = queue.shift(); city && !signal.aborted; city = queue.shift()) {
      await syncCity(city.division, { ...deps, warn: deps.log.warn }).then(
        (found) => deps.log.info(found, 'catalogue read'),
        (error: unknown) =>
          deps.log.warn(
            { division: city?.division, reason: error instanceof Error ? error.message : 'unknown' },
            'catalogue not read',
          ),
      )
    }
  }
  await Promise.all(Array.from({ length: SYNCS_AT_ONCE }, worker))
}
