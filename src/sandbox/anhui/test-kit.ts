import { createHash, createHmac, randomUUID } from 'node:crypto'
import iconv from 'iconv-lite'
import vectors from '../../../test/vectors/ah.json' with { type: 'json' }
import type { Answer } from '../simulated.ts'
import { simulateAnhui } from './index.ts'

const CASE = '/1.0.0/djz-tylsh-rest/api'
const ITEM = '/api-0.8.20/item-service'
const ZZWK = '/api-0.8.20/zzwk-service'
const GROUPS: readonly (readonly [string, string])[] = [
  [CASE, 'fakegroupah01'],
  [ITEM, 'fakegroupah02'],
  [ZZWK, 'fakegroupah03'],
  ['/uccp-', 'fakegroupah05'],
]

/** Every answer as its JSON. Tests name the members that they expect, so nothing is assumed of the others. */
export interface Reply {
  readonly status: number
  readonly json: Record<string, unknown>
}

/** A callback as it reached the pretended gateway, with its fields decoded by the charset of their prologs. */
export interface Arrived {
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string
  readonly charset: string
  readonly fields: Readonly<Record<string, string>>
}

/** What a test may bend: headers replace the right ones after signing, and an empty one is left out. */
export interface Bent {
  readonly headers?: Readonly<Record<string, string>>
  readonly nonce?: string
  readonly timestamp?: number
  readonly secret?: string
}

/** The PLAIN recipe of contract 3.2, written a second time so that the platform's code does not judge itself. */
export function independentSignature(secret: string, parts: readonly string[]): string {
  const line = parts.filter((part) => part.length > 0).join('|')
  return createHmac('sha256', Buffer.from(secret)).update(line, 'utf8').digest('base64')
}

export const md5Of = (body: Uint8Array | string): string => createHash('md5').update(body).digest('base64')

/** The samples of the contract by operation. */
export const samplesOf = (op: string) => vectors.samples.filter((sample) => sample.op === op)

/** Reads the text of an element by its name. */
export const textIn = (xml: string, name: string): string =>
  new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1] ?? ''

function decodedForm(body: string): { charset: string; fields: Record<string, string> } {
  const fields: Record<string, string> = {}
  let charset = ''
  for (const pair of body.split('&')) {
    const [name = '', value = ''] = pair.split('=')
    const latin1 = value
      .replaceAll('+', ' ')
      .replace(/%(..)/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    charset = /encoding="([^"]+)"/.exec(latin1)?.[1] ?? 'utf-8'
    fields[name] = iconv.decode(Buffer.from(latin1, 'latin1'), charset === 'gb2312' ? 'gb18030' : charset)
  }
  return { charset, fields }
}

/** A platform whose clock the test turns, and a gateway that answers callbacks as told. */
export function openKit(retryDelaysMs?: readonly number[]) {
  let now = new Date('2099-01-02T09:00:46+08:00')
  let answerWith: (() => Answer) | undefined
  const arrived: Arrived[] = []
  const region = simulateAnhui({
    now: () => now,
    baseUrl: 'http://ah.test',
    gatewayUrl: 'http://127.0.0.1:8080',
    ...(retryDelaysMs === undefined ? {} : { retryDelaysMs }),
    post: async (url, headers, body) => {
      arrived.push({ url, headers, body: String(body), ...decodedForm(String(body)) })
      return answerWith?.() ?? { status: 200, body: '{"result":"01","resultmsg":"接收成功","data":{}}' }
    },
  })

  const send = async (
    method: string,
    target: string,
    body: Uint8Array<ArrayBuffer> | string,
    contentType: string,
    bent: Bent = {},
  ): Promise<Reply> => {
    const nonce = bent.nonce ?? randomUUID()
    const timestamp = String(bent.timestamp ?? now.getTime())
    const md5 = body.length > 0 ? md5Of(body) : ''
    const parts = [target, nonce, timestamp, 'fakeappid0001', md5]
    const headers: Record<string, string> = {
      'S-Auth-Version': '1',
      'S-Auth-AppId': 'fakeappid0001',
      'S-Auth-Timestamp': timestamp,
      'S-Auth-Nonce': nonce,
      'S-Auth-Stage': 'RELEASE',
      'S-Auth-GroupId': GROUPS.find(([prefix]) => target.startsWith(prefix))?.[1] ?? 'fakegroupah01',
      'S-Auth-Signature': independentSignature(bent.secret ?? 'FAKE_APP_SECRET_AH', parts),
      'S-SDK-Version': '1.3',
      'S-Content-MD5': md5,
      'Content-Type': contentType,
      'S-Area-Code': target.startsWith(ZZWK) ? '340100000000' : '',
      ...bent.headers,
    }
    const kept = Object.entries(headers).filter(([, value]) => value !== '')
    const init = { method, headers: kept.map(([name, value]): [string, string] => [name, value]) }
    const response = await region.app.request(`http://ah.test${target}`, {
      ...init,
      ...(body.length > 0 ? { body } : {}),
    })
    return { status: response.status, json: JSON.parse(await response.text()) }
  }

  const form = (target: string, fields: Readonly<Record<string, string>>, bent?: Bent) =>
    send('POST', target, new URLSearchParams(fields).toString(), 'application/x-www-form-urlencoded', bent)

  return {
    region,
    arrived,
    send,
    form,
    json: (target: string, body: unknown, bent?: Bent) =>
      send('POST', target, JSON.stringify(body), 'application/json', bent),
    caseForm: (tail: string, fields: Readonly<Record<string, string>>, bent?: Bent) =>
      form(`${CASE}${tail}`, fields, bent),
    upload: async (
      parts: Readonly<Record<string, string>>,
      fileName: string,
      content: Uint8Array<ArrayBuffer>,
      bent?: Bent,
    ) => {
      const data = new FormData()
      for (const [name, value] of Object.entries(parts)) data.append(name, value)
      data.append('file', new Blob([content]), fileName)
      const packed = new Response(data)
      const bytes = new Uint8Array(await packed.arrayBuffer())
      const contentType = packed.headers.get('content-type') ?? ''
      return send('POST', `${ZZWK}/materialService/materialUpload`, bytes, contentType, bent)
    },
    answerCallbacksWith: (answer: (() => Answer) | undefined) => {
      answerWith = answer
    },
    pass: (seconds: number) => {
      now = new Date(now.getTime() + seconds * 1000)
    },
    nowMs: () => now.getTime(),
  }
}

export type Kit = ReturnType<typeof openKit>

/** `data` as texts, where it is or may be one element; tests read only members that the contract has as texts. */
export function dataOf(reply: Reply): Record<string, string> {
  const { data } = reply.json
  return (Array.isArray(data) ? data[0] : data) as Record<string, string>
}
