/** A mandate as its two sides see it. */
import { formatInstant } from '../../schemas/instants.ts'
import { EVERY_MATTER, type Mandate } from '../../schemas/mandate.ts'
import { REGION_IDS } from '../../schemas/regions.ts'
import type { MandateRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { contentOf } from '../identity/persons.ts'
import { stateOf } from './states.ts'

/** Each side learns the other's name, since it must know with whom it deals, and never the number. */
export async function presentMandate(row: MandateRow, role: Mandate['role'], deps: Deps): Promise<Mandate> {
  const { name } = await contentOf(row.giverId, deps)
  const receiver = row.receiverId ? await contentOf(row.receiverId, deps) : undefined
  const endedAt = row.revokedAt ?? row.declinedAt
  return {
    id: row.id,
    role,
    giver: { name },
    receiver: receiver ? { name: receiver.name } : null,
    matters: [...row.matters],
    regions: REGION_IDS.filter((id) => row.regions.includes(id)),
    from: formatInstant(row.validFrom),
    until: formatInstant(row.validUntil),
    state: stateOf(row, deps.now()),
    offeredAt: formatInstant(row.createdAt),
    offerUntil: formatInstant(row.offerUntil),
    acceptedAt: row.acceptedAt ? formatInstant(row.acceptedAt) : null,
    endedAt: endedAt ? formatInstant(endedAt) : null,
  }
}

/** The Chinese names of matters that a mandate lists, by what it lists: a base code has one matter in each region. */
export async function matterNames(
  matters: readonly string[],
  { store }: Deps,
): Promise<ReadonlyMap<string, string>> {
  const listed = matters.filter((one) => one !== EVERY_MATTER)
  const byCode = await store.matters.byBaseCodes(listed)
  const byId = await Promise.all(listed.map((one) => store.matters.current(one)))
  return new Map([
    ...byCode.toReversed().map((row) => [row.baseCode ?? row.id, row.name] as const),
    ...byId.flatMap((row) => (row ? [[row.id, row.name] as const] : [])),
  ])
}
