/** Posts one event to one receiver, once. */
import { LIMITS } from '../../config.ts'
import type { OwedEvent, SubscriptionRow } from '../../store/index.ts'
import { presentEvent } from '../cases/record.ts'
import type { Deps } from '../deps.ts'
import { cloudEventOf } from './cloud-event.ts'
import { retryAfterSeconds } from './pauses.ts'
import { refusalOf } from './receivers.ts'
import { type SigningSecret, signatureOf } from './signatures.ts'

/** Why an event was not taken. */
export interface Failure {
  /** `STATUS_503`, `TIMEOUT`, …: a word of a closed list, shown to the client and counted. */
  readonly code: string
  /** The receiver says that it is gone for good. */
  readonly isGone: boolean
  /** Seconds that it wants to be left alone. */
  readonly retryAfter: number | undefined
}

const failed = (code: string, more: Partial<Failure> = {}): Failure => ({
  code,
  isGone: false,
  retryAfter: undefined,
  ...more,
})

/**
 * The id is the event's, the same at every attempt; time and signature are made now.
 * @returns why it was not taken; nothing when it was
 */
export async function postEvent(
  { event }: OwedEvent,
  { clientId, url }: SubscriptionRow,
  secret: SigningSecret,
  deps: Deps,
): Promise<Failure | undefined> {
  const failure = await attempt()
  const outcome = failure?.code ?? 'DELIVERED'
  deps.webhooks.outcomes.set(outcome, (deps.webhooks.outcomes.get(outcome) ?? 0) + 1)
  return failure

  async function attempt(): Promise<Failure | undefined> {
    // The directory may have changed since it was subscribed.
    if (refusalOf(clientId, url, deps)) return failed('ADDRESS_REFUSED')
    const body = JSON.stringify(cloudEventOf(presentEvent(event, deps.sealing), deps.publicUrl))
    const now = deps.now()
    const seconds = Math.floor(now.getTime() / 1000)
    const answer = await deps.webhooks.post(
      {
        url,
        headers: {
          'content-type': 'application/cloudevents+json; charset=utf-8',
          'user-agent': 'delta-gateway',
          'webhook-id': event.id,
          'webhook-timestamp': String(seconds),
          'webhook-signature': signatureOf(secret, event.id, seconds, body),
        },
        body,
      },
      { timeoutMs: LIMITS.webhookMs, maxBytes: LIMITS.webhookAnswerBytes },
    )
    if ('silence' in answer) return failed(answer.silence)
    const { status, retryAfter } = answer
    if (status >= 200 && status < 300) return undefined
    return failed(`STATUS_${status}`, {
      isGone: status === 410,
      retryAfter: status === 429 || status === 503 ? retryAfterSeconds(retryAfter, now) : undefined,
    })
  }
}
