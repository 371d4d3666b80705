import { createHash, createHmac } from 'node:crypto'
import type { Answer, SimulatedRegion } from '../simulated.ts'
import { simulateZhejiang } from './index.ts'

/** One callback as it reached the pretended gateway. */
interface Arrived {
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: Record<string, unknown>
}

/** What the platform answered. */
export interface Reply {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Buffer
  /** The parsed body; an empty object when it is not JSON. */
  readonly json: Record<string, unknown>
}

/** Everything of a request that a test may want to bend. */
export interface Bent {
  readonly query?: readonly (readonly [string, string])[]
  readonly body?: BodyOf
  readonly contentType?: string
  /** Overrides or, with an empty text, removes headers after signing. */
  readonly headers?: Readonly<Record<string, string>>
}

type BodyOf = string | FormData | undefined

const encode = (value: string): string =>
  [...Buffer.from(value)]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      return /[A-Za-z0-9\-_.~]/.test(character)
        ? character
        : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')

/** The contract's HMAC written a second time, so that the platform's own code does not judge itself. */
export function independentSignature(
  secret: string,
  method: string,
  path: string,
  query: readonly (readonly [string, string])[],
  accessKey: string,
  date: string,
): string {
  const line = [...query]
    .sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map(([key, value]) => `${encode(key)}=${encode(value)}`)
    .join('&')
  return createHmac('sha256', secret)
    .update([method, path, line, accessKey, date, ''].join('\n'))
    .digest('base64')
}

/** The contract's MD5 of the sharing dialect, written a second time. */
const independentMd5 = (...parts: readonly string[]): string =>
  createHash('md5').update(parts.join('')).digest('hex')

/** A platform with a clock that tests turn, and a gateway that answers callbacks as told. */
export function openTestGateway(start: string, retryDelaysMs?: readonly number[]) {
  let now = new Date(start)
  const arrived: Arrived[] = []
  let answerWith: (() => Answer) | undefined
  const region: SimulatedRegion = simulateZhejiang({
    now: () => now,
    baseUrl: 'http://zj.test',
    gatewayUrl: 'http://gateway.test/delta',
    ...(retryDelaysMs === undefined ? {} : { retryDelaysMs }),
    post: async (url, headers, body) => {
      arrived.push({ url, headers, body: JSON.parse(String(body)) })
      return answerWith?.() ?? { status: 200, body: '{"success":true,"errorCode":null,"data":null}' }
    },
  })

  const send = async (method: string, path: string, bent: Bent = {}): Promise<Reply> => {
    const query = bent.query ?? []
    const date = now.toUTCString()
    const headers = new Headers({
      'X-BG-HMAC-ACCESS-KEY': 'FAKE_AK_ZJ',
      'X-BG-HMAC-ALGORITHM': 'hmac-sha256',
      'X-BG-DATE-TIME': date,
      'X-BG-HMAC-SIGNATURE': independentSignature('FAKE_SK_ZJ', method, path, query, 'FAKE_AK_ZJ', date),
    })
    if (bent.contentType !== undefined) headers.set('Content-Type', bent.contentType)
    for (const [name, value] of Object.entries(bent.headers ?? {})) {
      if (value === '') headers.delete(name)
      else headers.set(name, value)
    }
    const search = query.map(([key, value]) => `${encode(key)}=${encode(value)}`).join('&')
    const url = `http://zj.test${path}${search === '' ? '' : `?${search}`}`
    const init = { method, headers, ...(bent.body === undefined ? {} : { body: bent.body }) }
    const response = await region.app.request(url, init)
    const bytes = Buffer.from(await response.arrayBuffer())
    const isJson = response.headers.get('content-type')?.startsWith('application/json')
    const json: Record<string, unknown> = isJson ? JSON.parse(bytes.toString()) : {}
    return { status: response.status, headers: response.headers, bytes, json }
  }

  const prefix = '/restapi/prod/IC3300002099010100000'
  return {
    region,
    arrived,
    send,
    answerCallbacksWith: (answer: (() => Answer) | undefined) => {
      answerWith = answer
    },
    setClock: (date: string) => {
      now = new Date(date)
    },
    pass: (seconds: number) => {
      now = new Date(now.getTime() + seconds * 1000)
    },
    nowMs: () => now.getTime(),
    /** A JSON call of the `case` group. */
    post: (tail: string, body: unknown) =>
      send('POST', `${prefix}2/zwztapi/${tail}`, {
        body: JSON.stringify(body),
        contentType: 'application/json; charset=UTF-8',
      }),
    /** A call of the `case` group without a body. */
    get: (tail: string, query: readonly (readonly [string, string])[]) =>
      send('GET', `${prefix}2/zwztapi/${tail}`, { query }),
    takeNumber: async (areaCode: string, matterCode: string): Promise<string> => {
      const param = JSON.stringify({ areaCode, matterCode, appId: 'APP-FAKE-CSJ-ZJ' })
      const reply = await send('POST', `${prefix}2/zwztapi/projid/get.do`, {
        body: new URLSearchParams({ param }).toString(),
        contentType: 'application/x-www-form-urlencoded',
      })
      return dataOf(reply)['projId']
    },
    upload: (parts: Readonly<Record<string, string>>, bytes: Uint8Array<ArrayBuffer>) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(parts)) form.append(name, value)
      form.append('file', new Blob([bytes]), 'file.bin')
      return send('POST', `${prefix}3/zwztapi/attach/upload.do`, { body: form })
    },
    download: (query: Readonly<Record<string, string>>) =>
      send('GET', `${prefix}3/zwztapi/attach/download.do`, { query: Object.entries(query) }),
    /** A call of the sharing dialect under an IC code, that of `matter` unless another is named. */
    share: (tail: string, secret: string, query: Readonly<Record<string, string>>, group = '1') => {
      const requestTime = String(now.getTime())
      const sign = independentMd5('FAKEAPPKEY', secret, requestTime)
      return send('GET', `${prefix}${group}/gateway/${tail}`, {
        query: Object.entries({ appKey: 'FAKEAPPKEY', requestTime, sign, ...query }),
      })
    },
  }
}

/** The answered `data` as texts; what is no text is left to the test that wants it. */
export function dataOf(reply: Reply): Record<string, string> & { projId: string } {
  // Tests read only members that the contract marks as texts through this.
  return reply.json['data'] as Record<string, string> & { projId: string }
}
