/** Shanghai's object in the region directory (contract section 2). */
import { type Static, Type } from 'typebox'

const text = Type.String({ minLength: 1 })
const absolute = Type.String({ pattern: '^https?://[^/\\s]+(/[^\\s]*[^/\\s])?$' })
/** A path below `baseUrl`, or an absolute URL in its place; without a trailing slash. */
const base = Type.String({ pattern: '^(/|https?://[^/\\s])[^\\s]*[^/\\s]$' })
const count = Type.Integer({ minimum: 1 })

export const ShanghaiConfig = Type.Object({
  baseUrl: absolute,
  credentials: Type.Object({
    clientId: text,
    clientSecret: text,
    zzkAccount: Type.Optional(text),
    zzkPassword: Type.Optional(text),
    callbackSecret: text,
  }),
  options: Type.Object({
    apiBase: text,
    ucBase: Type.Optional(base),
    corpUcBase: Type.Optional(base),
    zzkBase: Type.Optional(base),
    browserBaseUrl: Type.Optional(absolute),
    ly: Type.Optional(text),
    cityRegionCode: text,
    cityAreaCode: text,
    casePrefix: text,
    source: text,
    orgName: text,
    opDepartCode: text,
    opDepartName: text,
    opUserId: text,
    opUsername: text,
    foreignAuditItemCode: Type.Optional(Type.String({ pattern: '^\\d{12}$' })),
    tokenEarlySeconds: Type.Integer({ minimum: 0 }),
    zzkSessionSeconds: Type.Optional(count),
    connectTimeoutMs: count,
    timeoutMs: count,
    transferTimeoutMs: count,
    maxFileBytes: count,
    callbackPath: Type.String({ pattern: '^/' }),
    callbackSkewSeconds: count,
    callbackNonceSeconds: count,
  }),
})
export type ShanghaiConfig = Static<typeof ShanghaiConfig>
