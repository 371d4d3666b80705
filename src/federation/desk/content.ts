/** What is sealed of a case at a desk, and who may open it. */
import { GatewayError } from '../../errors.ts'
import type { Loa } from '../../schemas/common.ts'
import type { RegionId } from '../../schemas/regions.ts'
import type { DeskCaseRow } from '../../store/index.ts'
import { type AccessFacts, accessRow } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import type { PersonContent } from '../identity/persons.ts'
import type { AtDesk } from './enter.ts'

/** A value that nobody needs to type, and where it is known from. */
export interface KnownValue {
  /** `/form/…`, `/applicant/mobile`, `/applicant/address`. */
  readonly pointer: string
  readonly value: string
  readonly from: { readonly zh: string; readonly en: string }
  /** A clerk found it wrong, and why; `value` is what it was corrected to. */
  readonly corrected?: {
    readonly was: string
    readonly reason: string
    readonly by: string
    readonly at: string
  }
}

/** A licence, or a photo of the library, that stands for a document with its person's consent. */
export type Spared = { readonly document: string; readonly name: string } & (
  | { readonly licence: string }
  | { readonly photo: string }
)

export interface DeskContent {
  readonly person: PersonContent
  readonly loa: Loa
  readonly region: RegionId
  readonly known: readonly KnownValue[]
  readonly spared: readonly Spared[]
  /** By pointer: what nobody knew and was asked for. */
  readonly typed: Readonly<Record<string, string>>
}

/** A case at a desk, opened. */
export interface DeskCase {
  readonly row: DeskCaseRow
  readonly content: DeskContent
}

export const holderOf = ({ content }: Pick<DeskCase, 'content'>, { sealing }: Pick<Deps, 'sealing'>) =>
  sealing.identity(content.person.idDocument)

/** What an act at a desk leaves in the record of its person. */
export const deskFacts = (
  { row, content }: DeskCase,
  act: string,
  more: Pick<AccessFacts, 'fields' | 'clock'> & Partial<Pick<AccessFacts, 'outcome' | 'basis'>>,
  deps: Pick<Deps, 'sealing'>,
): AccessFacts => ({
  holder: holderOf({ content }, deps),
  act: `desk.${act}`,
  matter: row.matterId,
  caseIds: row.caseId === null ? [] : [row.caseId],
  purpose: 'window',
  basis: more.basis ?? (row.consent === null ? 'holder' : 'consent'),
  fields: more.fields,
  clock: more.clock,
  outcome: more.outcome ?? 'granted',
})

/** The verbs of a case at the desk act for its person once they have agreed, and never before. */
export const forPerson = ({ row, content }: DeskCase, actor: Actor): Actor => ({
  ...actor,
  principal: { personId: row.personId, organisationId: null, loa: content.loa, region: content.region },
})

/**
 * A case of the clerk's own client, opened with a record of the look.
 * @throws GatewayError `DESK_CASE_NOT_FOUND` for none, for one that was emptied, and, recorded, for another client's
 */
export async function openDeskCase(id: string, at: AtDesk, actor: Actor, deps: Deps): Promise<DeskCase> {
  const row = await deps.store.deskCases.read(id)
  const content = row && deps.sealing.open<DeskContent | null>(row.sealed)
  if (!row || !content) throw new GatewayError('DESK_CASE_NOT_FOUND')
  const isOwn = row.clientId === at.clerk.clientId
  const outcome = isOwn ? 'granted' : 'DESK_CASE_NOT_FOUND'
  const fields = isOwn ? ['name', 'idDocument', 'application'] : []
  const facts = deskFacts({ row, content }, 'read', { fields, clock: 'access', outcome }, deps)
  await deps.store.accesses.append([accessRow(facts, actor, deps)])
  if (!isOwn) throw new GatewayError('DESK_CASE_NOT_FOUND')
  return { row, content }
}

/** Changes it, if nobody else has meanwhile. @throws GatewayError `DESK_CHANGED` */
export async function changeDeskCase(
  { row }: DeskCase,
  change: Omit<Partial<DeskCaseRow>, 'sealed'> & { readonly content?: DeskContent },
  facts: readonly AccessFacts[],
  actor: Actor,
  deps: Deps,
): Promise<void> {
  const { content, ...rest } = change
  const isDone = await deps.store.deskCases.change(
    row,
    { ...rest, ...(content ? { sealed: deps.sealing.seal(content) } : {}), changedAt: deps.now() },
    facts.map((one) => accessRow(one, actor, deps)),
  )
  if (!isDone) throw new GatewayError('DESK_CHANGED')
}

/** @throws GatewayError `DESK_STEP_MISSING` for a case that was handed over */
export function requireOpen({ row }: DeskCase): void {
  if (row.state !== 'open') throw new GatewayError('DESK_STEP_MISSING', { step: 'open' })
}
