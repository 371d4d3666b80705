/** One licence as Jiangsu lists it (contract 4.g) in canonical words. */
import type { Static } from 'typebox'
import { licenceId } from '../../schemas/identifiers/licence-id.ts'
import { matchText } from '../../schemas/identifiers/match.ts'
import type { LicenceStatus } from '../../schemas/licence.ts'
import { isSameName } from '../../schemas/names.ts'
import { dayAt } from '../kit/clock.ts'
import { atMost } from '../kit/codecs.ts'
import type { Alarms } from '../kit/codes.ts'
import type { FoundLicence, Holder } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { rawOf, wordOf } from '../kit/told.ts'
import { division } from './areas.ts'
import { dayOf, invalid, readAt } from './holding.ts'
import {
  holderType,
  holderTypeCode,
  LICENCE_STATE_LABELS,
  licenceState,
  licenceType,
} from './holding-codes.ts'
import type { WireLicence } from './licence.wire.ts'

type Row = Static<typeof WireLicence>

/** The question that a row answers, when, and where the row stands in the answer. */
interface Answered {
  readonly holder: Holder
  readonly alarms: Alarms
  readonly operation: string
  readonly now: Date
  readonly at: string
}

/** The longest word of a type that the canonical licence has room for. */
const LABEL_LENGTH = 100

/**
 * Reads a row.
 * @throws GatewayError `REGION_ANSWER_INVALID`: another holder, a wrong check character, a time that is none
 */
export function licenceIn(row: Row, answered: Answered): FoundLicence {
  const { holder, alarms, operation, now, at } = answered
  checkHolder(row, answered)
  if (!licenceId.validate(row.zzbs).ok) throw invalid(operation, 'identifier', `${at}/zzbs`)
  const day = (member: 'zzbfrq' | 'zzyxqqsrq' | 'zzyxqjzrq') =>
    readAt(operation, `${at}/${member}`, () => dayOf(row[member]))
  const [issuedOn, validFrom, validTo] = [day('zzbfrq'), day('zzyxqqsrq'), day('zzyxqjzrq')]
  const place = isAbsent(row.dwdm) ? undefined : readAt(operation, `${at}/dwdm`, () => division(row.dwdm))
  return {
    id: row.zzbs,
    identifier: row.zzbs,
    kind: wordOf(licenceType, row.zzlxdm, alarms),
    // There is no word for the type but the licence's own name.
    rawType: { code: row.zzlxdm, label: atMost(row.zzmc, LABEL_LENGTH) },
    name: row.zzmc,
    number: row.zzbh,
    holder,
    issuer: { name: row.zzbfjg, ...(row.zzbfjgdm ? { code: row.zzbfjgdm } : {}) },
    ...(issuedOn === undefined ? {} : { issuedOn }),
    ...(validFrom === undefined ? {} : { validFrom }),
    ...(validTo === undefined ? {} : { validTo }),
    status: statusOf(wordOf(licenceState, String(row.zzzt), alarms), validTo, now),
    rawStatus: rawOf(LICENCE_STATE_LABELS, String(row.zzzt)),
    ...(place === undefined ? {} : { division: place }),
  }
}

/** 现势 says only that a licence was not cancelled; it is over after its last day. */
const statusOf = (state: LicenceStatus, validTo: string | undefined, now: Date): LicenceStatus =>
  state === 'valid' && validTo !== undefined && dayAt(now) > validTo ? 'expired' : state

/** Name, number and type must all be the asked ones: the service looks at each, so that any other is somebody else. */
function checkHolder(row: Row, { holder, alarms, operation, at }: Answered): void {
  const { type, number } = holder.idDocument
  const told = wordOf(holderType, String(row.czztdmlxdm), alarms)
  if (told === 'unknown') throw invalid(operation, 'code', `${at}/czztdmlxdm`)
  const isSame =
    told === holderType.find(holderTypeCode(type)) &&
    matchText({ type, number: row.czztdm }) === matchText({ type, number }) &&
    isSameName(row.czzt, holder.name)
  if (!isSame) throw invalid(operation, 'another holder')
}
