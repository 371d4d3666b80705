/** Opens Anhui's two envelopes and reads their refusals (contract 3.6, 3.7 and 5.10). Texts are for people, never for logic. */
import { type FieldError, GatewayError, type ProblemCode } from '../../errors.ts'
import { ticketRefused } from '../kit/log-in.ts'
import { answerInvalid } from '../kit/told.ts'

type Plain = Readonly<Record<string, unknown>>

/** Result codes of the case service. */
const CASE_CODES: Readonly<Record<string, ProblemCode>> = {
  '02': 'REGION_REJECTED',
  '03': 'REGION_REJECTED',
  '04': 'REGION_REJECTED',
  '05': 'CASE_NOT_FOUND',
  '06': 'STATE_CONFLICT',
  '07': 'DUPLICATE_CASE',
  '09': 'REGION_UNAVAILABLE',
}

/** What the rating service means by a code of the same table. */
const RATING_CODES: Readonly<Record<string, ProblemCode>> = { ...CASE_CODES, '07': 'RATED_ALREADY' }

/** Result codes of the item and material services. */
const FLAG_CODES: Readonly<Record<string, ProblemCode>> = {
  '400': 'REGION_REJECTED',
  '401': 'REGION_AUTH',
  '403': 'REGION_REJECTED',
  '404': 'REGION_REJECTED',
  '500': 'REGION_UNAVAILABLE',
}

/**
 * Codes of the identity services (4e). A token of another user or kind was not asked for by us: it is Anhui that contradicts itself.
 */
const IDENTITY_CODES: Readonly<Record<string, ProblemCode>> = {
  U0002: 'REGION_ANSWER_INVALID',
  U0003: 'REGION_ANSWER_INVALID',
  U0004: 'REGION_REJECTED',
  U9999: 'REGION_UNAVAILABLE',
}

/** Canonical place of a member that Anhui names after `参数错误:`. */
const PLACES: Readonly<Record<string, string>> = {
  SERVICECODE: '/matter',
  SERVICEVERSION: '/matterVersion',
  APPLYNAME: '/applicant/name',
  PROJECTNAME: '/applicant/name',
  APPLY_CARDTYPE: '/applicant/idDocument/type',
  APPLY_CARDNUMBER: '/applicant/idDocument/number',
  ADDTYPE: '/applicant/kind',
  CONTACTMAN: '/agent/name',
  CONTACTMAN_CARDTYPE: '/agent/idDocument/type',
  CONTACTMAN_CARDNUMBER: '/agent/idDocument/number',
  TELPHONE: '/applicant/mobile',
  POSTCODE: '/applicant/postcode',
  ADDRESS: '/applicant/address',
  LEGALMAN: '/applicant/legalRepresentative',
  AREACODE: '/division',
  EXTEND: '/sourceDivision',
  CALLTIME: '/appliedAt',
  formXml: '/form',
  FORMDATA: '/form',
  attrXml: '/documents',
  RECORD: '/documents',
  file: '/documents',
  attrId: '/documents',
  attrName: '/documents',
  ATTRID: '/documents',
  ATTRNAME: '/documents',
  SORTID: '/documents',
  TAKETYPE: '/documents',
  ISTAKE: '/documents',
  AMOUNT: '/documents',
  TAKETIME: '/documents',
  MEMO: '/documents',
  FILES: '/documents',
  FILEINFO: '/documents',
  FILENAME: '/documents',
  FILEURL: '/documents',
  FILEPWD: '/documents',
}

/** Members of the envelope of an application that hold nothing of the applicant's. */
const OWN =
  /^(UNID|PROJID|PROJPWD|SERVICENAME|infoType|INFOTYPE_CODE|IS_MULTI|MULTI_ID|DEPTID|DEPTNAME|RECEIVE_USEID|RECEIVE_NAME|APPLYFROM|handleState|BELONGTO|dataState|BELONGSYSTEM|CALLER|CALLBACK_URL|ISSUE|apasInfoXml|CALLINFO|SERVICEINFO)$/

/** Elements of a matter's own form have the names of its fields: what `apasInfo` names otherwise is one of them. */
function placeOf(member: string, operation: string): string {
  const known = PLACES[member]
  if (known !== undefined) return known
  return operation === 'apply-submit' && !OWN.test(member) ? `/form/${member}` : ''
}

/** Only names of members go on; everything else in the text is the region's business. */
const memberOf = (text: unknown): string | undefined =>
  typeof text === 'string' ? /^参数错误:([A-Za-z][\w.-]{0,80})$/.exec(text)?.[1] : undefined

function refused(code: string, problem: ProblemCode, text: unknown, operation: string, more: Plain = {}) {
  const member = memberOf(text)
  const errors: FieldError[] =
    member !== undefined
      ? [
          {
            pointer: placeOf(member, operation),
            code,
            zh: `安徽未接受“${member}”`,
            en: `Anhui did not take ${member}`,
          },
        ]
      : code === '04'
        ? [
            {
              pointer: '/matter',
              code,
              zh: '安徽没有此事项, 或事项版本已更新',
              en: 'Anhui has no such matter, or a newer version of it',
            },
          ]
        : []
  const facts = { region: 'anhui', operation, code: code || 'none', ...(member ? { member } : {}) }
  return new GatewayError(problem, { ...facts, ...(more as Record<string, string>) }, { errors })
}

/** Texts of a refusal's `data` that are no secrets: whose number it is, and in which state the case stands. */
function told(data: unknown): Plain {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return {}
  const { unid, handleState } = data as Plain
  return {
    ...(typeof unid === 'string' ? { unid } : {}),
    ...(typeof handleState === 'string' ? { state: handleState } : {}),
  }
}

/**
 * `data` of a success of the case or rating service.
 * @throws GatewayError for a refusal; facts `unid` (of `07`) and `state` (of `06`) where Anhui tells them
 */
export function openCase(envelope: Plain, operation: string): unknown {
  const code = typeof envelope['result'] === 'string' ? envelope['result'] : ''
  if (code === '01') return envelope['data']
  const codes = operation === 'rating-push' ? RATING_CODES : CASE_CODES
  throw refused(
    code,
    codes[code] ?? 'REGION_REJECTED',
    envelope['resultmsg'],
    operation,
    told(envelope['data']),
  )
}

/** The envelope of a success of the other services: paging stands beside `data`. Here `flag` is the code and `result` the text. */
export function openFlag(envelope: Plain, operation: string): Plain {
  const code = typeof envelope['flag'] === 'string' ? envelope['flag'] : ''
  if (code === '200') return envelope
  throw refused(code, FLAG_CODES[code] ?? 'REGION_REJECTED', envelope['result'], operation)
}

/** `data` of a success of the identity services, whose `status` is a real boolean (trap 7). */
export function openIdentity(envelope: Plain, operation: string): unknown {
  if (typeof envelope['status'] !== 'boolean') throw answerInvalid('anhui', operation, 'status')
  if (envelope['status']) return envelope['data']
  const code = typeof envelope['code'] === 'string' ? envelope['code'] : ''
  if (code === 'U0001') throw ticketRefused('anhui', code)
  throw refused(code, IDENTITY_CODES[code] ?? 'REGION_REJECTED', '', operation)
}
