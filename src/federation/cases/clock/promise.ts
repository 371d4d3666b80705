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
 * The promise of a matter, in the version for which a case was filed. A limit in hours is a promise of the same day only where its
 * region says 即办; otherwise nobody tells which hours count, and none is made up.
 */
export function promiseOf({
  handling,
  commitment,
  statutory,
}: Pick<Matter, 'handling' | 'commitment' | 'statutory'>): Promised | undefined {
  const byLaw = countable(statutory) ?? null
  if (handling === 'instant')
    return { basis: 'instant', limit: { days: 0, unit: 'working' }, statutory: byLaw }
  const promised = countable(commitment)
  if (promised) return { basis: 'commitment', limit: promised, statutory: byLaw }
  // A limit in hours stands for a shorter promise: the one by law in its place would be a longer one.
  return byLaw && !commitment ? { basis: 'statutory', limit: byLaw, statutory: byLaw } : undefined
}

const countable = (limit: Matter['commitment']): Limit | undefined => {
  if (!limit || limit.unit === 'hour' || limit.days === 0) return undefined
  return { days: limit.days, unit: limit.unit }
}
