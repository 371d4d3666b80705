/** Our view of cases against their regions': a difference is shown, told by count, and then mended by the news that it is. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { RegionalCase } from '../../schemas/case.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { CaseRow, Drift } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { raise } from './apply-news.ts'
import { takeView } from './poll-cases.ts'
import { filedCase } from './record.ts'
import { FINAL } from './state.ts'

/** How a round ended. `silent`: their regions did not answer, so nothing is known of them. */
export interface Reconciled {
  readonly compared: number
  readonly different: number
  readonly silent: number
}

const instant = (at: Date | string | null | undefined): string | null =>
  at ? formatInstant(new Date(at)) : null

/** What differs. A member that the region does not tell is not held against us; ours that it takes back is not known here. */
export function driftsBetween(row: CaseRow, theirs: RegionalCase): readonly Drift[] {
  const pairs: readonly (readonly [string, string | null, string | null])[] = [
    ['status', row.status, theirs.status],
    ['rawStatus', row.rawCode, theirs.rawStatus.code],
    ['acceptedAt', instant(row.acceptedAt), instant(theirs.acceptedAt)],
    ['dueAt', instant(row.dueAt), instant(theirs.dueAt)],
    ['completedAt', instant(row.completedAt), instant(theirs.completedAt)],
  ]
  return pairs.flatMap(([member, ours, told]) =>
    told === null || told === ours ? [] : [{ member, ours, theirs: told }],
  )
}

/** Compares one case. @returns what differed, before it was mended; `undefined` when its region did not tell */
async function compare(row: CaseRow, deps: Deps): Promise<readonly Drift[] | undefined> {
  const { store, now } = deps
  const askedAt = now()
  try {
    const theirs = await deps.directory.at(row.division).link.readCase(await filedCase(row, deps))
    // What was heard while the region was asked is no difference.
    const current = await store.cases.read(row.id)
    if (!current || current.version !== row.version) return []
    const found = driftsBetween(current, theirs)
    await store.drifts.note(row, found, now())
    await takeView(current, theirs, { askedAt, isTold: false }, deps)
    return found
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    if (error.code !== 'CASE_NOT_FOUND') return undefined
    const missing: Drift = { member: 'missing', ours: row.status, theirs: null }
    await store.drifts.note(row, [missing], now())
    return [missing]
  }
}

/**
 * Compares open cases, and those that ended lately, a page at a time.
 * @param after the last case of the page before
 * @returns how it ended, and where the next page begins: empty after the last
 */
export async function reconcile(deps: Deps, after = ''): Promise<Reconciled & { readonly next: string }> {
  const since = new Date(deps.now().getTime() - LIMITS.reconcileEndedDays * 86_400_000)
  const rows = await deps.store.drifts.candidates(after, FINAL, since, LIMITS.reconcileOfRound)
  const told = { compared: 0, different: 0, silent: 0 }
  for (let start = 0; start < rows.length; start += LIMITS.reconcileAtOnce) {
    const some = rows.slice(start, start + LIMITS.reconcileAtOnce)
    const found = await Promise.all(some.map((row) => compare(row, deps)))
    for (const [index, drifts] of found.entries()) {
      if (drifts === undefined) told.silent += 1
      else told.compared += 1
      if (!drifts || drifts.length === 0) continue
      told.different += 1
      const region = some[index]?.region ?? ''
      await raise(
        region,
        drifts.map(({ member }) => ({ table: 'drift', code: member })),
        deps,
      )
    }
  }
  const isLast = rows.length < LIMITS.reconcileOfRound
  return { ...told, next: isLast ? '' : (rows.at(-1)?.id ?? '') }
}

/** Goes on where the round before ended, and begins again after the last case. */
export function reconciler(deps: Deps): () => Promise<Reconciled> {
  let after = ''
  return async () => {
    const { next, ...told } = await reconcile(deps, after)
    after = next
    return told
  }
}

/** Differences, those that stand first, for the operator: codes and times. */
export async function listDrifts({ store }: Pick<Deps, 'store'>) {
  return (await store.drifts.list(LIMITS.driftsShown)).map(
    ({ caseId, region, division, member, ours, theirs, count, firstAt, lastAt, settledAt }) => ({
      caseId,
      region,
      division,
      member,
      ours,
      theirs,
      count,
      firstAt: formatInstant(firstAt),
      lastAt: formatInstant(lastAt),
      settledAt: settledAt && formatInstant(settledAt),
    }),
  )
}
