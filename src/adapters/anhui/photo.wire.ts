/** What Anhui's photo library answers: wire contract 安徽, section 4f (designed). Open: other members are passed over. */
import { Type } from 'typebox'

/** `null`, `""` and a missing member all mean absent; a number may stand for its digits. */
const number = Type.Optional(Type.Union([Type.Number(), Type.String({ maxLength: 20 }), Type.Null()]))
const photoId = Type.String({ minLength: 1, maxLength: 128 })

/** Elements of `photo-query`. */
export const WirePhotos = Type.Array(
  Type.Object({
    photoId,
    photoType: Type.String({ minLength: 1, maxLength: 60 }),
    photoDate: Type.Optional(Type.Union([Type.String({ maxLength: 10 }), Type.Number(), Type.Null()])),
    width: number,
    height: number,
    size: number,
  }),
)

/** The one element of `photo-fetch`. The library holds JPEG. */
export const WirePhotoFile = Type.Array(
  Type.Object({
    photoId,
    suffix: Type.String({ pattern: '^[Jj][Pp][Ee]?[Gg]$' }),
    content: Type.String({ minLength: 1 }),
    sm3: Type.String({ pattern: '^[0-9a-fA-F]{64}$' }),
  }),
  { minItems: 1, maxItems: 1 },
)
