/** The body of a callback (contract 4.3): checked member by member, and read as an event of the case. */
import type { CaseResult, CorrectionRequest } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { wallClock } from '../kit/clock.ts'
import type { Alarm, Alarmed } from '../kit/codes.ts'
import type { RegionalEvent, RegionDocument } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { ROOT } from '../kit/trace.ts'
import { instant } from './answers.ts'
import type { WireCorrection } from './case.wire.ts'
import { decisionIn, documentType, known, status } from './codes.ts'
import { readCorrection } from './correction.ts'

const MAX_FILE_BYTES = 5 * 1024 * 1024

/** Reads the body of a callback: the event, or the member that is wrong. */
export function readEvent(body: Buffer): { event: RegionalEvent } | { wrong: string } {
  const wrong = (member: string) => ({ wrong: member })
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return wrong('body')
  }
  if (!isPlain(parsed)) return wrong('body')
  const data = parsed['data']
  if (!isPlain(data)) return wrong('data')
  const fault = faultOf(data)
  if (fault) return wrong(fault)
  const alarms: Alarm[] = []
  const files = filesOf(parsed['filedata'], { alarms })
  if (typeof files === 'string') return wrong(files)
  return { event: eventOf(data as Data, files, alarms) }
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The members that are read on, after `faultOf` found nothing. */
type Data = Readonly<
  Record<'applyNo' | 'status' | 'result' | 'suggestion' | 'Finishtime' | 'opTime', string>
> &
  Pick<WireCorrection, 'limitTime' | 'stuffs'> & { readonly commitmentTime?: string }

const DATE_TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/
/** A required text without a stated limit: not empty, at most 100 characters. */
const SOME_TEXT = /^.{1,100}$/su

const REQUIRED: readonly (readonly [member: string, form: RegExp])[] = [
  ['applyNo', /^(CSJ)?\d{15}$/],
  ['eventId', /^[0-9a-f]{32}$/i],
  ['status', SOME_TEXT],
  ['result', /^.{0,100}$/su],
  ['suggestion', /^/],
  ['sldwCode', /^\d{12}$/],
  ['sldwName', SOME_TEXT],
  ['receiveApplyTime', DATE_TIME],
  ['Finishtime', /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2})?$/],
  ['opTime', DATE_TIME],
  ['opDepartCode', SOME_TEXT],
  ['opDepartName', SOME_TEXT],
  ['opUsername', SOME_TEXT],
]

/** A date-time of the calendar: no 30 February. */
function isReal(value: unknown): boolean {
  try {
    return instant(value) !== undefined
  } catch {
    return false
  }
}

/** One complaint of a correction notice. */
const isNotice = (value: unknown): boolean =>
  isPlain(value) &&
  ['stuffId', 'stuffCode', 'suggestion'].every(
    (member) => isAbsent(value[member]) || typeof value[member] === 'string',
  )

/** Members that one status brings with it; in any other they may be blank. */
const BROUGHT: readonly (readonly [member: string, by: CaseStatus, isRight: (value: unknown) => boolean])[] =
  [
    ['limitTime', 'CORRECTION_REQUIRED', isReal],
    ['stuffs', 'CORRECTION_REQUIRED', (value) => Array.isArray(value) && value.every(isNotice)],
    ['commitmentTime', 'ACCEPTED', isReal],
  ]

/** The first member that is missing or malformed. `Finishtime` has a capital F here (trap 1). */
function faultOf(data: Readonly<Record<string, unknown>>): string | undefined {
  for (const [member, form] of REQUIRED) {
    const value = data[member]
    if (typeof value !== 'string' || !form.test(value)) return member
    if ((form === DATE_TIME || member === 'Finishtime') && value !== '' && !isReal(value)) return member
  }
  const state = status.decode(String(data['status']), {})
  return BROUGHT.find(([member, by, isRight]) =>
    isAbsent(data[member]) ? state === by : !isRight(data[member]),
  )?.[0]
}

/** Standard base64 with padding. Groups of four under a star would outgrow the stack on a file of some megabytes. */
const isBase64 = (text: string): boolean => text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text)

/** The file beside the event, or the name of the member that is wrong. */
function filesOf(filedata: unknown, context: Alarmed): readonly RegionDocument[] | string {
  if (filedata === undefined || filedata === null) return []
  if (!isPlain(filedata)) return 'filedata'
  const { documentType: type, fileName, file } = filedata
  if (typeof type !== 'string' || type === '') return 'documentType'
  if (typeof fileName !== 'string' || fileName === '') return 'fileName'
  if (typeof file !== 'string' || file === '' || !isBase64(file)) return 'file'
  const bytes = Buffer.from(file, 'base64')
  if (bytes.length > MAX_FILE_BYTES) return 'file'
  const kind = known(documentType, type, context) ?? 'other'
  return [{ kind, name: fileName, contentType: 'application/pdf', bytes }]
}

function eventOf(data: Data, documents: readonly RegionDocument[], alarms: Alarm[]): RegionalEvent {
  const state = status.decode(data.status, { alarms })
  const occurredAt = wallClock.decode(data.opTime, {}, ROOT)
  const due = instant(data.commitmentTime)
  const completed = instant(data.Finishtime)
  const correction = correctionOf(state, data)
  const result = resultOf(state, data.result, documents, { alarms })
  return {
    // The contract's own measure of a repetition: number, event time and state; a retry has the same in all three.
    key: `${data.opTime} ${state === 'UNKNOWN' ? data.status : state}`,
    caseNumber: data.applyNo,
    type: 'status',
    status: state,
    rawStatus: { code: data.status, label: data.status },
    occurredAt,
    ...(data.suggestion === '' ? {} : { note: data.suggestion }),
    ...(state === 'ACCEPTED' ? { acceptedAt: occurredAt } : {}),
    ...(due ? { dueAt: due } : {}),
    ...(completed ? { completedAt: completed } : {}),
    ...(correction ? { correction } : {}),
    ...(result ? { result } : {}),
    documents,
    alarms,
  }
}

function correctionOf(state: CaseStatus, data: Data): CorrectionRequest | undefined {
  if (state === 'PRECHECK_RETURNED') return { fields: [], documents: [], reason: data.suggestion }
  if (state !== 'CORRECTION_REQUIRED') return undefined
  return readCorrection(data)
}

function resultOf(
  state: CaseStatus,
  word: string,
  documents: readonly RegionDocument[],
  context: Alarmed,
): CaseResult | undefined {
  const decision = decisionIn(state, word, context)
  // 已送达 brings no document: what 办结 or 不通过 told stays.
  if (decision === undefined || state === 'DELIVERED') return undefined
  return {
    decision,
    documents: documents.map(({ kind, name, bytes }) => ({ ref: kind, kind, name, size: bytes.length })),
  }
}
