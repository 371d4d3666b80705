/**
 * The photo of a person (contract 4.7, designed). `format` is always `jpg`; `expireTime` is the end of the ticket and says nothing of the
 * photo, so that neither is read.
 */
import { type Static, Type } from 'typebox'
import { DATE } from '../../schemas/common.ts'
import { blank } from './shapes.ts'

/** A whole number, also as decimal text (contract section 1). */
const count = Type.Union([
  Type.Integer({ minimum: 0, maximum: 999_999_999 }),
  Type.String({ pattern: '^(\\d{1,9})?$' }),
])

export const WirePhoto = Type.Object({
  photoUuid: Type.String({ minLength: 1, maxLength: 100 }),
  source: Type.String({ maxLength: 60 }),
  takenDate: blank(Type.Union([DATE, Type.Literal('')])),
  width: blank(count),
  height: blank(count),
  fileSize: blank(count),
  sm3: Type.String({ pattern: '^[0-9A-Fa-f]{64}$' }),
})
export type WirePhoto = Static<typeof WirePhoto>
