/** 办件报送 `receive.do` (contract 4.b.2): members documented, envelope, inner names of `applicantVO` and `extInfo` designed. */
import { type Static, Type } from 'typebox'
import { word } from '../../schemas/common.ts'
import { certType } from './codes.ts'

const text = (max: number, min = 0) => Type.String({ minLength: min, maxLength: max })
const wallClock = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$' })

/** The words of 5.2; the old number `51` stands in logins alone. */
const CERT_WORDS = Object.values(certType.table).flatMap((words) => words.slice(0, 1))
/** What every kind of certificate number has in common; check characters are looked at before. */
const certNumber = Type.String({ pattern: '^[0-9A-Z]{5,30}$' })

export const WireApplicant = Type.Object(
  {
    applyName: text(100, 1),
    applyCardType: word(CERT_WORDS),
    applyCardNumber: certNumber,
    userProp: text(2, 1),
    contactMan: text(50, 1),
    contactPhone: Type.String({ pattern: '^1\\d{10}$' }),
    contactCardType: Type.Optional(word(CERT_WORDS.filter((one) => one !== 'UNIFIED_SOCIAL_ID'))),
    contactCardNumber: Type.Optional(certNumber),
    legalMan: text(50),
    address: Type.Optional(text(200)),
  },
  { additionalProperties: false },
)
export type WireApplicant = Static<typeof WireApplicant>

export const WireAttachment = Type.Object(
  { attName: text(100, 1), attPath: text(300, 1), memo: text(500) },
  { additionalProperties: false },
)

export const WireMaterial = Type.Object(
  {
    suffId: text(64, 1),
    suffName: text(200),
    takeType: text(20, 1),
    attachMentVOs: Type.Array(WireAttachment, { maxItems: 50 }),
    certificateSourceId: Type.Optional(text(200, 1)),
  },
  { additionalProperties: false },
)
export type WireMaterial = Static<typeof WireMaterial>

export const WireApplication = Type.Object(
  {
    projId: Type.Optional(text(60)),
    projectName: text(200, 1),
    projectNature: Type.Optional(text(10)),
    matterCode: text(100, 1),
    affairType: text(4),
    applyOrigin: text(4, 1),
    approveType: text(4, 1),
    bizType: text(4, 1),
    relBizId: Type.Optional(text(64)),
    areaCode: text(12, 1),
    deptCode: text(60),
    execDeptOrgCode: text(60),
    recvDeptCode: text(60),
    recvDeptName: text(200),
    recvUserId: text(64),
    recvUserName: text(64),
    recvUserType: text(4, 1),
    gmtApply: wallClock,
    appId: text(100),
    applicantVO: WireApplicant,
    suffInfoList: Type.Array(WireMaterial, { maxItems: 100 }),
    affFormInfo: text(200_000, 2),
    /** An extension slot: more members, if their values are strings. */
    extInfo: Type.Object(
      {
        sourceRegion: Type.String({ pattern: '^3[1-4]0000$' }),
        sourceProjectNo: text(50),
        sourceAreaCode: Type.Optional(Type.String({ pattern: '^\\d{6}$' })),
      },
      { additionalProperties: Type.String({ maxLength: 2000 }) },
    ),
    memo: text(500),
  },
  { additionalProperties: false },
)
export type WireApplication = Static<typeof WireApplication>
