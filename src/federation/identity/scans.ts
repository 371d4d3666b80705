/** Who scanned a person's codes: read by the person alone. */
import { formatInstant } from '../../schemas/instants.ts'
import type { ScanRow } from '../../store/index.ts'
import type { Actor, Deps } from '../deps.ts'
import { requireWhole } from './codes.ts'
import { personOf } from './principal.ts'
import type { Purpose } from './purposes.ts'
import type { Outcome } from './scan.ts'

/** One scan, as the person reads it. */
export interface ShownScan {
  readonly at: string
  readonly client: { readonly id: string; readonly name: string }
  readonly purpose: Purpose
  readonly outcome: Outcome
  /** Which members the counter learned; none of a refusal. */
  readonly fields: readonly string[]
  /** The code that was scanned. */
  readonly codeId: string
}

/**
 * A page of one's own scans, newest first.
 * @param asked.before where the last page ended; `codeId`: of one code alone
 * @throws GatewayError `PERSON_REQUIRED`, `AUDIENCE_MISMATCH`
 */
export async function listScans(
  asked: { readonly limit: number; readonly before?: number | undefined; readonly codeId?: string },
  actor: Actor,
  { store, clients }: Deps,
): Promise<{ readonly items: readonly ShownScan[]; readonly next: number | null }> {
  const { personId } = personOf(actor)
  requireWhole(actor)
  // One more than asked for tells whether there is a next page.
  const rows = await store.codes.scansOf(personId, { ...asked, limit: asked.limit + 1 })
  const shown = rows.slice(0, asked.limit)
  return {
    items: shown.map((row) => shownScan(row, clients(row.clientId)?.name ?? row.clientId)),
    next: rows.length > asked.limit ? (shown.at(-1)?.position ?? null) : null,
  }
}

const shownScan = ({ at, clientId, purpose, outcome, fields, codeId }: ScanRow, name: string): ShownScan => ({
  at: formatInstant(at),
  client: { id: clientId, name },
  // The store keeps what the scan wrote.
  purpose: purpose as Purpose,
  outcome: outcome as Outcome,
  fields,
  codeId,
})
