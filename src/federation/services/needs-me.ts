/** What needs somebody now, of what the gateway already knows: no region is asked, so that the first page is there at once. */
import type { FoundLicence } from '../../adapters/kit/contract.ts'
import type { Case } from '../../schemas/case.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Licence } from '../../schemas/licence.ts'
import { accessRow } from '../audit/access.ts'
import { showCases } from '../cases/clock/show-cases.ts'
import type { Actor, Deps } from '../deps.ts'
import { subjectIn } from '../holdings/holder.ts'
import { maskedLicence } from '../licences/present.ts'

/** A licence that ends within so many days is told of. */
export const SOON_DAYS = 90
const DAY_MS = 86_400_000
/** Each list is so long at most; the pages behind them have the rest. */
const MOST = 5

export interface NeedsMe {
  /** Cases whose next step is the person's, the one that is due first before the others. */
  readonly cases: readonly Case[]
  /** Licences that are valid and end soon, with numbers masked. */
  readonly ending: readonly Licence[]
}

/** @throws GatewayError `PERSON_REQUIRED`, `ASSURANCE_TOO_LOW` */
export async function readNeedsMe(actor: Actor, deps: Deps): Promise<NeedsMe> {
  const subject = await subjectIn(actor, deps)
  const holderKeys = deps.sealing.identities(subject.holder.idDocument)
  const [rows, { rows: held }] = await Promise.all([
    deps.store.cases.listOwn(
      { holderKeys, mandateIds: [] },
      { status: ['CORRECTION_REQUIRED', 'PRECHECK_RETURNED'], limit: MOST },
    ),
    deps.store.holdings.known(subject.id, 'licence'),
  ])
  const soon = formatInstant(new Date(deps.now().getTime() + SOON_DAYS * DAY_MS)).slice(0, 10)
  const ending = held
    .map((row) => maskedLicence(row, deps.sealing.open<FoundLicence>(row.sealed), deps.now()))
    .filter(({ status, validTo }) => status === 'valid' && validTo !== null && validTo <= soon)
    .toSorted((one, other) => ((one.validTo ?? '') < (other.validTo ?? '') ? -1 : 1))
    .slice(0, MOST)
  const looked = (act: string, field: string, caseIds: readonly string[]) =>
    accessRow(
      {
        holder: subject.key,
        clock: 'access',
        act,
        caseIds,
        purpose: 'myPage',
        basis: 'holder',
        fields: [field],
        outcome: 'granted',
        role: 'holder',
      },
      actor,
      deps,
    )
  // What shows nothing is no look.
  await deps.store.accesses.append([
    ...(rows.length > 0
      ? [
          looked(
            'cases.list',
            'caseStatus',
            rows.map(({ id }) => id),
          ),
        ]
      : []),
    ...(ending.length > 0 ? [looked('licences.list', 'licenceDetails', [])] : []),
  ])
  return { cases: await showCases(rows, deps), ending }
}
