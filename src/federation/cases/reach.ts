/** Which cases a caller reaches, and on what: as their holder, as the client that filed them, or on a mandate. */
import { GatewayError } from '../../errors.ts'
import { cityOf } from '../../schemas/division.ts'
import type { CaseRow, MandateUse, Party } from '../../store/index.ts'
import type { Actor, Deps } from '../deps.ts'
import { serves } from '../identity/audience.ts'
import { subjectContent } from '../identity/principal.ts'

/** A case that a caller reaches. */
export interface Reached {
  readonly row: CaseRow
  /** The mandate on which they do; `null` for the holder, and for a client that calls for itself. */
  readonly mandateId: string | null
}

/**
 * Whose cases a caller may see: a person their own, whoever filed them, and those filed under a mandate of theirs that lives; a
 * client those that it filed.
 */
export async function partyOf({ clientId, principal }: Actor, deps: Deps): Promise<Party> {
  if (!principal) return { clientId }
  const { idDocument } = await subjectContent(principal, deps)
  return {
    holderKeys: deps.sealing.identities(idDocument),
    mandateIds: await deps.store.mandates.liveOf(principal.personId, deps.now()),
  }
}

/** How a party reaches a row of its own. */
export const reachedBy = (party: Party, row: CaseRow): Reached => ({
  row,
  mandateId: 'clientId' in party || party.holderKeys.includes(row.holderKey) ? null : row.mandateId,
})

/** A case that the caller may touch. Another's is not told apart from none. @throws GatewayError `CASE_NOT_FOUND`. */
export async function reachCase(id: string, actor: Actor, deps: Deps): Promise<Reached> {
  const party = await partyOf(actor, deps)
  const row = await deps.store.cases.readOwn(id, party)
  if (!row || !serves(actor.audience, { region: row.region, division: cityOf(row.division) }))
    throw new GatewayError('CASE_NOT_FOUND', { case: id })
  return reachedBy(party, row)
}

/** The use of a mandate that an act on a case is; nothing where it stands on none. */
export function useOf(
  { row, mandateId }: Reached,
  act: string,
  actor: Actor,
  now: Date,
): MandateUse | undefined {
  if (mandateId === null || !actor.principal) return undefined
  return {
    mandateId,
    receiverId: actor.principal.personId,
    clientId: actor.clientId,
    act,
    matterId: row.matterId,
    caseId: row.id,
    at: now,
  }
}

/**
 * Records a look at a case, for its giver too where it stands on a mandate. No record, no data.
 * @returns false when the mandate has ended since the case was reached: nothing of it may be shown
 */
export async function recordLook(reached: Reached, act: string, actor: Actor, deps: Deps): Promise<boolean> {
  const { store, now } = deps
  const at = now()
  const use = useOf(reached, act, actor, at)
  if (use && !(await store.mandates.use(use))) return false
  const { clientId, requestId } = actor
  await store.cases.recordAccess({ caseId: reached.row.id, clientId, act, at, requestId })
  return true
}

/** Reaches a case to look at it, and records the look. @throws GatewayError `CASE_NOT_FOUND` */
export async function lookAtCase(id: string, act: string, actor: Actor, deps: Deps): Promise<CaseRow> {
  const reached = await reachCase(id, actor, deps)
  if (!(await recordLook(reached, act, actor, deps))) throw new GatewayError('CASE_NOT_FOUND', { case: id })
  return reached.row
}
