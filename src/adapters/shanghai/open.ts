/** Opens Shanghai's envelope, and reads its refusals (contract 3.5): `isSuccess === true` is the one test of success. */
import { type FieldError, GatewayError, type ProblemCode } from '../../errors.ts'

const CODES: Readonly<Record<string, ProblemCode>> = {
  TOKEN_INVALID: 'REGION_AUTH',
  SESSION_INVALID: 'REGION_AUTH',
  LOGIN_FAILED: 'REGION_AUTH',
  PARAM_ERROR: 'REGION_REJECTED',
  ITEM_NOT_FOUND: 'REGION_REJECTED',
  APPLY_NOT_FOUND: 'CASE_NOT_FOUND',
  STUFF_NOT_FOUND: 'REGION_REJECTED',
  STUFF_MISSING: 'REGION_REJECTED',
  STUFF_TOO_LARGE: 'REGION_REJECTED',
  STATUS_CONFLICT: 'STATE_CONFLICT',
  DUPLICATE_APPLY: 'DUPLICATE_CASE',
  DUPLICATE_EVALUATE: 'RATED_ALREADY',
  EVALUATE_REASON_REQUIRED: 'RATING_REASON_REQUIRED',
  DOCUMENT_NOT_FOUND: 'RESULT_NOT_READY',
  CERT_NOT_FOUND: 'REGION_REJECTED',
  NO_PERMISSION: 'REGION_REJECTED',
  SYSTEM_ERROR: 'REGION_UNAVAILABLE',
}

/** Canonical place of a member that Shanghai names after `参数错误:`. */
const PLACES: Readonly<Record<string, string>> = {
  targetName: '/applicant/name',
  targetNo: '/applicant/idDocument/number',
  targetType: '/applicant/kind',
  username: '/agent/name',
  licenseType: '/agent/idDocument/type',
  licenseNo: '/agent/idDocument/number',
  mobile: '/applicant/mobile',
  opTime: '/appliedAt',
  districtCode: '/sourceDivision',
  itemCode: '/matter',
  stuffs: '/documents',
  file: '/documents',
  'extInfo.certs': '/documents',
  'extInfo.lawPerson': '/applicant/legalRepresentative',
  'extInfo.address': '/applicant/address',
  'extInfo.delivery': '/delivery',
}

function placeOf(member: string): string {
  if (member.startsWith('info.')) return `/form/${member.slice('info.'.length)}`
  if (member.startsWith('extInfo.delivery.')) return '/delivery'
  return PLACES[member] ?? ''
}

/** Only names of members go on: what else stands in `msg` is the region's business. */
const memberOf = (message: string): string | undefined =>
  /^参数错误:([A-Za-z][\w.[\]]{0,80})$/.exec(message)?.[1]
const stuffsOf = (message: string): readonly string[] =>
  (/^缺少必要材料:([\w,-]{1,400})$/.exec(message)?.[1] ?? '').split(',').filter((one) => one !== '')

/** The number of the case that is open, which may be of the hall: 15 digits without our letters. */
function openCaseIn(data: unknown): { caseNumber?: string } {
  const told = typeof data === 'object' && data !== null && 'applyNo' in data ? data.applyNo : undefined
  return typeof told === 'string' && /^[0-9A-Z]{1,32}$/.test(told) ? { caseNumber: told } : {}
}

/** The error for a refusal. */
export function refusal(envelope: Readonly<Record<string, unknown>>, operation: string): GatewayError {
  const code = typeof envelope['errorCode'] === 'string' ? envelope['errorCode'] : ''
  const text = typeof envelope['msg'] === 'string' ? envelope['msg'] : ''
  const member = memberOf(text)
  const stuffs = stuffsOf(text)
  const errors: FieldError[] = [
    ...(code === 'CERT_NOT_FOUND'
      ? [
          {
            pointer: '/documents',
            code,
            zh: '上海没有与材料和持有人相符的有效电子证照',
            en: 'Shanghai has no valid licence that fits the document and its holder',
          },
        ]
      : []),
    ...(member === undefined
      ? []
      : [
          {
            pointer: placeOf(member),
            code,
            zh: `上海未接受“${member}”`,
            en: `Shanghai did not take ${member}`,
          },
        ]),
    ...stuffs.map((stuff) => ({
      pointer: '/documents',
      code,
      zh: `上海要求材料 ${stuff}`,
      en: `Shanghai asks for document ${stuff}`,
    })),
  ]
  return new GatewayError(
    CODES[code] ?? 'REGION_REJECTED',
    {
      region: 'shanghai',
      operation,
      code: code || 'none',
      ...(member ? { member } : {}),
      ...(stuffs.length > 0 ? { documents: stuffs } : {}),
      ...(code === 'DUPLICATE_APPLY' ? openCaseIn(envelope['data']) : {}),
    },
    { errors },
  )
}

/** The `data` of a success. @throws GatewayError for a refusal. */
export function open(envelope: Readonly<Record<string, unknown>>, operation: string): unknown {
  if (envelope['isSuccess'] !== true) throw refusal(envelope, operation)
  return envelope['data']
}
