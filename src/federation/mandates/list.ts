/** Mandates that a person gave and received, and what was done on those that they gave. */
import { formatInstant } from '../../schemas/instants.ts'
import type { Mandate, MandateUse } from '../../schemas/mandate.ts'
import type { MandateRow } from '../../store/index.ts'
import type { Actor, Deps } from '../deps.ts'
import { subjectOf } from '../identity/identify.ts'
import { personOf } from '../identity/principal.ts'
import { givenMandate } from './end.ts'
import { presentMandate } from './present.ts'

/** One page of a list; `next` is absent on the last. */
interface Page<Item, Place> {
  readonly items: readonly Item[]
  readonly next: Place | undefined
}

/** A row's place in the list of mandates. */
type MandatePlace = { readonly at: Date; readonly id: string }

function cut<Row>(rows: readonly Row[], limit: number): { rows: readonly Row[]; last: Row | undefined } {
  return { rows: rows.slice(0, limit), last: rows.length > limit ? rows[limit - 1] : undefined }
}

/**
 * Given by the person behind the request (or the firm for which they are logged in) and received by the person, the newest first.
 * A token for one region shows those that count there. @param role both sides when absent
 */
export async function listMandates(
  ask: { readonly role?: Mandate['role']; readonly before?: MandatePlace; readonly limit: number },
  actor: Actor,
  deps: Deps,
): Promise<Page<Mandate, MandatePlace>> {
  const principal = personOf(actor)
  const giverId = subjectOf(principal)
  const found = await deps.store.mandates.list({
    sides: {
      ...(ask.role === 'receiver' ? {} : { giverId }),
      ...(ask.role === 'giver' ? {} : { receiverId: principal.personId }),
    },
    ...(actor.audience ? { region: actor.audience.region } : {}),
    ...(ask.before ? { before: ask.before } : {}),
    limit: ask.limit + 1,
  })
  const { rows, last } = cut(found, ask.limit)
  const roleOf = (row: MandateRow) => (row.giverId === giverId ? 'giver' : 'receiver')
  return {
    items: await Promise.all(rows.map((row) => presentMandate(row, roleOf(row), deps))),
    next: last && { at: last.createdAt, id: last.id },
  }
}

/** Uses of a mandate for the one who gave it, the latest first. @throws GatewayError `NOT_FOUND` for anybody else */
export async function listUses(
  id: string,
  ask: { readonly before?: number; readonly limit: number },
  actor: Actor,
  deps: Deps,
): Promise<Page<MandateUse, number>> {
  await givenMandate(id, actor, deps)
  const found = await deps.store.mandates.uses(id, { ...ask, limit: ask.limit + 1 })
  const { rows, last } = cut(found, ask.limit)
  return {
    items: rows.map(({ at, act, clientId, matterId, caseId }) => ({
      at: formatInstant(at),
      act,
      clientId,
      matter: matterId,
      caseId,
    })),
    next: last?.position,
  }
}
