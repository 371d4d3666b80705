/** News of cases that nobody here knows: kept apart, asked about, and joined to their case when it is known. */
import type { RegionalEvent } from '../../adapters/kit/contract.ts'
import { LIMITS } from '../../config.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { CaseRow, StrayRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { doubled } from '../doubled.ts'
import { applyCallback } from './apply-callback.ts'
import { raise } from './apply-news.ts'
import { regionOf } from './record.ts'
import { contradicts } from './same-case.ts'

const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * 86_400_000)

/**
 * Keeps a message that speaks of no case that we know, and has the filings whose numbers we do not know attempted now.
 * @param isOfTwo it has the keys of two cases
 */
export async function keepStray(
  region: CaseRow['region'],
  { documents: _, ...event }: RegionalEvent,
  isOfTwo: boolean,
  deps: Deps,
): Promise<void> {
  const { store, sealing, now } = deps
  const newsSealed = sealing.seal(event)
  const isTooLarge = newsSealed.length > LIMITS.strayBytes
  const code = isOfTwo ? 'keys of two cases' : isTooLarge ? 'unknown case, too large' : 'unknown case'
  const at = now()
  const kept =
    !isTooLarge &&
    (await store.strays.keep(
      {
        region,
        // A region's key of an event tells events of one case apart.
        key: [event.caseNumber, event.caseKey, event.sourceNumber, event.key].join(' '),
        caseNumber: event.caseNumber || null,
        caseKey: event.caseKey ?? null,
        sourceNumber: event.sourceNumber || null,
        newsSealed,
        receivedAt: at,
        tries: 0,
        nextTryAt: new Date(at.getTime() + LIMITS.strayFirstMs),
        caseId: null,
        givenUpAt: null,
      },
      LIMITS.straysOfRegion,
    ))
  await raise(region, [{ table: 'callback', code }], deps)
  if (kept) await store.dispatches.hasten(region, at)
}

/** Joins what was told of a case before it was known here. @param row as it is now, with the names that its region gave it */
export async function joinStrays(row: CaseRow, deps: Deps): Promise<void> {
  const found = await deps.store.strays.of(row.region, row)
  for (const stray of found) await join(stray, row, deps)
}

/** @returns false when it stays apart: it speaks of two cases, or its region must be asked first and does not answer */
async function join(stray: StrayRow, row: CaseRow, deps: Deps): Promise<boolean> {
  const event = deps.sealing.open<RegionalEvent>(stray.newsSealed)
  if (contradicts(row, event)) return false
  const outcome = await applyCallback(row, event, deps, { heardAt: stray.receivedAt })
  if (outcome === 'silent' || outcome === 'gone') return false
  await deps.store.strays.joined(stray, row.id)
  await raise(row.region, event.alarms, deps)
  return true
}

/** One round over those that wait: joined where the case is known now, else looked at again after a longer pause. */
export async function lookAfterStrays(deps: Deps): Promise<number> {
  const { store, now, log } = deps
  const at = now()
  for (const { region, count } of await store.strays.giveUp(daysBefore(at, LIMITS.strayDays), at))
    log.error({ region, count }, 'news of cases that nobody knows were given up')
  await store.strays.forget(daysBefore(at, LIMITS.provisionDays))
  const taken = await store.strays.take(at, new Date(at.getTime() + LIMITS.leaseMs), LIMITS.straysOfRound)
  let joined = 0
  for (const stray of taken) {
    const row = await store.cases.find(stray.region, {
      caseNumber: stray.caseNumber ?? '',
      ...(stray.caseKey === null ? {} : { caseKey: stray.caseKey }),
      ...(stray.sourceNumber === null ? {} : { sourceNumber: stray.sourceNumber }),
    })
    if (row && (await join(stray, row, deps))) joined += 1
    else await store.strays.again(stray, new Date(now().getTime() + pauseOf(stray.tries)))
  }
  return joined
}

const pauseOf = (tries: number): number =>
  doubled(tries, { first: LIMITS.strayFirstMs, longest: LIMITS.strayLongestMs })

/** What waits or was given up, for the operator: numbers of cases and times, nothing of a person. */
export async function listStrays({ store }: Pick<Deps, 'store'>) {
  return (await store.strays.list(LIMITS.straysOfRegion)).map(
    ({ region, caseNumber, sourceNumber, receivedAt, tries, givenUpAt }) => ({
      region: regionOf(region),
      caseNumber,
      sourceNumber,
      receivedAt: formatInstant(receivedAt),
      tries,
      givenUpAt: givenUpAt && formatInstant(givenUpAt),
    }),
  )
}
