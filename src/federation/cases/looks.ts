/** What a look at a case, or an act on it, leaves in the record of its holder. */
import type { CaseRow } from '../../store/index.ts'
import type { AccessFacts } from '../audit/access.ts'
import type { Actor } from '../deps.ts'

/** What is seen by each act. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  file: ['application'],
  list: ['caseStatus'],
  read: ['caseStatus'],
  readWhole: ['caseStatus', 'caseEvents'],
  events: ['caseEvents'],
  ledger: ['caseLedger'],
  result: ['caseResult'],
  correct: ['application'],
  readForm: ['application'],
  withdraw: ['caseStatus'],
  remind: ['caseStatus'],
  rate: ['caseRating'],
  readRating: ['caseRating'],
}

/** Acts that hand something to a region are kept as long as what is provided. */
const PROVIDING: ReadonlySet<string> = new Set(['file', 'correct'])

type Row = Pick<CaseRow, 'id' | 'holderKey' | 'matterId'>

/**
 * @param mandateId the mandate on which it stands
 * @param refused the problem code of a refusal
 */
export function factsOf(
  row: Row,
  act: string,
  { principal }: Actor,
  { mandateId, refused }: { readonly mandateId?: string | null; readonly refused?: string } = {},
): AccessFacts {
  const isMandate = mandateId !== undefined && mandateId !== null
  return {
    holder: row.holderKey,
    clock: PROVIDING.has(act) && refused === undefined ? 'provision' : 'access',
    act: `cases.${act}`,
    matter: row.matterId,
    caseIds: [row.id],
    purpose: 'case',
    basis: isMandate ? 'mandate' : principal ? 'holder' : 'duty',
    fields: refused === undefined ? (FIELDS[act] ?? []) : [],
    outcome: refused ?? 'granted',
    ...(isMandate
      ? { role: 'agent' as const }
      : principal && refused === undefined
        ? { role: 'holder' as const }
        : {}),
  }
}
