/**
 * What Shanghai says of who logged in (contract 4.5, documented; `†` members completed there). The contract has all members always
 * present and `""` where they do not apply; §1 lets a blank text be `null` or missing as well.
 */
import { type Static, Type } from 'typebox'

const text = Type.String({ minLength: 1, maxLength: 200 })
const blankable = Type.Optional(Type.Union([Type.String({ maxLength: 200 }), Type.Null()]))

export const WireAccount = Type.Object({
  zwdtsw_user_id: text,
  zwdtsw_user_type: text,
  // Blank in an account that has proved nothing yet.
  zwdtsw_name: blankable,
  zwdtsw_cert_type: blankable,
  zwdtsw_cert_id: blankable,
  zwdtsw_link_person: blankable,
  zwdtsw_link_phone: blankable,
  zwdtsw_link_cert_type: blankable,
  zwdtsw_link_cert_id: blankable,
  zwdtsw_law_person: blankable,
  zwdtsw_after_certification: Type.String({ maxLength: 200 }),
  // Only 1 and 0 are known: an account in another state is not let in.
  zwdtsw_user_status: Type.Union([Type.Literal('1'), Type.Literal('0')]),
  encrypt_identity: blankable,
})
export type WireAccount = Static<typeof WireAccount>
