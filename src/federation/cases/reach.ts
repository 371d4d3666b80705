/** Which cases a caller reaches, and on what: as their holder, as the client that filed them, or on a mandate. */
import { GatewayError } from '../../errors.ts'
import { cityOf } from '../../schemas/division.ts'
import type { CaseRow, MandateUse, Party } from '../../store/index.ts'
import { accessRow, recordAccess } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { serves } from '../identity/audience.ts'
import { subjectContent } from '../identity/principal.ts'
import { factsOf } from './looks.ts'

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

/**
 * A case that the caller may touch. Another's is not told apart from none, and its holder sees that somebody tried.
 * @throws GatewayError `CASE_NOT_FOUND`.
 */
export async function reachCase(id: string, actor: Actor, deps: Deps, act = 'read'): Promise<Reached> {
  const party = await partyOf(actor, deps)
  const row = await deps.store.cases.readOwn(id, party)
  if (row && serves(actor.audience, { region: row.region, division: cityOf(row.division) }))
    return reachedBy(party, row)
  await recordRefusal(id, act, actor, deps)
  throw new GatewayError('CASE_NOT_FOUND', { case: id })
}

/** A case that is nobody's leaves a record under the client that asked: both cost the same. */
async function recordRefusal(id: string, act: string, actor: Actor, deps: Deps): Promise<void> {
  const row = await deps.store.cases.read(id)
  const holderKey = row?.holderKey ?? deps.sealing.hash('nobody', actor.clientId)
  const facts = factsOf({ id, holderKey, matterId: row?.matterId ?? '' }, act, actor, {
    refused: 'CASE_NOT_FOUND',
  })
  await recordAccess(row ? facts : { ...facts, matter: null, caseIds: [] }, actor, deps)
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
export async function mayLook(reached: Reached, act: string, actor: Actor, deps: Deps): Promise<boolean> {
  const { row, mandateId } = reached
  const use = useOf(reached, act, actor, deps.now())
  const record = accessRow(factsOf(row, act, actor, { mandateId }), actor, deps)
  if (use) return deps.store.mandates.use(use, [record])
  await deps.store.accesses.append([record])
  return true
}

/** Records a look at a case. @throws GatewayError `CASE_NOT_FOUND` when the mandate on which it stands has just ended */
export async function recordLook(reached: Reached, act: string, actor: Actor, deps: Deps): Promise<void> {
  if (!(await mayLook(reached, act, actor, deps)))
    throw new GatewayError('CASE_NOT_FOUND', { case: reached.row.id })
}

/**
 * Records a look at many cases: one record a holder, which names all of them.
 * @returns the rows that may be shown; one whose mandate has just ended may not
 */
export async function recordList(
  reached: readonly Reached[],
  actor: Actor,
  deps: Deps,
): Promise<readonly CaseRow[]> {
  const holders = Map.groupBy(
    reached.filter(({ mandateId }) => mandateId === null),
    ({ row }) => row.holderKey,
  )
  const facts = [...holders.values()].flatMap(([first, ...rest]) =>
    first
      ? [
          {
            ...factsOf(first.row, 'list', actor),
            matter: null,
            caseIds: [first, ...rest].map(({ row }) => row.id),
          },
        ]
      : [],
  )
  await recordAccess(facts, actor, deps)
  const isShown = await Promise.all(
    reached.map(async (one) => one.mandateId === null || (await mayLook(one, 'list', actor, deps))),
  )
  return reached.filter((_one, index) => isShown[index]).map(({ row }) => row)
}

/** Reaches a case to look at it, and records the look. @throws GatewayError `CASE_NOT_FOUND` */
export async function lookAtCase(id: string, act: string, actor: Actor, deps: Deps): Promise<CaseRow> {
  const reached = await reachCase(id, actor, deps, act)
  await recordLook(reached, act, actor, deps)
  return reached.row
}
