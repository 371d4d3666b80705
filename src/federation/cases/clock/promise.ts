/** What a matter promises: how many days, counted how, and on whose word. */
import type { Matter } from '../../../schemas/matter.ts'

/** A time limit that can be counted in days. */
export interface Limit {
  readonly days: number
  readonly unit: 'working' | 'calendar'
}

/** `instant`: 即办件, due on the working day on which it starts. `limit` is the promised one, else the one by law. */
export interface Promised {
  readonly basis: 'instant' | 'commitment' | 'statutory'
  readonly limit: Limit
  /** The limit by law; `null` where the matter tells none that can be counted. */
  readonly statutory: Limit | null
}

/**
 * The promise of a matter, in the version for which a case was filed. 0 days is how the regions write 即办. Of a limit in hours nobody
 * tells which hours count, and none is made up; it is the shorter promise, so the limit by law does not stand in for it.
 */
export function promiseOf({
  handling,
  commitment,
  statutory,
}: Pick<Matter, 'handling' | 'commitment' | 'statutory'>): Promised | undefined {
  const byLaw = countable(statutory) ?? null
  if (handling === 'instant' || commitment?.days === 0)
    return { basis: 'instant', limit: { days: 0, unit: 'working' }, statutory: byLaw }
  const promised = countable(commitment)
  if (promised) return { basis: 'commitment', limit: promised, statutory: byLaw }
  return byLaw && !commitment ? { basis: 'statutory', limit: byLaw, statutory: byLaw } : undefined
}

const countable = (limit: Matter['commitment']): Limit | undefined =>
  limit === undefined || limit.unit === 'hour' || limit.days === 0
    ? undefined
    : { days: limit.days, unit: limit.unit }
