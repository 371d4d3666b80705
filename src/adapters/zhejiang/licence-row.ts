/** One row of the licence library (contract 4.g.1) in canonical words. */
import type { Static } from 'typebox'
import { licenceId } from '../../schemas/identifiers/licence-id.ts'
import { dayIn } from '../kit/clock.ts'
import { atMost } from '../kit/codecs.ts'
import type { Alarms } from '../kit/codes.ts'
import type { FoundLicence, Holder } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { rawOf, wordOf } from '../kit/told.ts'
import { cityOf } from './areas.ts'
import { LICENCE_STATUS_LABELS, licenceStatus, licenceType } from './codes.ts'
import { checkHolder, invalid, readAt } from './holding.ts'
import type { WireLicences } from './licence.wire.ts'

type Row = Static<typeof WireLicences>[number]

/** The question that a row answers, and where the row stands in the answer. */
interface Answered {
  readonly holder: Holder
  readonly alarms: Alarms
  readonly operation: string
  readonly at: string
}

/** 长期: a licence without an end. */
const NO_END = '2099/12/31'
/** 省级: the code of the province itself, which is no city. */
const PROVINCE = '330000'

/**
 * Reads a row.
 * @throws GatewayError `REGION_ANSWER_INVALID` (another holder, a wrong check character, a day that is none), `HOLDER_MISMATCH`
 */
export function licenceIn(row: Row, { holder, alarms, operation, at }: Answered): FoundLicence {
  checkHolder({ name: row.certificate_holder, number: row.certificate_holder_code }, holder, operation)
  const id = row.certificate_source_id
  if (!licenceId.validate(id).ok) throw invalid(operation, 'identifier', `${at}/certificate_source_id`)
  const issuedOn = readAt(operation, `${at}/issue_date`, () => dayOf(row.issue_date))
  const validTo =
    row.valid_to === NO_END ? undefined : readAt(operation, `${at}/valid_to`, () => dayOf(row.valid_to))
  const division = readAt(operation, `${at}/certificate_area_code`, () => placeOf(row.certificate_area_code))
  return {
    id,
    identifier: id,
    kind: wordOf(licenceType, row.certificate_type_code, alarms),
    rawType: { code: row.certificate_type_code, label: atMost(row.certificate_type ?? '', 100) },
    name: row.certificate_name,
    number: row.certificate_number,
    holder,
    issuer: {
      name: row.issue_dept,
      ...(row.issue_dept_code ? { code: row.issue_dept_code } : {}),
    },
    ...(issuedOn === undefined ? {} : { issuedOn }),
    ...(validTo === undefined ? {} : { validTo }),
    status: wordOf(licenceStatus, row.certificate_status, alarms),
    rawStatus: rawOf(LICENCE_STATUS_LABELS, row.certificate_status),
    ...(division === undefined ? {} : { division }),
  }
}

/** `yyyy/MM/dd` as `yyyy-MM-dd`; nothing for what is absent. */
function dayOf(told: string | null | undefined): string | undefined {
  if (isAbsent(told)) return undefined
  const day = /^(\d{4})\/(\d{2})\/(\d{2})$/
    .exec(told ?? '')
    ?.slice(1)
    .join('-')
  return dayIn(day ?? '')
}

const placeOf = (told: string | null | undefined): string | undefined =>
  isAbsent(told) || told === PROVINCE ? undefined : cityOf(told)
