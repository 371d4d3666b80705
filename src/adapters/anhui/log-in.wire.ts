/** What Anhui answers in a log-in: wire contract 安徽, section 4e (mixed and designed). Open: other members are passed over. */
import { Type } from 'typebox'

/** Absent, empty or there; a number may stand for its digits. */
const member = Type.Optional(Type.Union([Type.String({ maxLength: 64 }), Type.Number(), Type.Null()]))
const identifier = Type.Union([Type.String({ minLength: 1, maxLength: 64 }), Type.Number()])
const name = Type.String({ minLength: 1, maxLength: 100 })
/** An account that has proved nothing yet has no name. */
const maybeBlank = Type.String({ maxLength: 100 })

/** `data` of `sso-userinfo` and of `sso-apptoken`. */
export const WirePerson = Type.Object({
  userId: identifier,
  name: maybeBlank,
  credentType: member,
  credentNo: member,
  phone: member,
  authLevel: member,
  regionCode: member,
})

/** `data` of `sso-legalinfo`. */
export const WireLegal = Type.Object({
  userId: identifier,
  legalName: name,
  creditCode: Type.String({ minLength: 1, maxLength: 50 }),
  legalPerson: Type.Optional(Type.Union([Type.String({ maxLength: 100 }), Type.Null()])),
  legalPersonNo: member,
  agentName: name,
  agentNo: member,
  agentPhone: member,
  authLevel: member,
  regionCode: member,
})

/** What stands in `authenticationSuccess` of the CAS answer. */
export const WireSuccess = Type.Object({
  user: Type.String({ minLength: 1, maxLength: 64 }),
  attributes: Type.Object({
    userType: Type.String(),
    accessToken: Type.String({ minLength: 1, maxLength: 2000 }),
  }),
})
