/** What a desk need not know any longer. */
import { LIMITS } from '../../config.ts'
import type { Deps } from '../deps.ts'

const DAY_MS = 86_400_000

/** Empties cases that nobody went on with, and forgets ended sessions and old acts of clerks. */
export async function forgetDesk({ store, sealing, now }: Pick<Deps, 'store' | 'sealing' | 'now'>) {
  const daysAgo = (days: number) => new Date(now().getTime() - days * DAY_MS)
  await store.deskCases.dropOld(daysAgo(LIMITS.deskOpenDays), sealing.seal(null))
  await store.clerks.forget(now(), daysAgo(LIMITS.provisionDays))
}
