/** Checks what the gateway posts: Standard Webhooks, by HMAC under a secret or by Ed25519 under a public key. */
import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto'
import type { components } from './api.ts'

/** What is posted: a CloudEvent with the case’s event in it. */
export interface PostedEvent {
  readonly specversion: '1.0'
  readonly id: string
  readonly source: string
  readonly type: string
  readonly subject: string
  readonly time: string
  readonly data: components['schemas']['CaseEvent']
}

/** Why a post is not taken. Answer it with 401. */
export class WebhookRefused extends Error {
  override readonly name = 'WebhookRefused'
  readonly reason: 'headers' | 'time' | 'signature'
  constructor(reason: WebhookRefused['reason']) {
    super(`a webhook that is not the gateway’s: ${reason}`)
    this.reason = reason
  }
}

export interface WebhookOptions {
  /** `secret` or `publicKey` of the subscription: `whsec_…` or `whpk_…`; several while one is exchanged for another. */
  readonly secret: string | readonly string[]
  /** How far the clocks may differ, in seconds. */
  readonly toleranceSeconds?: number
  readonly now?: () => Date
}

type HeadersIn = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * The event in a post. Whoever takes it remembers `webhook-id`: the same event may come twice.
 * @param body as it came, byte for byte: parsed and written again it is another
 * @throws WebhookRefused
 */
export function verifyWebhook(
  headers: HeadersIn,
  body: string,
  { secret, toleranceSeconds = 300, now = () => new Date() }: WebhookOptions,
): PostedEvent {
  const read = (name: string): string => {
    const value = headers instanceof Headers ? headers.get(name) : headers[name]
    if (typeof value !== 'string' || value === '') throw new WebhookRefused('headers')
    return value
  }
  const [id, time, signatures] = [
    read('webhook-id'),
    read('webhook-timestamp'),
    read('webhook-signature').split(' '),
  ]
  if (!/^\d{1,12}$/.test(time)) throw new WebhookRefused('headers')
  if (Math.abs(now().getTime() / 1000 - Number(time)) > toleranceSeconds) throw new WebhookRefused('time')
  const content = Buffer.from(`${id}.${time}.${body}`)
  if (![secret].flat().some((one) => signatures.some((signature) => fits(one, signature, content))))
    throw new WebhookRefused('signature')
  return JSON.parse(body) as PostedEvent
}

function fits(secret: string, signature: string, content: Buffer): boolean {
  const [version, value = ''] = signature.split(',', 2)
  const given = Buffer.from(value, 'base64')
  if (secret.startsWith('whsec_') && version === 'v1') {
    const expected = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
      .update(content)
      .digest()
    return given.length === expected.length && timingSafeEqual(given, expected)
  }
  if (!secret.startsWith('whpk_') || version !== 'v1a') return false
  const x = Buffer.from(secret.slice(5), 'base64').toString('base64url')
  return verify(
    null,
    content,
    createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }),
    given,
  )
}
