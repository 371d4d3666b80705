/** Opens Zhejiang's two envelopes and reads their refusals (contract section 4 and 3.2). */
import { type FieldError, GatewayError, type ProblemCode } from '../../errors.ts'

type Plain = Readonly<Record<string, unknown>>

const CODES: Readonly<Record<string, ProblemCode>> = {
  'C-AFFAIR-PARAM-INVALID': 'REGION_REJECTED',
  'C-AFFAIR-MATTER-NOT-EXIST': 'REGION_REJECTED',
  'C-AFFAIR-PROJ-NOT-EXIST': 'CASE_NOT_FOUND',
  'C-AFFAIR-PROJ-DUPLICATE': 'DUPLICATE_CASE',
  'C-AFFAIR-STATE-CONFLICT': 'STATE_CONFLICT',
  'C-AFFAIR-MATERIAL-MISSING': 'REGION_REJECTED',
  'C-ATTACH-TOO-LARGE': 'REGION_REJECTED',
  'C-ATTACH-TYPE-INVALID': 'REGION_REJECTED',
  'C-ATTACH-NOT-EXIST': 'REGION_REJECTED',
  'C-CERT-NOT-EXIST': 'REGION_REJECTED',
  'S-SYSTEM-BUSY': 'REGION_BUSY',
}

/** Canonical place of a member that Zhejiang names after `参数错误:`. */
const PLACES: Readonly<Record<string, string>> = {
  'applicantVO.applyName': '/applicant/name',
  'applicantVO.applyCardType': '/applicant/idDocument/type',
  'applicantVO.applyCardNumber': '/applicant/idDocument/number',
  'applicantVO.userProp': '/applicant/kind',
  'applicantVO.contactMan': '/agent/name',
  'applicantVO.contactPhone': '/applicant/mobile',
  'applicantVO.legalMan': '/applicant/legalRepresentative',
  'applicantVO.address': '/applicant/address',
  memo: '/note',
  areaCode: '/division',
  matterCode: '/matter',
}

function placeOf(member: string): string {
  if (member.startsWith('affFormInfo.')) return `/form/${member.slice('affFormInfo.'.length)}`
  return member.startsWith('suffInfoList') ? '/documents' : (PLACES[member] ?? '')
}

/** The error for a refusal of the business dialect. `data` of a duplicate names the case that exists. */
export function refusal(envelope: Plain, operation: string): GatewayError {
  const code = typeof envelope['errorCode'] === 'string' ? envelope['errorCode'] : ''
  const text = typeof envelope['errorMsg'] === 'string' ? envelope['errorMsg'] : ''
  const member = /^参数错误:([A-Za-z][\w.[\]-]{0,80})$/.exec(text)?.[1]
  const materials = (/^材料缺失:([\w,-]{1,400})$/.exec(text)?.[1] ?? '')
    .split(',')
    .filter((one) => one !== '')
  const errors: FieldError[] = [
    ...(member === undefined
      ? []
      : [
          {
            pointer: placeOf(member),
            code,
            zh: `浙江未接受“${member}”`,
            en: `Zhejiang did not take ${member}`,
          },
        ]),
    ...materials.map((one) => ({
      pointer: '/documents',
      code,
      zh: `浙江要求材料 ${one}`,
      en: `Zhejiang asks for document ${one}`,
    })),
  ]
  return new GatewayError(
    CODES[code] ?? 'REGION_REJECTED',
    { region: 'zhejiang', operation, code: code || 'none', ...(member ? { member } : {}) },
    { errors },
  )
}

/** `data` of a success of the business dialect: `success` must be the boolean. */
export function open(envelope: Plain, operation: string): unknown {
  if (envelope['success'] !== true) throw refusal(envelope, operation)
  return envelope['data']
}

const SHARING: Readonly<Record<string, ProblemCode>> = {
  '01': 'REGION_AUTH',
  '02': 'REGION_AUTH',
  '03': 'REGION_AUTH',
  '05': 'REGION_AUTH',
  '04': 'REGION_REJECTED',
  '06': 'REGION_REJECTED',
  '99': 'REGION_BUSY',
}

/** The envelope of the sharing dialect, when its code is `"00"`. */
export function openSharing(envelope: Plain, operation: string): Plain {
  const code = String(envelope['code'] ?? '')
  if (code !== '00')
    throw new GatewayError(SHARING[code] ?? 'REGION_REJECTED', { region: 'zhejiang', operation, code })
  return envelope
}
