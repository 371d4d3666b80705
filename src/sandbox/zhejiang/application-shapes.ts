import { isCreditCode, isResidentId } from './check-digits.ts'
import { isAreaCode } from './cities.ts'
import type { Config } from './config.ts'
import { jsonObject } from './requests.ts'
import {
  among,
  anyText,
  type Check,
  dateTime,
  emptyOrText,
  integer,
  isRecord,
  list,
  may,
  need,
  pattern,
  record,
  text,
} from './shapes.ts'
import type { HandedMaterial } from './state.ts'

/** The body of `receive.do` (contract 4.b.2). */
export interface Submission {
  readonly projId: string
  readonly projectName: string
  readonly matterCode: string
  readonly affairType: string
  readonly areaCode: string
  readonly deptCode: string
  readonly execDeptOrgCode: string
  readonly recvUserId: string
  readonly recvUserName: string
  readonly gmtApply: string
  readonly applicantVO: {
    readonly applyName: string
    readonly applyCardType: string
    readonly applyCardNumber: string
    readonly userProp: string
  }
  readonly suffInfoList: readonly HandedMaterial[]
  readonly affFormInfo: string
  readonly extInfo: { readonly sourceRegion: string; readonly sourceProjectNo: string }
}

/** The body of `correct.do` (contract 4.b.3). */
export interface CorrectionAnswer {
  readonly projId: string
  readonly projPwd: string
  readonly correctSeq: number
  readonly suffInfoList: readonly HandedMaterial[]
  readonly affFormInfo: string
}

/** Certificate types of table 5.2. */
export const CARD_TYPES = [
  'ID_CARD',
  'PASSPORT',
  'OFFICER_CARD',
  'MAINLAND_TRAVEL_PERMIT_FOR_HONGKONG_AND_MACAO_RESIDENTS',
  'MAINLAND_TRAVEL_PERMIT_FOR_TAIWAN_RESIDENTS',
  'UNIFIED_SOCIAL_ID',
  'OTHER',
] as const

/** The words of table 5.20 that go with files, and all of them. */
const WITH_FILES = ['附件上传', '扫描']
const TAKE_TYPES = [...WITH_FILES, '纸质收取', '容缺后补', '证照库']

const FORM_TEXT: Check = (value, path) =>
  typeof value === 'string' && jsonObject(value) !== undefined ? undefined : path

/** The number of a certificate has to be right for its type (contract 4.b.2). */
function isCardNumber(cardType: unknown, cardNumber: unknown): boolean {
  if (typeof cardNumber !== 'string') return false
  if (cardType === 'ID_CARD') return isResidentId(cardNumber)
  if (cardType === 'UNIFIED_SOCIAL_ID') return isCreditCode(cardNumber)
  return /^[0-9A-Z]{5,30}$/.test(cardNumber)
}

/** What the members of an applicant say about each other. */
const applicantAsWhole: Check = (value, path) => {
  if (!isRecord(value)) return path
  const isFirm = value['userProp'] === '2'
  const isCreditType = value['applyCardType'] === 'UNIFIED_SOCIAL_ID'
  if (isFirm !== isCreditType) return `${path}.applyCardType`
  if (!isCardNumber(value['applyCardType'], value['applyCardNumber'])) return `${path}.applyCardNumber`
  const { contactCardType, contactCardNumber } = value
  if (contactCardType === undefined && (isFirm || contactCardNumber !== undefined)) {
    return `${path}.contactCardType`
  }
  if (contactCardType !== undefined && !isCardNumber(contactCardType, contactCardNumber)) {
    return `${path}.contactCardNumber`
  }
  return (value['legalMan'] !== '') === isFirm ? undefined : `${path}.legalMan`
}

const applicant = record(
  {
    applyName: need(text(100)),
    applyCardType: need(among(...CARD_TYPES)),
    applyCardNumber: need(text()),
    userProp: need(among('1', '2')),
    contactMan: need(text(50)),
    contactPhone: need(pattern(/^1\d{10}$/)),
    contactCardType: may(among(...CARD_TYPES.filter((type) => type !== 'UNIFIED_SOCIAL_ID'))),
    contactCardNumber: may(text()),
    legalMan: need(emptyOrText(50)),
    address: may(emptyOrText(200)),
  },
  undefined,
  applicantAsWhole,
)

/** Files and licence of a material have to go with the way in which it is handed in. */
const materialAsWhole: Check = (value, path) => {
  if (!isRecord(value)) return path
  const { takeType, attachMentVOs, certificateSourceId } = value
  const hasFiles = Array.isArray(attachMentVOs) && attachMentVOs.length > 0
  if (hasFiles !== WITH_FILES.includes(String(takeType))) return `${path}.attachMentVOs`
  return (certificateSourceId !== undefined) === (takeType === '证照库')
    ? undefined
    : `${path}.certificateSourceId`
}

const materials = list(
  record(
    {
      suffId: need(text()),
      suffName: need(text(200)),
      takeType: need(among(...TAKE_TYPES)),
      attachMentVOs: need(
        list(record({ attName: need(text(100)), attPath: need(text()), memo: need(emptyOrText(500)) })),
      ),
      certificateSourceId: may(text()),
    },
    undefined,
    materialAsWhole,
  ),
)

/** The shape of `receive.do`. */
export function submissionShape({ options }: Config): Check {
  return record({
    projId: need(pattern(/^\d{21}$/)),
    projectName: need(text(200)),
    projectNature: may(among('01')),
    matterCode: need(pattern(/^\d{20}$/)),
    affairType: need(among('1', '2', '3', '4')),
    applyOrigin: need(among('1', '2')),
    approveType: need(among('01')),
    bizType: need(among('0')),
    relBizId: may(emptyOrText(64)),
    areaCode: need(text(undefined, isAreaCode)),
    deptCode: need(pattern(/^\d{12}$/)),
    execDeptOrgCode: need(pattern(/^.{18}$/u)),
    recvDeptCode: need(pattern(/^[0-9A-Z]{12,18}$/)),
    recvDeptName: need(text(100)),
    recvUserId: need(text(64)),
    recvUserName: need(text(64)),
    recvUserType: need(among('3')),
    gmtApply: need(dateTime),
    appId: need(among(options.appId)),
    applicantVO: need(applicant),
    suffInfoList: need(materials),
    affFormInfo: need(FORM_TEXT),
    extInfo: need(
      record(
        {
          sourceRegion: need(among('310000', '320000', '330000', '340000')),
          sourceProjectNo: need(pattern(/^[A-Za-z0-9-]{6,50}$/)),
          sourceAreaCode: may(pattern(/^\d{6}$/)),
        },
        anyText,
      ),
    ),
    memo: need(emptyOrText(500)),
  })
}

/** The shape of `correct.do`. */
export function correctionShape({ options }: Config): Check {
  return record({
    projId: need(pattern(/^\d{21}$/)),
    projPwd: need(pattern(/^\d{6}$/)),
    correctSeq: need(integer(Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER)),
    gmtCorrect: need(dateTime),
    appId: need(among(options.appId)),
    suffInfoList: need(materials),
    affFormInfo: need(FORM_TEXT),
    extInfo: may(record({}, anyText)),
    memo: need(emptyOrText(500)),
  })
}

/** The shape of `withdraw.do` (contract 4.l). */
export function withdrawalShape({ options }: Config): Check {
  return record({
    projId: need(text()),
    projPwd: need(text()),
    gmtWithdraw: need(dateTime),
    reason: need(text(200)),
    operatorName: need(text(64)),
    operatorUid: need(text(64)),
    appId: need(among(options.appId)),
    memo: may(emptyOrText(500)),
  })
}
