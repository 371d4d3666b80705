/** What the calls of every region share: joining addresses, reading JSON answers, parts of a form, one refresh for many. */
import { randomBytes } from 'node:crypto'
import { GatewayError } from '../../errors.ts'
import type { Incoming } from './transport.ts'

/** An absolute base stays as it is; a path is appended to `baseUrl`. */
export const under = (baseUrl: string, base: string): string =>
  /^https?:\/\//.test(base) ? base : baseUrl + base

/** The answer as JSON. @throws GatewayError `REGION_UNAVAILABLE` for 5xx, `REGION_ANSWER_INVALID` for what is no JSON. */
export function jsonOf(answer: Incoming): unknown {
  if (answer.status >= 500)
    throw new GatewayError('REGION_UNAVAILABLE', { phase: 'status', status: answer.status })
  try {
    return JSON.parse(answer.body.toString('utf8'))
  } catch {
    // The parser's own fault quotes what it read, which may be a person's name or number: it is not handed on.
    throw new GatewayError('REGION_ANSWER_INVALID', { reason: 'no JSON', status: answer.status })
  }
}

/** An object, or `REGION_ANSWER_INVALID`. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new GatewayError('REGION_ANSWER_INVALID', { reason: 'no object' })
  return value as Readonly<Record<string, unknown>>
}

/** One part of a multipart form. */
export type FormPart =
  | { readonly name: string; readonly value: string }
  | { readonly name: string; readonly filename: string; readonly contentType: string; readonly bytes: Buffer }

/** `multipart/form-data` with raw UTF-8 names, as browsers write it (`"` is `%22`). */
export function multipart(parts: readonly FormPart[]): { contentType: string; body: Buffer } {
  const boundary = `----delta${randomBytes(12).toString('hex')}`
  const chunks: Buffer[] = []
  for (const part of parts) {
    const head =
      'value' in part
        ? `Content-Disposition: form-data; name="${quoted(part.name)}"\r\n\r\n`
        : `Content-Disposition: form-data; name="${quoted(part.name)}"; filename="${quoted(part.filename)}"\r\nContent-Type: ${part.contentType}\r\n\r\n`
    chunks.push(
      Buffer.from(`--${boundary}\r\n${head}`, 'utf8'),
      'value' in part ? Buffer.from(part.value, 'utf8') : part.bytes,
      Buffer.from('\r\n'),
    )
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`))
  return { contentType: `multipart/form-data; boundary=${boundary}`, body: Buffer.concat(chunks) }
}

const quoted = (name: string) => name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

/** `application/x-www-form-urlencoded` in UTF-8. */
export const formOf = (fields: Readonly<Record<string, string>>): string =>
  new URLSearchParams(fields).toString()

/** File name of a `Content-Disposition` with `filename*=UTF-8''…`, or `fallback`. */
export function fileNameOf(disposition: string | undefined, fallback: string): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1]
  if (encoded === undefined) return fallback
  try {
    return decodeURIComponent(encoded)
  } catch {
    return fallback
  }
}

/** A value that is fetched when it is needed, kept until shortly before its end, and fetched once for all who wait. */
export function cached<T>(
  fetch: () => Promise<{ value: T; until: number }>,
  now: () => Date,
): { get: () => Promise<T>; drop: (value: T) => void } {
  let kept: { value: T; until: number } | undefined
  let pending: Promise<T> | undefined
  const refresh = async (): Promise<T> => {
    try {
      kept = await fetch()
      return kept.value
    } finally {
      pending = undefined
    }
  }
  return {
    get: () => {
      if (kept && now().getTime() < kept.until) return Promise.resolve(kept.value)
      pending ??= refresh()
      return pending
    },
    // Only the value that failed is dropped: somebody may have fetched a newer one meanwhile.
    drop: (value) => {
      if (kept?.value === value) kept = undefined
    },
  }
}
