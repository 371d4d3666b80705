/** An exchange as a report may show it: what the envelope says and the names of members; no person, no secret. */
import type { Exchange } from './model.ts'

/** Members of envelopes whose values say how the call went. */
const SHOWN = new Set([
  'success',
  'errorCode',
  'errorMsg',
  'code',
  'msg',
  'isSuccess',
  'result',
  'resultmsg',
  'flag',
  'status',
  'custom',
  'text',
  'errcode',
  'errmsg',
  'retcode',
  'message',
  'error',
  'phaseCode',
  'doAction',
  'handleState',
])
const SHOWN_HEADERS = new Set(['content-type', 'date', 'x-bg-date-time', 'x-bg-hmac-algorithm'])
const MAX_SHOWN = 200
const MAX_ITEMS = 3

/** Long runs of digits may be numbers of people or cases, long runs of letters keys; both are taken out of free text. */
const plain = (text: string): string =>
  text
    .replaceAll(/[0-9]{6,}[0-9Xx]*/g, '…')
    .replaceAll(/[A-Za-z0-9+/_-]{24,}={0,2}/g, '…')
    .slice(0, MAX_SHOWN)

function masked(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return value.slice(0, MAX_ITEMS).map((one) => masked(one, ''))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [plain(key), masked(inner, key)]))
  if (value === null || typeof value === 'boolean') return value
  if (SHOWN.has(name)) return typeof value === 'string' ? plain(value) : value
  return typeof value === 'string' ? `‹${value.length}›` : '‹number›'
}

function maskedBody(body: string | Buffer | undefined): string | undefined {
  if (body === undefined || body.length === 0) return undefined
  const text = body.toString('utf8')
  try {
    return JSON.stringify(masked(JSON.parse(text) as unknown, ''), null, 1)
  } catch {
    const names = [...text.slice(0, 100_000).matchAll(/(?:^|&)([A-Za-z_]{1,40})=/g)].map(([, name]) => name)
    return `‹${body.length} bytes${names.length > 0 ? `: ${names.join(', ')}` : ''}›`
  }
}

const maskedHeaders = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      SHOWN_HEADERS.has(name.toLowerCase()) ? plain(value) : `‹${value.length}›`,
    ]),
  )

/** Names of query members stay; their values are what somebody was asked about. */
function maskedUrl(url: string): string {
  const { origin, pathname, searchParams } = new URL(url)
  const names = [...searchParams.keys()].map((name) => `${plain(name)}=…`)
  return `${origin}${pathname}${names.length > 0 ? `?${names.join('&')}` : ''}`
}

/** What a report shows of one exchange. */
export interface ShownExchange {
  readonly operation: string
  readonly request: {
    readonly method: string
    readonly url: string
    readonly headers: object
    readonly body?: string
  }
  readonly answer?: { readonly status: number; readonly headers: object; readonly body?: string }
}

export function shown({ operation, out, answer }: Exchange): ShownExchange {
  const [asked, told] = [maskedBody(out.body), maskedBody(answer?.body)]
  return {
    operation,
    request: {
      method: out.method,
      url: maskedUrl(out.url),
      headers: maskedHeaders(out.headers),
      ...(asked === undefined ? {} : { body: asked }),
    },
    ...(answer
      ? {
          answer: {
            status: answer.status,
            headers: maskedHeaders(answer.headers),
            ...(told === undefined ? {} : { body: told }),
          },
        }
      : {}),
  }
}

/** A reason in words, without what a platform may have put into its codes. */
export const shownReason = plain
