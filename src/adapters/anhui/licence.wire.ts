/** What Anhui's licence library answers: wire contract 安徽, section 4g (documented and mixed). Open: other members are passed over. */
import { Type } from 'typebox'

const text = (max: number) => Type.String({ minLength: 1, maxLength: max })
/** A day, 长期, or absent in one of three ways. */
const day = Type.Optional(Type.Union([Type.String({ maxLength: 10 }), Type.Null()]))
const certId = text(128)
const digest = Type.String({ pattern: '^[0-9a-fA-F]{64}$' })
const one = { minItems: 1, maxItems: 1 }

const Licence = Type.Object({
  certId,
  typeCode: text(60),
  certName: text(200),
  certNo: text(100),
  ownerId: text(50),
  ownerName: text(200),
  issueOrg: text(200),
  issueDate: day,
  effectDate: day,
  expireDate: day,
  state: Type.Union([text(60), Type.Integer()]),
  /** Of `licence-query` alone: a string that holds JSON. Whatever stands there, the licence is read. */
  certData: Type.Optional(Type.Unknown()),
})

/** Elements of `licence-summary`. */
export const WireLicences = Type.Array(Licence)

/** The one element of `licence-query`. */
export const WireLicence = Type.Array(Licence, one)

/** The one element of `licence-fetch`. */
export const WireLicenceFile = Type.Array(
  Type.Object({
    certId,
    fileName: text(200),
    suffix: Type.String({ pattern: '^([Pp][Dd][Ff]|[Oo][Ff][Dd])$' }),
    content: Type.String({ minLength: 1 }),
    sm3: digest,
  }),
  one,
)

/** The one element of `licence-verify`; a string, not a boolean (trap 7). */
export const WireVerified = Type.Array(
  Type.Object({ verify: Type.Union([Type.Literal('true'), Type.Literal('false')]) }),
  one,
)
