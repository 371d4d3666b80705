/** What a region's message does to the case that it is about, whether it came when the case was known or was kept until then. */
import { createHash } from 'node:crypto'
import type { RegionalEvent } from '../../adapters/kit/contract.ts'
import type { CaseRow, Outcome } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { applyNews } from './apply-news.ts'
import type { News } from './news.ts'
import { filedCase } from './record.ts'
import { FINAL } from './state.ts'

/** @returns how it ended; `silent` when an end is not believed before the region was asked, and it does not answer */
export async function applyCallback(
  row: CaseRow,
  event: RegionalEvent,
  deps: Deps,
  {
    nonce,
    heardAt,
  }: { readonly nonce?: { region: string; value: string; until: Date }; readonly heardAt?: Date },
): Promise<Outcome['outcome'] | 'silent'> {
  const confirmed = await confirm(row, event, deps)
  if (confirmed === 'silent') return 'silent'
  const told: News = {
    ...event,
    ...(confirmed === 'denied'
      ? { type: 'note' as const, note: `未获地区查询证实: ${event.rawStatus.label}` }
      : {}),
    via: 'callback',
    ...(heardAt ? { heardAt: heardAt.toISOString() } : {}),
  }
  const { outcome } = await applyNews(row.id, told, deps, nonce ? { nonce } : {})
  if (outcome === 'changed') await keepDocuments(row, event, deps)
  return outcome
}

/** Where a signature does not cover the body, an end is believed only after the region was asked. */
async function confirm(
  row: CaseRow,
  event: RegionalEvent,
  deps: Deps,
): Promise<'believed' | 'denied' | 'silent'> {
  const { adapter, link } = deps.directory.at(row.division)
  if (!adapter.unsignedCallbackBody || event.type !== 'status' || !FINAL.includes(event.status))
    return 'believed'
  try {
    const current = await link.readCase(await filedCase(row, deps))
    return current.status === event.status ? 'believed' : 'denied'
  } catch {
    return 'silent'
  }
}

async function keepDocuments(
  row: CaseRow,
  event: RegionalEvent,
  { store, sealing, now }: Deps,
): Promise<void> {
  await store.cases.putDocuments(
    (event.documents ?? []).map((document, index) => ({
      caseId: row.id,
      kind: `${document.kind}@${event.key}`.slice(0, 200),
      number: index,
      sha256: createHash('sha256').update(document.bytes).digest('hex'),
      contentType: document.contentType,
      sealed: sealing.seal({ name: document.name, bytes: document.bytes.toString('base64') }),
      receivedAt: now(),
    })),
  )
}
