/** What Zhejiang's licence library answers: 浙江 wire contract, section 4.g (designed). Open: other members are passed over. */
import { Type } from 'typebox'

/** `null`, `""` and a missing member all mean absent. */
const maybe = (max: number) => Type.Optional(Type.Union([Type.String({ maxLength: max }), Type.Null()]))
const text = (max: number) => Type.String({ minLength: 1, maxLength: max })
const sourceId = text(200)
const code = text(60)

/** Rows of `licence-query`. */
export const WireLicences = Type.Array(
  Type.Object({
    certificate_name: text(200),
    certificate_number: text(100),
    certificate_type: maybe(200),
    certificate_type_code: code,
    certificate_holder: text(200),
    certificate_holder_code: text(50),
    certificate_area_code: maybe(12),
    certificate_source_id: sourceId,
    issue_dept: text(200),
    issue_dept_code: maybe(60),
    issue_date: maybe(10),
    valid_to: maybe(10),
    certificate_status: code,
  }),
)

const one = { minItems: 1, maxItems: 1 }

/** The one row of `licence-fetch`; the type of the file in either case (trap 14). */
export const WireLicenceFile = Type.Array(
  Type.Object({
    certificate_source_id: sourceId,
    file_base64: Type.String({ minLength: 1 }),
    file_type: Type.String({ pattern: '^([Pp][Dd][Ff]|[Oo][Ff][Dd])$' }),
    file_digest: Type.String({ pattern: '^[0-9a-fA-F]{64}$' }),
  }),
  one,
)

/** The one row of `licence-verify`. The status is absent where the identifier is not known. */
export const WireVerified = Type.Array(
  Type.Object({
    certificate_source_id: sourceId,
    verify_result: Type.Union([0, 1, '0', '1'].map((value) => Type.Literal(value))),
    certificate_status: maybe(60),
  }),
  one,
)
