/** 办件报送 `receive.do` (contract 4.b.2): members documented, envelope, inner names of `applicantVO` and `extInfo` designed. */
import { type Static, Type } from 'typebox'

const text = (max: number, min = 0) => Type.String({ minLength: min, maxLength: max })
const wallClock = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2}$' })

export const WireApplicant = Type.Object(
  {
    applyName: text(100, 1),
    applyCardType: text(80, 1),
    applyCardNumber: text(30, 1),
    userProp: text(2, 1),
    contactMan: text(50, 1),
    contactPhone: Type.String({ pattern: '^1\\d{10}$' }),
    contactCardType: Type.Optional(text(80, 1)),
    contactCardNumber: Type.Optional(text(30, 1)),
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
    suffName: text(300),
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
    projectName: text(300, 1),
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
      { sourceRegion: text(6), sourceProjectNo: text(50), sourceAreaCode: Type.Optional(text(12)) },
      { additionalProperties: Type.String({ maxLength: 2000 }) },
    ),
    memo: text(500),
  },
  { additionalProperties: false },
)
export type WireApplication = Static<typeof WireApplication>
