/** Zhejiang's object in the region directory (contract section 2). */
import { type Static, Type } from 'typebox'

const text = Type.String({ minLength: 1 })
const count = Type.Integer({ minimum: 1 })
const ic = Type.String({ pattern: '^IC\\d{20}$' })

export const ZhejiangConfig = Type.Object({
  baseUrl: Type.String({ pattern: '^https?://[^/\\s]+$' }),
  credentials: Type.Object({
    accessKey: text,
    secretKey: text,
    sharingAppKey: text,
    sharingAppSecret: text,
    callbackAccessKey: text,
    callbackSecretKey: text,
  }),
  options: Type.Object({
    pathPrefix: Type.String({ pattern: '^/' }),
    /** The browser's way in; another host than `baseUrl` in reality. */
    portalUrl: Type.Optional(Type.String({ pattern: '^https?://[^/\\s?#]+$' })),
    appId: text,
    ssoAppId: Type.Optional(text),
    icCodes: Type.Object({
      matter: ic,
      case: ic,
      attach: ic,
      photo: Type.Optional(ic),
      licence: Type.Optional(ic),
      rating: Type.Optional(ic),
      ssoToken: Type.Optional(ic),
      ssoUser: Type.Optional(ic),
    }),
    sharingRefreshPath: Type.String({ pattern: '^/' }),
    sharingApiPath: Type.String({ pattern: '^/' }),
    sharingApiIds: Type.Object({
      matterList: text,
      matterDetail: text,
      windowList: Type.Optional(text),
      licenceQuery: Type.Optional(text),
      licenceFile: Type.Optional(text),
      licenceVerify: Type.Optional(text),
    }),
    callbackPath: Type.String({ pattern: '^/' }),
    cityAreaSuffix: Type.Optional(Type.String({ pattern: '^\\d{2}$' })),
    recvUserId: text,
    recvUserName: text,
    ratingDataSource: Type.Optional(text),
    clockSkewSeconds: count,
    timeoutMs: count,
    uploadTimeoutMs: count,
    maxUploadBytes: count,
  }),
})
export type ZhejiangConfig = Static<typeof ZhejiangConfig>
