/** Tells each case once that has run past its due date: in its timeline, and so in its client's feed. */
import { LIMITS } from '../../../config.ts'
import type { CaseClock } from '../../../schemas/clock.ts'
import type { CaseRow, ClockMark } from '../../../store/index.ts'
import type { Deps } from '../../deps.ts'
import { today } from '../../working-days.ts'
import { OVERDUE } from '../event-keys.ts'
import { clocksOf } from './clocks.ts'
import { type Reminder, reminding, toldBy } from './reminders.ts'

/**
 * One round: looks at the clocks of cases that changed, and of those whose day is over. Any number of processes may do it at once: an
 * event has one key for one due date, and a mark that is lost is made again. @returns how many cases were told
 */
export async function tellOverdue(deps: Deps): Promise<number> {
  let told = 0
  for (let looked = 0; looked < LIMITS.clocksOfRound; looked += LIMITS.clocksAtOnce) {
    const rows = await deps.store.clocks.toLookAt(today(deps.now()), LIMITS.clocksAtOnce)
    const clocks = await clocksOf(rows, deps)
    const marks = await Promise.all(rows.map((row) => lookAt(row, clocks.get(row.id) ?? null, deps)))
    await deps.store.clocks.mark(marks)
    told += marks.filter(({ isTold }) => isTold).length
    if (rows.length < LIMITS.clocksAtOnce) break
  }
  return told
}

/** Tells where there is something to tell. @returns up to which version the clock is known now, and to which day it counts */
async function lookAt(
  row: CaseRow,
  clock: CaseClock | null,
  deps: Deps,
): Promise<ClockMark & { readonly isTold: boolean }> {
  const mark = { id: row.id, version: row.version, promisedOn: null, isTold: false }
  if (!clock || clock.endedAt || clock.dueOn === null) return mark
  if (!clock.overdue) return { ...mark, promisedOn: dayOf(clock, deps) }
  const reminder = overdue(clock.dueOn)
  const { outcome, row: after } = await deps.store.changes.change({
    caseId: row.id,
    told: toldBy(row, reminder, deps),
    // What changed meanwhile may have moved the date: the next round looks again.
    decide: (current) => (current.version === row.version ? reminding(current, reminder, deps) : undefined),
  })
  if (outcome !== 'changed' || !after) return mark
  return { ...mark, version: after.version, isTold: true }
}

/**
 * The next day behind which the case may be late. A date that is over and makes nobody late, since the clock stood still after it was
 * told, is looked at again tomorrow.
 */
function dayOf({ dueOn, computedDueOn, stoppedSince }: CaseClock, { now }: Deps): string | null {
  if (stoppedSince !== null) return null
  const day = today(now())
  const [next] = [dueOn, computedDueOn]
    .filter((on) => on !== undefined && on !== null && on >= day)
    .toSorted()
  return next ?? day
}

const overdue = (dueOn: string): Reminder => ({
  key: `${OVERDUE}${dueOn}`,
  note: `承诺办结日 ${dueOn} 已过, 尚未办结 · Due on ${dueOn}, and not concluded`,
})
