/** What Zhejiang answers in a log-in: 浙江 wire contract, section 4.e (documented; `attributes` designed). Open: other members are passed over. */
import { Type } from 'typebox'

/** `null`, `""` and a missing member all mean absent; a number may stand for its digits. */
const member = Type.Optional(Type.Union([Type.String({ maxLength: 64 }), Type.Number(), Type.Null()]))
const identifier = Type.Union([Type.String({ minLength: 1, maxLength: 64 }), Type.Number()])
const name = Type.String({ minLength: 1, maxLength: 100 })
const maybeName = Type.Optional(Type.Union([Type.String({ maxLength: 100 }), Type.Null()]))
/** JSON inside a string (trap 2). */
const attributes = Type.Optional(Type.Union([Type.String({ maxLength: 4000 }), Type.Null()]))

/** `data` of `sso-exchange`. */
export const WireToken = Type.Object({ accessToken: Type.String({ minLength: 1, maxLength: 2000 }) })

const WirePerson = Type.Object({
  userId: identifier,
  // Absent in an account that has proved nothing yet.
  userName: maybeName,
  idType: member,
  idNo: member,
  phone: member,
  attributes,
})

export const WireOrganisation = Type.Object({
  corpId: identifier,
  name,
  unifiedSocialId: Type.String({ minLength: 1, maxLength: 50 }),
  principal: maybeName,
  idType: member,
  idNo: member,
  attnUserType: member,
  // A representative who acts himself need not be told twice.
  attnName: maybeName,
  attnPhone: member,
  attnIdType: member,
  attnIdNo: member,
  attributes,
})

/** `data` of `sso-userinfo`. */
export const WireUser = Type.Union([
  Type.Object({ userType: Type.Literal('PERSON'), personInfo: WirePerson }),
  Type.Object({ userType: Type.Literal('LEGAL_PERSON'), legalPersonInfo: WireOrganisation }),
])

/** What `attributes` holds. The level of a person and that of an organisation have names of their own. */
export const WireAttributes = Type.Object({ authLevel: member, realLevel: member, areaCode: member })
