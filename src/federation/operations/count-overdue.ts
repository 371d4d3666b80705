/** Counts the overdue cases of each city, once for all processes: operators read the counts. */

import { OVERDUE } from '../cases/event-keys.ts'
import type { Deps } from '../deps.ts'

/** One round. */
export async function countOverdue({ store, now }: Pick<Deps, 'store' | 'now'>): Promise<void> {
  const madeAt = now()
  const counted = await store.figures.countOverdue(OVERDUE)
  await store.figures.replaceOverdue(counted.map(({ city, cases }) => ({ city: `${city}00`, cases, madeAt })))
}
