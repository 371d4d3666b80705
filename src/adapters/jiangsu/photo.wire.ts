/** What Jiangsu's photo library answers (contract 4.f, designed). Open: other members are passed over. */
import { Type } from 'typebox'
import { MAYBE_NUMERIC } from './holding.ts'

const zpbs = Type.String({ minLength: 1, maxLength: 64 })

/** `data` of `photo-query`. */
export const WirePhoto = Type.Object({
  zpbs,
  zply: MAYBE_NUMERIC,
  pzrq: MAYBE_NUMERIC,
  yxqz: MAYBE_NUMERIC,
  zpkd: MAYBE_NUMERIC,
  zpgd: MAYBE_NUMERIC,
})

/** `data` of `photo-fetch`. The digest is lower case by the contract; hex of either case says the same. */
export const WirePhotoFile = Type.Object({
  zpbs,
  zpgs: Type.String({ pattern: '^[0-9A-Za-z]{1,10}$' }),
  zpnr: Type.String({ minLength: 1 }),
  zpzy: Type.String({ pattern: '^[0-9a-fA-F]{64}$' }),
})
