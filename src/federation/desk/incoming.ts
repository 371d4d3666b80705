/** 转来的件: what other windows have handed over to the cities that a clerk's client answers for. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { CaseRow, CustodyRow, DeskCaseRow, DeskPaperRow } from '../../store/index.ts'
import { accessRow } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { type DeskCase, type DeskContent, deskFacts } from './content.ts'
import { noteCustody } from './custody.ts'
import type { AtDesk } from './enter.ts'

/** One line of the queue: nothing of the person. */
export interface Incoming {
  readonly row: DeskCaseRow
  readonly filed: CaseRow | undefined
  readonly custody: readonly CustodyRow[]
}

/** The queue, the latest first. */
export async function listIncoming({ client }: AtDesk, { store }: Deps): Promise<readonly Incoming[]> {
  const rows = await store.deskCases.incoming(client.divisions, LIMITS.deskCasesShown)
  return Promise.all(
    rows.map(async (row) => ({
      row,
      filed: row.caseId === null ? undefined : await store.cases.read(row.caseId),
      custody: await store.deskCases.custodyOf(row.id),
    })),
  )
}

/** One of them with its papers. @throws GatewayError `DESK_CASE_NOT_FOUND` for another city's, recorded */
export async function readIncoming(
  id: string,
  { client }: AtDesk,
  actor: Actor,
  deps: Deps,
): Promise<DeskCase & Incoming & { readonly papers: readonly DeskPaperRow[] }> {
  const { store, sealing } = deps
  const row = await store.deskCases.read(id)
  const content = row && sealing.open<DeskContent | null>(row.sealed)
  if (!row || !content || row.handedAt === null) throw new GatewayError('DESK_CASE_NOT_FOUND')
  const isOurs = client.divisions.includes(row.division ?? '')
  const outcome = isOurs ? 'granted' : 'DESK_CASE_NOT_FOUND'
  const fields = isOurs ? ['name', 'document'] : []
  const facts = deskFacts(
    { row, content },
    'readIncoming',
    { fields, clock: 'access', outcome, basis: 'duty' },
    deps,
  )
  await store.accesses.append([accessRow(facts, actor, deps)])
  if (!isOurs) throw new GatewayError('DESK_CASE_NOT_FOUND')
  const [papers, custody, filed] = await Promise.all([
    store.deskCases.papersOf(id),
    store.deskCases.custodyOf(id),
    row.caseId === null ? undefined : store.cases.read(row.caseId),
  ])
  return { row, content, papers, custody, filed }
}

/** The papers are here. @throws GatewayError `DESK_CASE_NOT_FOUND`, `CUSTODY_ORDER` */
export async function confirmArrival(id: string, at: AtDesk, actor: Actor, deps: Deps): Promise<void> {
  await readIncoming(id, at, actor, deps)
  await noteCustody(id, { step: 'arrived' }, 'owner', at, deps)
}
