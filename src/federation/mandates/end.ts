/** Ends a mandate before its time: the giver revokes it, the receiver lays it down. */
import { GatewayError } from '../../errors.ts'
import type { Mandate } from '../../schemas/mandate.ts'
import type { MandateRow } from '../../store/index.ts'
import type { Actor, Deps } from '../deps.ts'
import { subjectOf } from '../identity/identify.ts'
import { personOf } from '../identity/principal.ts'
import { presentMandate } from './present.ts'

/** Which side of a mandate the person behind a request is on. Another's is not told apart from none. */
async function ownMandate(
  id: string,
  side: Mandate['role'],
  actor: Actor,
  { store }: Deps,
): Promise<{ readonly row: MandateRow; readonly personId: string }> {
  const principal = personOf(actor)
  const personId = side === 'giver' ? subjectOf(principal) : principal.personId
  const row = await store.mandates.read(id)
  if (!row || (side === 'giver' ? row.giverId : row.receiverId) !== personId)
    throw new GatewayError('NOT_FOUND', { subject: 'mandate' })
  return { row, personId }
}

async function end(
  id: string,
  side: Mandate['role'],
  dryRun: boolean,
  actor: Actor,
  deps: Deps,
): Promise<Mandate> {
  const { row, personId } = await ownMandate(id, side, actor, deps)
  const ended = dryRun ? undefined : await deps.store.mandates.end(id, side, personId, deps.now())
  if (ended) deps.endings.note('mandate', id, ended.validUntil)
  // What was over already stays as it ended.
  const after = ended ?? (await deps.store.mandates.read(id)) ?? row
  return presentMandate(after, side, deps)
}

/** How an end is asked for. */
interface Asked {
  readonly dryRun: boolean
}

/**
 * Takes a mandate back, or an offer that nobody has accepted: from this moment nothing new stands on it in any process, since every
 * act looks at it under its lock. @throws GatewayError `NOT_FOUND` for one that is not the giver's
 */
export const revokeMandate = (id: string, { dryRun }: Asked, actor: Actor, deps: Deps): Promise<Mandate> =>
  end(id, 'giver', dryRun, actor, deps)

/** Lays down a mandate that was accepted. @throws GatewayError `NOT_FOUND` for one that is not the receiver's */
export const layDownMandate = (id: string, { dryRun }: Asked, actor: Actor, deps: Deps): Promise<Mandate> =>
  end(id, 'receiver', dryRun, actor, deps)

/** A mandate that the person behind a request gave. @throws GatewayError `NOT_FOUND` */
export const givenMandate = async (id: string, actor: Actor, deps: Deps): Promise<MandateRow> =>
  (await ownMandate(id, 'giver', actor, deps)).row
