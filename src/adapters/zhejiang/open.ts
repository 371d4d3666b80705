/** Opens Zhejiang's two envelopes and reads their refusals (contract section 4 and 3.2). */
import { type FieldError, GatewayError, type ProblemCode } from '../../errors.ts'

type Plain = Readonly<Record<string, unknown>>

const CODES: Readonly<Record<string, ProblemCode>> = {
  'C-AFFAIR-PARAM-INVALID': 'REGION_REJECTED',
  'C-AFFAIR-MATTER-NOT-EXIST': 'REGION_REJECTED',
  'C-AFFAIR-PROJ-NOT-EXIST': 'CASE_NOT_FOUND',
  'C-AFFAIR-PROJ-DUPLICATE': 'DUPLICATE_CASE',
  'C-EVAL-DUPLICATE': 'RATED_ALREADY',
  'C-EVAL-REASON-REQUIRED': 'RATING_REASON_REQUIRED',
  'C-AFFAIR-STATE-CONFLICT': 'STATE_CONFLICT',
  'C-AFFAIR-MATERIAL-MISSING': 'REGION_REJECTED',
  'C-ATTACH-TOO-LARGE': 'REGION_REJECTED',
  'C-ATTACH-TYPE-INVALID': 'REGION_REJECTED',
  'C-ATTACH-NOT-EXIST': 'REGION_REJECTED',
  'C-CERT-NOT-EXIST': 'REGION_REJECTED',
  // An identifier that has ended is gone like one that never was; whoever asks for the photo asks anew.
  'C-PHOTO-NOT-EXIST': 'PHOTO_NOT_FOUND',
  'C-PHOTO-EXPIRED': 'PHOTO_NOT_FOUND',
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
  'applicantVO.contactCardType': '/agent/idDocument/type',
  'applicantVO.contactCardNumber': '/agent/idDocument/number',
  'applicantVO.legalMan': '/applicant/legalRepresentative',
  'applicantVO.address': '/applicant/address',
  'extInfo.sourceRegion': '/sourceDivision',
  'extInfo.sourceAreaCode': '/sourceDivision',
  memo: '/note',
  areaCode: '/division',
  matterCode: '/matter',
}

/** A correction holds only what was changed or asked for, so that a place in its list is none in the application. */
function placeOf(member: string, operation: string): string {
  if (member.startsWith('affFormInfo.')) return `/form/${member.slice('affFormInfo.'.length)}`
  const index = /^suffInfoList\[(\d+)\]/.exec(member)?.[1]
  if (index !== undefined && operation === 'apply-submit') return `/documents/${index}`
  return member.startsWith('suffInfoList') ? '/documents' : (PLACES[member] ?? '')
}

/** Refusals that name no member, and what the applicant can do. */
const ADVICE: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  'C-CERT-NOT-EXIST': [
    '电子证照不存在、无效或不属于申请人, 请改为上传文件',
    'Upload a file instead of the licence',
  ],
  'C-ATTACH-NOT-EXIST': ['附件不存在, 请重新上传', 'Upload the file again'],
  'C-ATTACH-TOO-LARGE': ['附件过大, 请上传较小的文件', 'Upload a smaller file'],
  'C-ATTACH-TYPE-INVALID': ['附件类型不支持, 请换一种格式', 'Upload the file in another format'],
}

/** The case that a refused duplicate names. */
const caseIn = (data: unknown): string | undefined =>
  typeof data === 'object' && data !== null && 'projId' in data && typeof data.projId === 'string'
    ? data.projId
    : undefined

/** The error for a refusal of the business dialect. `data` of a duplicate names the case that exists. */
export function refusal(envelope: Plain, operation: string): GatewayError {
  const code = typeof envelope['errorCode'] === 'string' ? envelope['errorCode'] : ''
  const text = typeof envelope['errorMsg'] === 'string' ? envelope['errorMsg'] : ''
  const member = /^参数错误:([A-Za-z][\w.[\]-]{0,80})$/.exec(text)?.[1]
  const materials = (/^材料缺失:([\w,-]{1,400})$/.exec(text)?.[1] ?? '')
    .split(',')
    .filter((one) => one !== '')
  const existing = caseIn(envelope['data'])
  const advice = ADVICE[code]
  const errors: FieldError[] = [
    ...(advice === undefined ? [] : [{ pointer: '/documents', code, zh: advice[0], en: advice[1] }]),
    ...(member === undefined
      ? []
      : [
          {
            pointer: placeOf(member, operation),
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
    {
      region: 'zhejiang',
      operation,
      code: code || 'none',
      ...(member ? { member } : {}),
      ...(existing === undefined ? {} : { caseNumber: existing }),
    },
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
