/** What a region posts: verified by its own scheme, taken once, answered in its own shape. */
import type {
  CallbackRequest,
  OpenedCallback,
  RegionAdapter,
  RegionAnswer,
  RegionalEvent,
} from '../../adapters/kit/contract.ts'
import type { Deps } from '../deps.ts'
import { applyCallback } from './apply-callback.ts'
import { raise } from './apply-news.ts'
import { contradicts } from './same-case.ts'
import { keepStray } from './strays.ts'

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
  if (!row) {
    if (!(await nonceIsFresh(region, opened, deps))) return answers.replayed
    await keepStray(region, event, found !== undefined, deps)
    return answers.caseUnknown
  }
  const nonce = nonceOf(region, opened, deps)
  const applied = await applyCallback(row, event, deps, nonce ? { nonce } : {})
  if (applied === 'silent') return answers.later
  if (applied === 'replayed') return answers.replayed
  await raise(region, event.alarms, deps)
  return answers.taken(event.caseNumber)
}
