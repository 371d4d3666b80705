/** One event of a callback (contract 4c): five blocks with names of their own, read into one shape. `handleState` decides. */
import { GatewayError } from '../../errors.ts'
import type { CorrectionRequest } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { wallClock } from '../kit/clock.ts'
import { oneOrMany } from '../kit/codecs.ts'
import type { Alarm } from '../kit/codes.ts'
import type { RegionalEvent } from '../kit/contract.ts'
import { ROOT } from '../kit/trace.ts'
import { instant, rawOf } from './case-values.ts'
import {
  acceptResult,
  DELIVERY_LABELS,
  delivery,
  SPECIAL_LABELS,
  STATUS_LABELS,
  specialProcedure,
  status,
} from './codes.ts'
import { readOutcome } from './outcome.ts'
import { childrenOf } from './xml.ts'

type Plain = Readonly<Record<string, unknown>>

/** Text of an element; nothing for an empty, missing or repeated one. */
const textIn = (element: Plain, name: string): string | undefined => {
  const value = element[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Members without which an event is incomplete: all others may be empty or missing. */
const NEEDED: readonly (readonly [part: string, member: string])[] = [
  ['CALLINFO', 'CALLTIME'],
  ['CALLINFO', 'EVENTID'],
  ['SERVICEINFO', 'UNID'],
  ['SERVICEINFO', 'PROJID'],
  ['SERVICEINFO', 'handleState'],
]

/** The first member that an event lacks: its block, or a member that tells which case, event and state it is. */
export function incompleteMember(record: Plain, block: string): string | undefined {
  const lacking = NEEDED.find(([part, member]) => textIn(childrenOf(record[part]), member) === undefined)
  if (lacking) return lacking[1]
  // An empty block is a block: all of its members may be missing.
  return record[block] === undefined || Array.isArray(record[block]) ? block : undefined
}

/** A time that is not the event's own: one that cannot be read is not told, and costs nobody the event. */
function timeIn(element: Plain, name: string): string | undefined {
  try {
    return instant(textIn(element, name))
  } catch (error) {
    if (error instanceof GatewayError) return undefined
    throw error
  }
}

const firstIn = (element: Plain, ...names: readonly string[]): string | undefined => {
  for (const name of names) {
    const found = textIn(element, name)
    if (found !== undefined) return found
  }
  return undefined
}

/** What a person reads of the event. */
function noteOf(block: string, element: Plain, alarms: Alarm[]): string | undefined {
  if (block === 'HANDLEINFO') {
    const opinion = firstIn(element, 'HANDLE_OPINION', 'REMARK')
    const special = textIn(element, 'SPECIAL_TYPE')
    if (special === undefined) return opinion
    if (specialProcedure.find(special) === undefined)
      alarms.push({ table: specialProcedure.name, code: special.slice(0, 40) })
    return [SPECIAL_LABELS[special] ?? special, opinion].filter((one) => one !== undefined).join(': ')
  }
  if (block === 'DELIVERINFO') {
    const mode = textIn(element, 'DELIVER_MODE')
    if (mode !== undefined && delivery.find(mode) === undefined)
      alarms.push({ table: delivery.name, code: mode.slice(0, 40) })
    const words = [
      mode === undefined ? undefined : (DELIVERY_LABELS[mode] ?? mode),
      textIn(element, 'DELIVER_NO'),
      textIn(element, 'REMARK'),
    ].filter((one) => one !== undefined)
    return words.length > 0 ? words.join(' ') : undefined
  }
  return firstIn(element, 'REG_OPINION', 'TRANSACT_DESCRIBE', 'REMARK')
}

/** What is to be corrected: materials with their complaints in `attrXml`, or `REMARK` alone. */
function correctionOf(element: Plain, attrs: Plain): CorrectionRequest {
  const dueOn = timeIn(element, 'CORRECT_ETIME')
  return {
    fields: [],
    documents: oneOrMany<unknown>(attrs['RECORD'])
      .map(childrenOf)
      .filter((one) => textIn(one, 'ATTRID') !== undefined)
      .map((one) => {
        const [name, reason] = [textIn(one, 'ATTRNAME'), textIn(one, 'MEMO')]
        return { id: textIn(one, 'ATTRID') ?? '', ...(name ? { name } : {}), ...(reason ? { reason } : {}) }
      }),
    reason: firstIn(element, 'REMARK', 'REG_OPINION') ?? '',
    ...(dueOn ? { dueOn } : {}),
  }
}

/** Result codes that contradict the state, and unknown ones, raise an alarm; the state stands. */
function compare(element: Plain, state: CaseStatus, alarms: Alarm[]): void {
  const code = textIn(element, 'ACCEPT_RESULT_CODE')
  if (code === undefined) return
  const meant = acceptResult.find(code)
  if (meant === undefined) alarms.push({ table: acceptResult.name, code: code.slice(0, 40) })
  else if (meant !== state) alarms.push({ table: acceptResult.name, code: `${code} in ${state}` })
}

/** Prefix of the members that tell who acted. The transaction's user is `TRANSACT_USER_UNID` (trap 1), which nobody needs. */
const PREFIXES: Readonly<Record<string, string>> = {
  REGINFO: 'REG',
  ACCEPTINFO: 'ACCEPT',
  HANDLEINFO: 'HANDLE',
  TRANSACTINFO: 'TRANSACT',
  DELIVERINFO: 'DELIVER',
}

/** The members that are told. */
const told = <T extends object>(members: T) =>
  // Nothing but the members without a value is taken away, which is what the type says.
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

/** When the case was accepted, is due and was concluded. */
const timesOf = (element: Plain, state: CaseStatus, occurredAt: string) =>
  told({
    acceptedAt: state === 'ACCEPTED' ? (timeIn(element, 'ACCEPT_TIME') ?? occurredAt) : undefined,
    dueAt: timeIn(element, 'PROMISE_ETIME'),
    completedAt: timeIn(element, 'TRANSACT_TIME'),
  })

/**
 * Reads one event. @param record the parsed root · @param block name of the event's own part · @param attrs `attrXml`, parsed.
 * @throws GatewayError `FIELD_UNREADABLE` when `CALLTIME` is no time
 */
export function eventOf(record: Plain, block: string, attrs: Plain): RegionalEvent {
  const call = childrenOf(record['CALLINFO'])
  const service = childrenOf(record['SERVICEINFO'])
  const element = childrenOf(record[block])
  const alarms: Alarm[] = []
  const code = textIn(service, 'handleState') ?? ''
  const state = status.decode(code, { alarms })
  const occurredAt = wallClock.decode(textIn(call, 'CALLTIME') ?? '', {}, ROOT)
  compare(element, state, alarms)
  const note = noteOf(block, element, alarms)
  const asked = state === 'CORRECTION_REQUIRED' || state === 'PRECHECK_RETURNED'
  const outcome = {
    code: textIn(element, 'TRANSACT_RESULT_CODE'),
    text: textIn(element, 'TRANSACT_RESULT'),
    number: textIn(element, 'RESULT_CODE'),
  }
  const prefix = PREFIXES[block] ?? ''
  return {
    key: textIn(call, 'EVENTID') ?? '',
    caseNumber: textIn(service, 'PROJID') ?? '',
    caseKey: textIn(service, 'UNID') ?? '',
    type: 'status',
    status: state,
    rawStatus: rawOf(code),
    occurredAt,
    ...told({
      note,
      correction: asked ? correctionOf(element, attrs) : undefined,
      result: readOutcome(outcome, state, alarms),
    }),
    ...timesOf(element, state, occurredAt),
    step: {
      status: state,
      rawStatus: rawOf(code),
      name: textIn(element, 'HANDLE_NODENAME') ?? STATUS_LABELS[code] ?? '',
      occurredAt,
      ...told({
        actor: textIn(element, `${prefix}_USERNAME`),
        agency: textIn(element, `${prefix}_DEPTNAME`),
        note,
      }),
    },
    alarms,
  }
}
