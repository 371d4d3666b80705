/** A request taken apart, so that one thing can be wrong with it, and put together again. */
import type { Outgoing } from '../adapters/kit/transport.ts'

/** Members of a request, changed in place by a requirement. `body` is undefined where it is not JSON or a form. */
export interface Parts {
  readonly query: Record<string, string>
  readonly headers: Record<string, string>
  body: Record<string, unknown> | undefined
  /** The bytes of a body that is neither: a multipart one. Latin-1 text of them can be searched and replaced. */
  raw: string | undefined
}

type Kind = 'json' | 'form' | 'other'

function kindOf({ headers, body }: Outgoing): Kind {
  if (typeof body !== 'string') return 'other'
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  if (type.startsWith('application/json')) return 'json'
  return type.startsWith('application/x-www-form-urlencoded') ? 'form' : 'other'
}

/** The request's query, headers and members. */
export function partsOf(out: Outgoing): Parts {
  const kind = kindOf(out)
  const text = String(out.body)
  const body =
    kind === 'json'
      ? (JSON.parse(text) as Record<string, unknown>)
      : kind === 'form'
        ? Object.fromEntries(new URLSearchParams(text))
        : undefined
  const raw =
    kind === 'other' && out.body !== undefined ? Buffer.from(out.body).toString('latin1') : undefined
  return { query: Object.fromEntries(new URL(out.url).searchParams), headers: { ...out.headers }, body, raw }
}

const encoded = (values: Record<string, unknown>): string =>
  Object.entries(values)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`)
    .join('&')

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** The request with other parts. Its signature is that of the old ones. */
export function withParts(out: Outgoing, { query, headers, body, raw }: Parts): Outgoing {
  const [head = ''] = out.url.split('?')
  const before = partsOf(out)
  const kind = kindOf(out)
  // What was not changed goes out byte for byte: a digest may stand for it.
  const line = same(before.query, query) ? undefined : encoded(query)
  return {
    ...out,
    url: line === undefined ? out.url : line === '' ? head : `${head}?${line}`,
    headers,
    ...(body === undefined || same(before.body, body)
      ? {}
      : { body: kind === 'json' ? JSON.stringify(body) : encoded(body) }),
    ...(raw === undefined || raw === before.raw ? {} : { body: Buffer.from(raw, 'latin1') }),
  }
}
