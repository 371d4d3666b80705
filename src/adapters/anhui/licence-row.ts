/** One licence of Anhui's library (contract 4g) in canonical words. */
import type { Static } from 'typebox'
import { licenceId } from '../../schemas/identifiers/licence-id.ts'
import type { LicenceStatus } from '../../schemas/licence.ts'
import { dayAt, dayIn } from '../kit/clock.ts'
import type { Alarms } from '../kit/codes.ts'
import type { FoundLicence, Holder } from '../kit/contract.ts'
import { parseInner } from '../kit/inner-json.ts'
import { isAbsent } from '../kit/table.ts'
import { rawOf, wordOf } from '../kit/told.ts'
import { checkHolder, invalid, readAt } from './holding.ts'
import { LICENCE_STATE_LABELS, LICENCE_TYPE_LABELS, licenceState, licenceType } from './holding-codes.ts'
import type { WireLicences } from './licence.wire.ts'

type Row = Static<typeof WireLicences>[number]

/** The question that a row answers, and where the row stands in the answer. */
interface Answered {
  readonly holder: Holder
  readonly now: Date
  readonly alarms: Alarms
  readonly operation: string
  readonly at: string
}

/** A date without an end. */
const NO_END = '长期'

/**
 * Reads a row.
 * @throws GatewayError `REGION_ANSWER_INVALID` (another holder, a wrong check character, a day that is none), `HOLDER_MISMATCH`
 */
export function licenceIn(row: Row, { holder, now, alarms, operation, at }: Answered): FoundLicence {
  checkHolder({ number: row.ownerId, name: row.ownerName }, holder, operation)
  const day = (member: 'issueDate' | 'effectDate' | 'expireDate'): string | undefined => {
    const told = row[member]
    return isAbsent(told) || told === NO_END
      ? undefined
      : readAt(operation, `${at}/${member}`, () => dayIn(told ?? ''))
  }
  const [issuedOn, validFrom, validTo] = [day('issueDate'), day('effectDate'), day('expireDate')]
  const identifier = identifierIn(row.certId, operation, `${at}/certId`)
  const face = faceIn(row.certData, alarms)
  const state = String(row.state)
  return {
    id: row.certId,
    ...(identifier === undefined ? {} : { identifier }),
    kind: wordOf(licenceType, row.typeCode, alarms),
    rawType: rawOf(LICENCE_TYPE_LABELS, row.typeCode),
    name: row.certName,
    number: row.certNo,
    holder,
    issuer: { name: row.issueOrg },
    ...(issuedOn === undefined ? {} : { issuedOn }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
    status: statusOf(state, validTo, now, alarms),
    rawStatus: rawOf(LICENCE_STATE_LABELS, state),
    ...(face === undefined ? {} : { face }),
  }
}

/**
 * `certId` is opaque (section 1), and is the national identifier where it begins with its root.
 * @throws GatewayError `REGION_ANSWER_INVALID` for a national identifier that is not formed as one
 */
function identifierIn(certId: string, operation: string, member: string): string | undefined {
  const checked = licenceId.validate(certId)
  if (checked.ok) return certId
  // The fault of the root is that of an identifier of Anhui's own.
  if (checked.code === 'component') return undefined
  throw invalid(operation, 'identifier', member)
}

/**
 * Anhui says no more than that a licence is not valid; one that is past its last day has expired. Whether a licence is valid is Anhui's
 * to say: where the day contradicts it, the word stands and the contradiction is alarmed.
 */
function statusOf(code: string, validTo: string | undefined, now: Date, alarms: Alarms): LicenceStatus {
  const status = wordOf(licenceState, code, alarms)
  const isPast = validTo !== undefined && validTo < dayAt(now)
  if (!isPast || status === 'unknown') return status
  if (status === 'valid') alarms.push({ table: licenceState.name, code: `${code} past its end` })
  return status === 'valid' ? 'valid' : 'expired'
}

/** Most characters of a face that is read. */
const MOST = 100_000

/**
 * 照面信息: a string that holds an object of name → text. It is an addition: what of it cannot be read is alarmed, without a word of
 * it, and the licence stands without.
 */
function faceIn(told: unknown, alarms: Alarms): Readonly<Record<string, string>> | undefined {
  if (isAbsent(told)) return undefined
  const content = objectIn(told)
  const entries = Object.entries(content ?? {}).filter(([, value]) => !isNothing(value))
  const texts = entries.filter(([, value]) => typeof value === 'string' || typeof value === 'number')
  if (content === undefined || texts.length < entries.length)
    alarms.push({ table: 'anhui/certData', code: 'unreadable' })
  if (texts.length === 0) return undefined
  return Object.fromEntries(texts.map(([name, value]) => [name, String(value)]))
}

/** Members that are `null` or `""` say nothing. */
const isNothing = (value: unknown): boolean => value === null || value === ''

function objectIn(told: unknown): object | undefined {
  if (typeof told !== 'string' || told.length > MOST) return undefined
  try {
    const content = parseInner(told)
    return typeof content === 'object' && content !== null && !Array.isArray(content) ? content : undefined
  } catch {
    return undefined
  }
}
