/** What Zhejiang posts (contract 3.3 and 4.c.2): its own API gateway's checks in its order, answered in its shapes. */
import { timingSafeEqual } from 'node:crypto'
import { GatewayError } from '../../errors.ts'
import { type Alarm, wallClock } from '../kit/codecs.ts'
import type { CallbackRequest, OpenedCallback, RegionAnswer, RegionalEvent } from '../kit/contract.ts'
import { isAbsent, ROOT } from '../kit/table.ts'
import { instant, pairOf, rawOf, readCorrection, readOutcome } from './case.ts'
import type { WireCorrectInfo } from './case.wire.ts'
import { phase } from './codes.ts'
import type { ZhejiangConfig } from './config.ts'
import { queryLine, signature, stringToSign } from './sign.ts'

type Plain = Readonly<Record<string, unknown>>

const answer = (status: number, body: object): RegionAnswer => ({
  status,
  contentType: 'application/json; charset=UTF-8',
  body: JSON.stringify(body),
})
const refused = (message: string): OpenedCallback => ({ accepted: false, answer: answer(401, { message }) })
const failure = (errorCode: string, errorMsg: string) =>
  answer(200, { success: false, errorCode, errorMsg, data: null })

/** The answer to a body that is too large. */
export const TOO_LARGE = answer(413, { message: 'Request Entity Too Large' })

const answers = {
  taken: () => answer(200, { success: true, errorCode: null, errorMsg: null, data: null }),
  replayed: answer(200, { success: true, errorCode: null, errorMsg: null, data: null }),
  caseUnknown: failure('C-AFFAIR-PROJ-NOT-EXIST', '办件不存在'),
  later: failure('S-SYSTEM-BUSY', '系统繁忙'),
}

const FIXDATE =
  /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d{2}:\d{2}:\d{2} GMT$/

const equal = (a: string, b: string) =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))

export function openCallback(
  request: CallbackRequest,
  { credentials, options }: ZhejiangConfig,
  now: Date,
): OpenedCallback {
  const headers = request.headers
  const key = headers['x-bg-hmac-access-key'] ?? ''
  if (!equal(key, credentials.callbackAccessKey)) return refused('Invalid access key')
  const given = headers['x-bg-hmac-signature']
  if (headers['x-bg-hmac-algorithm'] !== 'hmac-sha256' || !given) return refused('Invalid signature')
  const date = headers['x-bg-date-time'] ?? ''
  if (!FIXDATE.test(date) || Math.abs(now.getTime() - Date.parse(date)) > options.clockSkewSeconds * 1000)
    return refused('Clock skew exceeded')
  const [path = '', search = ''] = request.target.split('?')
  const query = queryOf(search)
  if (
    !query ||
    !equal(
      signature(
        credentials.callbackSecretKey,
        stringToSign(request.method, path, queryLine(query), key, date),
      ),
      given,
    )
  )
    return refused('Invalid signature')
  const kind = path.slice(path.lastIndexOf('/') + 1)
  if (request.method !== 'POST' || !['accept', 'handler', 'finish'].includes(kind))
    return { accepted: false, answer: answer(404, { message: 'Not Found' }) }
  return { accepted: true, content: read(request), answers }
}

/** Decoded parameters; nothing when a name comes twice. */
function queryOf(search: string): Record<string, string> | undefined {
  const out: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(search)) {
    if (name in out) return undefined
    out[name] = value
  }
  return out
}

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function read(request: CallbackRequest): { event: RegionalEvent } | { answer: RegionAnswer } {
  const wrong = (member: string) => ({ answer: failure('C-AFFAIR-PARAM-INVALID', `参数错误:${member}`) })
  if (!/^application\/json\s*(;\s*charset=utf-?8)?$/i.test(request.headers['content-type'] ?? ''))
    return wrong('Content-Type')
  let body: unknown
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(request.body))
  } catch {
    return wrong('body')
  }
  if (!isPlain(body)) return wrong('body')
  for (const member of ['eventId', 'projId', 'phaseCode', 'gmtUpdate'] as const) {
    if (typeof body[member] !== 'string' || body[member] === '') return wrong(member)
  }
  if (typeof body['doAction'] !== 'string' && typeof body['doAction'] !== 'number') return wrong('doAction')
  try {
    return { event: eventOf(body) }
  } catch (error) {
    if (error instanceof GatewayError) return wrong('gmtUpdate')
    throw error
  }
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

function eventOf(body: Plain): RegionalEvent {
  const alarms: Alarm[] = []
  const pair = pairOf(body as { phaseCode: unknown; doAction: unknown })
  const status = phase.decode(pair, { alarms })
  const source = isPlain(body['extInfo']) ? textOf(body['extInfo']['sourceProjectNo']) : undefined
  const acceptedAt = instant(body['gmtAccept'])
  const dueAt = instant(body['promiseTime'])
  const completedAt = instant(body['gmtService'])
  const note = textOf(body['opinion']) ?? textOf(body['memo'])
  const result = readOutcome(body as { result?: string | null }, status)
  return {
    key: String(body['eventId']),
    caseNumber: String(body['projId']),
    ...(source ? { sourceNumber: source } : {}),
    type: 'status',
    status,
    rawStatus: rawOf(pair, textOf(body['nodeName']) ?? ''),
    occurredAt: wallClock.decode(String(body['gmtUpdate']), {}, ROOT),
    ...(note ? { note } : {}),
    ...(acceptedAt ? { acceptedAt } : {}),
    ...(dueAt ? { dueAt } : {}),
    ...(completedAt ? { completedAt } : {}),
    ...(isPlain(body['correctInfo']) && !isAbsent(body['correctInfo'])
      ? { correction: readCorrection(body['correctInfo'] as WireCorrectInfo) }
      : {}),
    ...(result ? { result } : {}),
    alarms,
  }
}
