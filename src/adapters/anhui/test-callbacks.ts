/** Callbacks as Anhui sends them, for tests: signed, bent where a test wants it, and opened. */
import iconv from 'iconv-lite'
import type { OpenedCallback, RegionalEvent } from '../kit/contract.ts'
import { openCallback } from './callback.ts'
import { contentMd5, headersFor } from './sign.ts'
import { config, vectors } from './test-vectors.ts'

export const { callbackAppId: appId, callbackAppSecret: secret } = config.credentials
const AT = 4_070_998_848_000

export interface Sample {
  readonly note: string
  readonly request: {
    readonly headers: Readonly<Record<string, string>>
    readonly form: Readonly<Record<string, string>>
  }
  readonly response: { readonly body: unknown }
}
export const callbacks = vectors.samples.filter(
  (one) => one.op === 'case-callback',
) as unknown as readonly Sample[]
export const lower = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
export const formOf = (note: string): Readonly<Record<string, string>> =>
  callbacks.find((one) => one.note === note)?.request.form ?? {}
export const encoded = (fields: Readonly<Record<string, string>>) => new URLSearchParams(fields).toString()

/** A body in gb2312, percent-encoded byte by byte. */
export function inGb2312(fields: Readonly<Record<string, string>>): string {
  return Object.entries(fields)
    .map(([name, xml]) => {
      const bytes = iconv.encode(xml.replace('encoding="utf-8"', 'encoding="GB2312"'), 'gb18030')
      return `${name}=${[...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')}`
    })
    .join('&')
}

export interface Bent {
  readonly headers?: Readonly<Record<string, string>>
  readonly target?: string
  readonly method?: string
  readonly late?: number
  readonly secret?: string
}

/** Signs a body as Anhui does and opens it. An empty header is left out. */
export function opened(body: string, bent: Bent = {}): OpenedCallback {
  const target = bent.target ?? '/ah/callback/apas'
  const signed = {
    target,
    nonce: '3b1f2f3e-0000-4000-8000-000000000006',
    timestamp: String(AT),
    appId,
    contentMd5: contentMd5(body),
  }
  const headers = {
    ...headersFor(signed, bent.secret ?? secret, config.options.callbackGroup, config.options),
    'Content-Type': 'application/x-www-form-urlencoded; charset=utf-8',
    ...bent.headers,
  }
  const kept = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''))
  return openCallback(
    { method: bent.method ?? 'POST', target, headers: lower(kept), body: Buffer.from(body) },
    config,
    new Date(AT + (bent.late ?? 0)),
  )
}

export function eventIn(callback: OpenedCallback): RegionalEvent {
  if (!callback.accepted || !('event' in callback.content)) throw new Error(JSON.stringify(callback))
  return callback.content.event
}

export function answerIn(callback: OpenedCallback): { status: number; body: Record<string, unknown> } {
  const answer = callback.accepted
    ? 'answer' in callback.content
      ? callback.content.answer
      : undefined
    : callback.answer
  if (!answer) throw new Error('the callback was taken')
  return { status: answer.status, body: JSON.parse(answer.body) }
}
