/** What Zhejiang's photo library answers: 浙江 wire contract, section 4.f (designed). Open: other members are passed over. */
import { Type } from 'typebox'

/** `null`, `""` and a missing member all mean absent; a number may stand for its digits. */
const number = Type.Optional(Type.Union([Type.Number(), Type.String({ maxLength: 20 }), Type.Null()]))
const text = (max: number) => Type.Optional(Type.Union([Type.String({ maxLength: max }), Type.Null()]))
const photoId = Type.String({ minLength: 1, maxLength: 200 })

/** `data` of `photo-query`: one photo. `expireSeconds` is the life of its identifier, not the library's end of use. */
export const WirePhoto = Type.Object({
  photoId,
  source: text(60),
  gmtTaken: text(19),
  contentType: text(100),
  width: number,
  height: number,
  expireSeconds: number,
})

/** `data` of `photo-fetch`. */
export const WirePhotoFile = Type.Object({
  photoId,
  contentType: Type.Literal('image/jpeg'),
  photoBase64: Type.String({ minLength: 1 }),
  sha256: Type.String({ pattern: '^[0-9a-fA-F]{64}$' }),
})
