/** Shanghai's object in the region directory (contract section 2). */
import { type Static, Type } from 'typebox'

const text = Type.String({ minLength: 1 })
const count = Type.Integer({ minimum: 1 })

export const ShanghaiConfig = Type.Object({
  baseUrl: Type.String({ pattern: '^https?://[^/\\s]+(/[^\\s]*[^/\\s])?$' }),
  credentials: Type.Object({
    clientId: text,
    clientSecret: text,
    zzkAccount: Type.Optional(text),
    zzkPassword: Type.Optional(text),
    callbackSecret: text,
  }),
  options: Type.Object({
    apiBase: text,
    ucBase: Type.Optional(text),
    corpUcBase: Type.Optional(text),
    zzkBase: Type.Optional(text),
    browserBaseUrl: Type.Optional(text),
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
    foreignAuditItemCode: Type.Optional(text),
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
