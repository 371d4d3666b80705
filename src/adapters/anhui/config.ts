/** Anhui's object in the region directory (contract section 2). */
import { type Static, Type } from 'typebox'

const text = Type.String({ minLength: 1 })
const count = Type.Integer({ minimum: 1 })
const prefix = Type.String({ pattern: '^/[^\\s?#]*[^/\\s?#]$' })

export const AnhuiConfig = Type.Object({
  baseUrl: Type.String({ pattern: '^https?://[^/\\s?#]+(/[^\\s?#]*[^/\\s?#])?$' }),
  credentials: Type.Object({
    appId: text,
    appSecret: text,
    gmAppSecret: Type.Optional(text),
    gmPublicKey: Type.Optional(Type.String({ pattern: '^04[0-9a-fA-F]{128}$' })),
    ssoAppCode: Type.Optional(Type.String({ pattern: '^[0-9a-fA-F]{32}$' })),
    callbackAppId: text,
    callbackAppSecret: text,
  }),
  options: Type.Object({
    stage: text,
    sdkVersion: text,
    userAgent: text,
    groups: Type.Object({
      case: text,
      item: text,
      zzwk: text,
      hcp: Type.Optional(text),
      uccp: Type.Optional(text),
    }),
    callbackGroup: text,
    paths: Type.Object({
      case: prefix,
      item: prefix,
      zzwk: prefix,
      hcp: Type.Optional(prefix),
      sso: Type.Optional(prefix),
      user: Type.Optional(prefix),
    }),
    /**
     * Paths below `zzwk` of photos and licences that speak GM, for which both `gm` credentials are
     * wanted (`gm.ts`). The others, and all of the materials, speak PLAIN (3.4).
     */
    gmApis: Type.Optional(Type.Array(Type.String({ pattern: '^/(?!materialService/)' }))),
    ssoBaseUrl: Type.Optional(Type.String({ pattern: '^https?://[^/\\s?#]+(/[^\\s?#]*[^/\\s?#])?$' })),
    /** Where tickets are for that another system brings. A fragment would be refused. */
    ssoService: Type.Optional(Type.String({ pattern: '^https?://[^\\s#]+$', maxLength: 1000 })),
    callbackUrl: Type.String({
      pattern: '^https?://[^\\s?#]+/ah/callback/apas(\\?[^\\s#]*)?$',
      maxLength: 500,
    }),
    caller: text,
    issue: text,
    belongSystem: Type.String({ pattern: '^\\d{18}$' }),
    applyFrom: text,
    /** `purpose` of a look at photos for which Anhui's table has no word of its own (section 2). */
    photoPurpose: Type.Optional(text),
    /** `applyPhone` with which holders' tokens are asked for: a telephone of who runs the gateway (4g, phone rule of 4b). */
    applyPhone: Type.Optional(Type.String({ pattern: '^(1\\d{10}|0\\d{2,3}-?\\d{7,8})$' })),
    ratingSource: Type.Optional(text),
    ratingVersion: Type.Optional(text),
    clockSkewMs: count,
    nonceTtlMs: count,
    timeoutMs: count,
    uploadTimeoutMs: count,
  }),
})
export type AnhuiConfig = Static<typeof AnhuiConfig>
