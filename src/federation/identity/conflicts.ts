/** One number, two names: what waits for a person to decide, and the decision. */
import { GatewayError } from '../../errors.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Deps } from '../deps.ts'
import { contentOf, type PersonContent } from './persons.ts'

type Needs = Pick<Deps, 'store' | 'sealing' | 'now'>

/** An account that cannot log in yet. Both names are told: whoever decides must see them. */
export interface Conflict {
  readonly id: string
  readonly region: string
  readonly seenAt: string
  readonly known: string
  readonly other: string
}

/** Open conflicts, oldest first. */
export async function openConflicts(deps: Needs): Promise<readonly Conflict[]> {
  const rows = await deps.store.people.openConflicts()
  return Promise.all(
    rows.map(async ({ id, region, seenAt, personId, sealed }) => ({
      id,
      region,
      seenAt: formatInstant(seenAt),
      known: (await contentOf(personId, deps)).name,
      other: deps.sealing.open<Pick<PersonContent, 'name'>>(sealed).name,
    })),
  )
}

/**
 * Decides. `same`: the account logs in as the known person from now on; `other`: it stays out.
 * @throws GatewayError `NOT_FOUND` when there is no such open conflict
 */
export async function decideConflict(
  id: string,
  decision: 'same' | 'other',
  { store, now }: Needs,
): Promise<void> {
  if (!(await store.people.decide(id, decision, now())))
    throw new GatewayError('NOT_FOUND', { subject: 'open conflict' })
}
