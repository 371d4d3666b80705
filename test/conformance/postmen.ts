/** Postmen of the sandbox, right ones and changed ones, before the kit’s receiver, on a clock that is put forward. */
import { signature as anhuiSignature, contentMd5 } from '../../src/adapters/anhui/sign.ts'
import { callbackText, signCallback } from '../../src/adapters/shanghai/sign.ts'
import { headersFor, queryLine } from '../../src/adapters/zhejiang/sign.ts'
import { judgeCallbacks } from '../../src/conformance/callbacks/judge.ts'
import { provoke } from '../../src/conformance/callbacks/live.ts'
import { openReceiver, type Receiver, type Reply } from '../../src/conformance/callbacks/receiver.ts'
import type { Finding } from '../../src/conformance/model.ts'
import { virtualClock } from '../../src/sandbox/clock.ts'
import type { SimulatedRegionId, World } from '../../src/sandbox/simulated.ts'
import { platformOf } from './platforms.ts'

/** One attempt of a postman. */
export interface Attempt {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What a changed postman does to an attempt before it is sent, and to what was answered before it is looked at. */
export interface Change {
  /** What waits is sent from the last to the first. */
  readonly isBackwards?: true
  readonly delays?: readonly number[]
  /** @param nth how often something about this event was sent, from 1 · @returns nothing when it is not sent at all */
  readonly send?: (attempt: Attempt, nth: number, first: Attempt) => Attempt | undefined
  readonly hear?: (reply: Reply, heard: Heard) => Heard
}
/** The answer as the postman hears it: a text, or nothing. */
export type Heard = { readonly status: number; readonly body: string } | undefined

// biome-ignore lint/suspicious/noExplicitAny: a changed postman reaches into the configuration of any region.
type Any = any

/** An attempt with another body or address, signed as the region would have. */
export function signedAnew(id: SimulatedRegionId, config: Any, attempt: Attempt): Attempt {
  const { pathname, search } = new URL(attempt.url)
  const { credentials } = config
  const h = attempt.headers
  if (id === 'shanghai') {
    const text = callbackText(
      pathname,
      h['X-SH-Timestamp'] ?? '',
      h['X-SH-Nonce'] ?? '',
      Buffer.from(attempt.body),
    )
    return { ...attempt, headers: { ...h, 'X-SH-Signature': signCallback(credentials.callbackSecret, text) } }
  }
  if (id === 'anhui') {
    const md5 = contentMd5(Buffer.from(attempt.body))
    const signed = {
      target: pathname + search,
      nonce: h['S-Auth-Nonce'] ?? '',
      timestamp: h['S-Auth-Timestamp'] ?? '',
      appId: credentials.callbackAppId,
      contentMd5: md5,
    }
    const signature = anhuiSignature(credentials.callbackAppSecret, signed)
    return { ...attempt, headers: { ...h, 'S-Content-MD5': md5, 'S-Auth-Signature': signature } }
  }
  if (id === 'zhejiang') {
    const keys = { accessKey: credentials.callbackAccessKey, secretKey: credentials.callbackSecretKey }
    const made = headersFor('POST', pathname, queryLine({}), keys, new Date(h['X-BG-DATE-TIME'] ?? ''))
    return { ...attempt, headers: { ...h, ...made } }
  }
  return attempt
}

/** What two cases on their way made a region want to tell, none of it told yet: made once, and loaded by each changed postman. */
export async function unsaidOf(id: SimulatedRegionId): Promise<unknown> {
  const { region, subject } = platformOf(id, undefined, { post: () => Promise.reject(new Error('nobody')) })
  if (!subject.clerk) throw new Error('there is no clerk')
  await provoke(subject, subject.clerk)
  while (region.callbacks().some(({ lastAnswer }) => lastAnswer === undefined))
    await new Promise((resolve) => void setImmediate(resolve))
  region.close()
  const state = region.save() as { callbacks: Record<string, { attempts: number }> }
  for (const letter of Object.values(state.callbacks)) letter.attempts = 0
  return state
}

const MINUTE_MS = 60_000
/** An answer that is late never comes, as far as this postman is concerned. */
const PATIENCE_MS = 3
const WAITS = { slowMs: 1, lateMs: 2 }

/** Lets a region tell all that it has to tell, and judges how it does. */
export async function judged(
  id: SimulatedRegionId,
  unsaid: unknown,
  { delays, send, hear, isBackwards }: Change = {},
): Promise<readonly Finding[]> {
  const clock = virtualClock()
  const about = new Map<string, { count: number; first: Attempt }>()
  let receiver: Receiver | undefined
  const post: World['post'] = async (url, headers, body) => {
    const asked = { url, headers, body: String(body) }
    // Anhui's bodies are the same in every attempt, as Shanghai's; the others' are but for nothing that changes.
    const before = about.get(asked.body)
    const { count, first } = { count: (before?.count ?? 0) + 1, first: before?.first ?? asked }
    about.set(asked.body, { count, first })
    const attempt = send ? send(asked, count, first) : asked
    if (attempt === undefined) throw new Error('not sent')
    const { pathname, search } = new URL(attempt.url)
    const reply = receiver?.receive({
      method: 'POST',
      target: pathname + search,
      headers: Object.fromEntries(Object.entries(attempt.headers).map(([k, v]) => [k.toLowerCase(), v])),
      body: Buffer.from(attempt.body),
    }) ?? { afterMs: 0 }
    const told = reply.afterMs === WAITS.lateMs ? undefined : reply.answer
    const heard = hear ? hear(reply, told) : told
    if (heard === undefined) throw new Error('no answer')
    return heard
  }
  const { region, subject } = platformOf(id, undefined, {
    now: clock.now,
    after: clock.after,
    post,
    patienceMs: PATIENCE_MS,
    retryDelaysMs: delays ?? [1, 5, 30, 60, 60].map((minutes) => minutes * MINUTE_MS),
  })
  receiver = openReceiver(subject, WAITS)
  const state = structuredClone(unsaid) as { callbacks: Record<string, unknown> }
  if (isBackwards) state.callbacks = Object.fromEntries(Object.entries(state.callbacks).reverse())
  region.load(state)
  for (const minutes of [2, 7, 32, 62]) await clock.jump(minutes * MINUTE_MS)
  region.close()
  return judgeCallbacks(subject, receiver.received, clock.now())
}
