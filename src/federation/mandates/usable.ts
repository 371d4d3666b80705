/** For whom a person may start a matter: the mandates that they accepted and that cover it now. */
import { LIMITS } from '../../config.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { Actor, Deps } from '../deps.ts'
import { subjectOf } from '../identity/identify.ts'
import { contentOf } from '../identity/persons.ts'
import { personOf } from '../identity/principal.ts'
import { coversMatter } from './covering.ts'
import { stateOf } from './states.ts'

export interface Usable {
  readonly id: string
  /** The name of whoever gave it, and never the number. */
  readonly giver: string
  readonly until: Date
}

/** The newest first; what the person gave to themselves is no errand. @throws GatewayError `PERSON_REQUIRED` */
export async function usableMandates(matter: Matter, actor: Actor, deps: Deps): Promise<readonly Usable[]> {
  const { region } = matter
  if (!region) return []
  const principal = personOf(actor)
  const rows = await deps.store.mandates.list({
    sides: { receiverId: principal.personId },
    region,
    limit: LIMITS.mandatesOfOne,
  })
  const own = subjectOf(principal)
  const usable = rows.filter(
    (row) =>
      row.giverId !== own &&
      !deps.endings.has('mandate', row.id) &&
      stateOf(row, deps.now()) === 'active' &&
      coversMatter(row, matter),
  )
  return Promise.all(
    usable.map(async ({ id, giverId, validUntil }) => ({
      id,
      giver: (await contentOf(giverId, deps)).name,
      until: validUntil,
    })),
  )
}
