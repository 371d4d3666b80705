/** Jiangsu's object in the region directory (contract section 2). */
import { type Static, Type } from 'typebox'

const text = Type.String({ minLength: 1 })
const count = Type.Integer({ minimum: 1 })
const absolute = Type.String({ pattern: '^https?://[^/\\s]+(/[^\\s]*[^/\\s])?$' })
const SIX = Type.String({ pattern: '^[1-9][0-9]{5}$' })

export const JiangsuConfig = Type.Object({
  baseUrl: absolute,
  credentials: Type.Object({
    paasid: text,
    tifToken: text,
    moduleToken: text,
    // The secret is the key of AES-128 too: exactly sixteen bytes of ASCII.
    jis: Type.Optional(
      Type.Object({ appmark: text, appword: Type.String({ pattern: '^[\\x20-\\x7e]{16}$' }) }),
    ),
    licence: Type.Optional(
      Type.Object({
        yymc: text,
        sm2PrivateKey: Type.String({ pattern: '^[0-9a-fA-F]{64}$' }),
        // A point in full: 04 and its two coordinates.
        sm2PublicKey: Type.String({ pattern: '^04[0-9a-fA-F]{128}$' }),
      }),
    ),
    callback: Type.Object({ paasid: text, tifToken: text, moduleToken: text }),
  }),
  options: Type.Object({
    loginBaseUrl: Type.Optional(absolute),
    loginPath: Type.Optional(Type.String({ pattern: '^/' })),
    busCodes: Type.Object({
      task: text,
      project: text,
      attach: text,
      center: Type.Optional(text),
      identity: Type.Optional(text),
      photo: Type.Optional(text),
      licence: Type.Optional(text),
      rating: Type.Optional(text),
      health: text,
    }),
    clockSkewSeconds: count,
    timeoutMs: count,
    fileTimeoutMs: count,
    maxFileBytes: count,
    licenceTokenUserId: Type.Optional(text),
    callbackPath: Type.String({ pattern: '^/' }),
    areaCodes: Type.Array(SIX, { minItems: 1 }),
  }),
})
export type JiangsuConfig = Static<typeof JiangsuConfig>
