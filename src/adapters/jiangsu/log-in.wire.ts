/**
 * What Jiangsu's identity platform says of who logged in (contract 4.e): the ticket's exchange and the person documented, the members of
 * an organisation designed. All values are text; members that nothing here reads are left to the platform.
 */
import { type Static, Type } from 'typebox'

const text = Type.String({ minLength: 1, maxLength: 200 })
const blankable = Type.Optional(Type.Union([Type.String({ maxLength: 200 }), Type.Null()]))
const level = Type.String({ maxLength: 200 })
/** An account that has proved nothing yet has no name. */
const name = Type.String({ maxLength: 200 })
/** Opaque, and the contract sets it no length. */
const token = Type.String({ minLength: 1, maxLength: 2000 })

/** `data` of `ticketValidate`. */
export const WireSession = Type.Object({ token, usertype: text })

/** The user data of `findOutsideUserByToken`. */
export const WirePerson = Type.Object({
  uuid: text,
  name,
  paperstype: blankable,
  papersnumber: blankable,
  mobile: blankable,
  // Authoritative: `newauthlevel` may be empty, and `isauthuser` tells less.
  authlevel: level,
})
export type WirePerson = Static<typeof WirePerson>

/** The user data of `findCorUserByToken`. */
export const WireCorporate = Type.Object({
  uuid: text,
  corname: text,
  cornumber: text,
  corporation: blankable,
  corporationpapersnumber: blankable,
  agentname: text,
  agentpapersnumber: blankable,
  mobile: blankable,
  authlevel: level,
})
export type WireCorporate = Static<typeof WireCorporate>
