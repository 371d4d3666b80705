/** One number, two names: what waits for a person to decide, and the decision. */
import { GatewayError } from '../../errors.ts'
import { formatInstant } from '../../schemas/instants.ts'
import { type Operator, operatorRow } from '../audit/operator.ts'
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

/** Open conflicts, oldest first. No record, no names: each person sees that an operator looked. */
export async function openConflicts(operator: Operator, deps: Needs): Promise<readonly Conflict[]> {
  const rows = await deps.store.people.openConflicts()
  const read = await Promise.all(
    rows.map(async (row) => ({ row, person: await contentOf(row.personId, deps) })),
  )
  await deps.store.accesses.append(
    read.map(({ person }) =>
      operatorRow(
        {
          holder: deps.sealing.identity(person.idDocument),
          clock: 'access',
          act: 'conflicts.list',
          purpose: 'nameConflict',
          basis: 'operation',
          fields: ['name'],
          outcome: 'granted',
        },
        operator,
        deps,
      ),
    ),
  )
  return read.map(({ row: { id, region, seenAt, sealed }, person }) => ({
    id,
    region,
    seenAt: formatInstant(seenAt),
    known: person.name,
    other: deps.sealing.open<Pick<PersonContent, 'name'>>(sealed).name,
  }))
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
