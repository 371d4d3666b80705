/** What needs somebody now, of what the gateway already knows: no region is asked, so that the first page is there at once. */
import type { FoundLicence } from '../../adapters/kit/contract.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Licence } from '../../schemas/licence.ts'
import { type AccessFacts, recordAccess } from '../audit/access.ts'
import { showCases } from '../cases/clock/show-cases.ts'
import { type Followed, STAGE_STATUSES, whoseIs } from '../cases/follow-cases.ts'
import { mayLook, partyOf, reachedBy } from '../cases/reach.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Subject, subjectIn } from '../holdings/holder.ts'
import { maskedLicence } from '../licences/present.ts'

/** A licence that ends within so many days is told of. */
export const SOON_DAYS = 90
const DAY_MS = 86_400_000
/** Each list is so long at most; the pages behind them have the rest. */
const MOST = 5

export interface NeedsMe {
  /** Cases whose next step is the person's, own ones and those of others on whose mandate they act, the newest change first. */
  readonly cases: readonly Followed[]
  /** Licences that are valid and end soon, with numbers masked. */
  readonly ending: readonly Licence[]
  /** How many of each there are, shown or not, and how many applications are not filed yet. */
  readonly counts: { readonly cases: number; readonly ending: number; readonly drafts: number }
}

/** @throws GatewayError `PERSON_REQUIRED`, `ASSURANCE_TOO_LOW` */
export async function readNeedsMe(actor: Actor, deps: Deps): Promise<NeedsMe> {
  const subject = await subjectIn(actor, deps)
  const { personId } = subject.principal
  const [waiting, ending, drafts] = await Promise.all([
    casesWaiting(subject, actor, deps),
    licencesEnding(subject, deps),
    deps.store.drafts.countOf({ personId, subjectId: subject.id }, deps.now()),
  ])
  // What shows nothing is no look.
  if (ending.length > 0)
    await recordAccess(lookOf(subject, 'licences.list', 'licenceDetails', []), actor, deps)
  return {
    cases: waiting.items,
    ending: ending.slice(0, MOST),
    counts: { cases: waiting.count, ending: ending.length, drafts },
  }
}

const lookOf = ({ key }: Subject, act: string, field: string, caseIds: readonly string[]): AccessFacts => ({
  holder: key,
  clock: 'access',
  act,
  caseIds,
  purpose: 'myPage',
  basis: 'holder',
  fields: [field],
  outcome: 'granted',
  role: 'holder',
})

/** Looks at others' cases are recorded for them, each with its mandate: one whose mandate has just ended is not shown. */
async function casesWaiting(
  subject: Subject,
  actor: Actor,
  deps: Deps,
): Promise<{ readonly items: readonly Followed[]; readonly count: number }> {
  const party = await partyOf(actor, deps)
  const [rows, tally] = await Promise.all([
    deps.store.cases.listOwn(party, { stage: { is: 'mine', statuses: STAGE_STATUSES }, limit: MOST }),
    deps.store.caseStages.tally(party, STAGE_STATUSES),
  ])
  const reached = rows.map((row) => reachedBy(party, row))
  const own = reached.flatMap(({ row, mandateId }) => (mandateId === null ? [row.id] : []))
  if (own.length > 0) await recordAccess(lookOf(subject, 'cases.list', 'caseStatus', own), actor, deps)
  const isShown = await Promise.all(
    reached.map(async (one) => one.mandateId === null || (await mayLook(one, 'list', actor, deps))),
  )
  const shown = rows.filter((_row, index) => isShown[index])
  const items = await showCases(shown, deps)
  return {
    items: items.map((one, index) => ({ case: one, of: whoseIs(shown[index], reached, deps) })),
    count: tally.mine,
  }
}

/** All of them, the one that ends first before the others. */
async function licencesEnding({ id }: Subject, deps: Deps): Promise<readonly Licence[]> {
  const { rows } = await deps.store.holdings.known(id, 'licence')
  const soon = formatInstant(new Date(deps.now().getTime() + SOON_DAYS * DAY_MS)).slice(0, 10)
  return rows
    .map((row) => maskedLicence(row, deps.sealing.open<FoundLicence>(row.sealed), deps.now()))
    .filter(({ status, validTo }) => status === 'valid' && validTo !== null && validTo <= soon)
    .toSorted((one, other) => ((one.validTo ?? '') < (other.validTo ?? '') ? -1 : 1))
}
