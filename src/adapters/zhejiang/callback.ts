/** What Zhejiang posts (contract 3.3 and 4.c.2): its own API gateway's checks in its order, answered in its shapes. */
import type { Static } from 'typebox'
import { validator } from '../../schemas/validate.ts'
import { isSameText, jsonAnswer } from '../kit/callbacks.ts'
import { wallClock } from '../kit/clock.ts'
import type { Alarm } from '../kit/codes.ts'
import type { CallbackRequest, OpenedCallback, RegionAnswer, RegionalEvent } from '../kit/contract.ts'
import { ROOT } from '../kit/trace.ts'
import { WireEvent } from './callback.wire.ts'
import { instant, pairOf, rawOf } from './case-times.ts'
import { phase } from './codes.ts'
import type { ZhejiangConfig } from './config.ts'
import { readCorrection } from './correction.ts'
import { readOutcome } from './outcome.ts'
import { queryLine, signature, stringToSign } from './sign.ts'

const refused = (message: string): OpenedCallback => ({
  accepted: false,
  answer: jsonAnswer(401, { message }),
})
const failure = (errorCode: string, errorMsg: string) =>
  jsonAnswer(200, { success: false, errorCode, errorMsg, data: null })

/** The answer to a body that is too large. */
export const TOO_LARGE = jsonAnswer(413, { message: 'Request Entity Too Large' })

const answers = {
  taken: () => jsonAnswer(200, { success: true, errorCode: null, errorMsg: null, data: null }),
  replayed: jsonAnswer(200, { success: true, errorCode: null, errorMsg: null, data: null }),
  caseUnknown: failure('C-AFFAIR-PROJ-NOT-EXIST', '办件不存在'),
  later: failure('S-SYSTEM-BUSY', '系统繁忙'),
}

/** Epoch milliseconds of an IMF-fixdate; no number for anything else, 30 February and a wrong weekday included. */
function fixdateOf(text: string): number {
  const at = new Date(text)
  return !Number.isNaN(at.getTime()) && at.toUTCString() === text ? at.getTime() : Number.NaN
}

export function openCallback(
  request: CallbackRequest,
  { credentials, options }: ZhejiangConfig,
  now: Date,
): OpenedCallback {
  const headers = request.headers
  const key = headers['x-bg-hmac-access-key'] ?? ''
  if (!isSameText(key, credentials.callbackAccessKey)) return refused('Invalid access key')
  const given = headers['x-bg-hmac-signature']
  if (headers['x-bg-hmac-algorithm'] !== 'hmac-sha256' || !given) return refused('Invalid signature')
  const date = headers['x-bg-date-time'] ?? ''
  // What is no date is no number either, and no number is within the skew.
  if (!(Math.abs(now.getTime() - fixdateOf(date)) <= options.clockSkewSeconds * 1000))
    return refused('Clock skew exceeded')
  const [path = '', search = ''] = request.target.split('?')
  const query = queryOf(search)
  if (
    !query ||
    !isSameText(
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
    return { accepted: false, answer: jsonAnswer(404, { message: 'Not Found' }) }
  return { accepted: true, content: read(request), answers }
}

/** Decoded parameters; nothing when a name comes twice. */
function queryOf(search: string): Record<string, string> | undefined {
  const entries = [...new URLSearchParams(search)]
  const out = new Map(entries)
  return out.size === entries.length ? Object.fromEntries(out) : undefined
}

const check = validator(WireEvent)

/** `/correctInfo/suffInfoList/0/suffId` → `correctInfo.suffInfoList[0].suffId`, as the contract names members. */
const memberOf = (pointer: string): string =>
  pointer
    .slice(1)
    .replaceAll(/\/(\d+)(?=\/|$)/g, '[$1]')
    .replaceAll('/', '.')

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
  const [fault] = check(body) ?? []
  if (fault) return wrong(memberOf(fault.pointer) || 'body')
  // The schema has just been checked.
  const event = body as Static<typeof WireEvent>
  const time = TIMES.find((member) => !isTime(event[member]))
  if (time) return wrong(time)
  if (event.correctInfo && !isTime(event.correctInfo.gmtCorrectEnd)) return wrong('correctInfo.gmtCorrectEnd')
  return { event: eventOf(event) }
}

const TIMES = ['gmtUpdate', 'gmtAccept', 'promiseTime', 'gmtService'] as const

/** Whether a member of the length of a time is one, or says nothing. */
function isTime(value: unknown): boolean {
  try {
    instant(value)
    return true
  } catch {
    return false
  }
}

const told = (value: string | null | undefined): string | undefined => value || undefined

function eventOf(body: Static<typeof WireEvent>): RegionalEvent {
  const alarms: Alarm[] = []
  const pair = pairOf(body)
  const status = phase.decode(pair, { alarms })
  const result = readOutcome(body, status, { alarms })
  const facts = {
    sourceNumber: body.extInfo ? told(body.extInfo.sourceProjectNo) : undefined,
    note: told([...new Set([body.opinion, body.memo].filter(told))].join('\n')),
    acceptedAt: instant(body.gmtAccept),
    dueAt: instant(body.promiseTime),
    completedAt: instant(body.gmtService),
    correction: body.correctInfo ? readCorrection(body.correctInfo) : undefined,
    result,
  }
  return {
    key: body.eventId,
    caseNumber: body.projId,
    type: 'status',
    status,
    rawStatus: rawOf(pair, body.nodeName),
    occurredAt: wallClock.decode(body.gmtUpdate, {}, ROOT),
    ...present(facts),
    alarms,
  }
}

/** Only what is there: an absent member is left out, never `undefined`. */
const present = <T extends object>(facts: T) =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>
  }
