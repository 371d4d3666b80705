/** What a region posts: verified by its own scheme, taken once, answered in its own shape. */
import { createHash } from 'node:crypto'
import type {
  CallbackRequest,
  OpenedCallback,
  RegionAdapter,
  RegionAnswer,
  RegionalEvent,
} from '../../adapters/kit/contract.ts'
import type { CaseRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { applyNews, raise } from './apply-news.ts'
import { filedCase } from './record.ts'
import { contradicts } from './same-case.ts'
import { FINAL } from './state.ts'

type Accepted = Extract<OpenedCallback, { accepted: true }>

/** Handles one callback of a region. Every outcome is an answer in the region's shape. */
export async function receiveCallback(
  region: RegionAdapter['id'],
  request: CallbackRequest,
  deps: Deps,
): Promise<RegionAnswer> {
  const opened = openByAny(region, request, deps)
  if (!opened.accepted) {
    deps.log.warn({ region, status: opened.answer.status }, 'a callback was refused')
    return opened.answer
  }
  if ('answer' in opened.content)
    return (await nonceIsFresh(region, opened, deps)) ? opened.content.answer : opened.answers.replayed
  return take(region, opened, opened.content.event, deps)
}

/** A city may have its own secrets: the first configuration whose signature fits is the one that called. */
function openByAny(
  region: RegionAdapter['id'],
  request: CallbackRequest,
  { directory, now }: Deps,
): OpenedCallback {
  const connections = directory.connectionsOf(region)
  let refused: OpenedCallback | undefined
  for (const { adapter, config } of connections) {
    const opened = adapter.openCallback(request, config, now())
    if (opened.accepted) return opened
    refused ??= opened
  }
  return (
    refused ?? {
      accepted: false,
      answer: { status: 503, contentType: 'application/json', body: '{"message":"not connected"}' },
    }
  )
}

const nonceOf = (region: string, opened: Accepted, { now }: Deps) =>
  opened.nonce && {
    region,
    value: opened.nonce.value,
    until: new Date(now().getTime() + opened.nonce.seconds * 1000),
  }

async function nonceIsFresh(region: string, opened: Accepted, deps: Deps): Promise<boolean> {
  const nonce = nonceOf(region, opened, deps)
  return !nonce || deps.store.changes.useNonce(nonce)
}

async function take(
  region: RegionAdapter['id'],
  opened: Accepted,
  event: RegionalEvent,
  deps: Deps,
): Promise<RegionAnswer> {
  const { answers } = opened
  const found = await deps.store.cases.find(region, event)
  const row = found && !contradicts(found, event) ? found : undefined
  if (!row) return (await nonceIsFresh(region, opened, deps)) ? answers.caseUnknown : answers.replayed
  const confirmed = await confirm(row, event, deps)
  if (confirmed === 'silent') return answers.later
  const nonce = nonceOf(region, opened, deps)
  const told =
    confirmed === 'denied'
      ? { ...event, type: 'note' as const, note: `未获地区查询证实: ${event.rawStatus.label}` }
      : event
  const { outcome } = await applyNews(row.id, { ...told, via: 'callback' }, deps, nonce ? { nonce } : {})
  if (outcome === 'replayed') return answers.replayed
  if (outcome === 'changed') await keepDocuments(row, event, deps)
  await raise(region, event.alarms, deps)
  return answers.taken(event.caseNumber)
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
