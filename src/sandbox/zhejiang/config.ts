import type { World } from '../simulated.ts'

/** How many milliseconds an issued number and an unused upload live (contract 4.b.1, 4.d.1). */
export const SPARE_MS = 24 * 3_600_000

/** A JSON or form body larger than this many bytes is not passed on (contract section 1). */
export const MAX_BODY_BYTES = 2 * 1024 * 1024

/** A multipart body larger than this many bytes is too large whatever its parts (contract 4.d.1). */
export const MAX_MULTIPART_BYTES = 51 * 1024 * 1024

/** The region directory's object for Zhejiang with this platform's address in it (contract section 2). */
export function configOf(world: World) {
  return {
    baseUrl: world.baseUrl,
    credentials: {
      accessKey: 'FAKE_AK_ZJ',
      secretKey: 'FAKE_SK_ZJ',
      sharingAppKey: 'FAKEAPPKEY',
      sharingAppSecret: 'FAKEAPPSECRET',
      callbackAccessKey: 'FAKE_AK_ZJ_CB',
      callbackSecretKey: 'FAKE_SK_ZJ_CB',
    },
    options: {
      pathPrefix: '/restapi/prod',
      portalUrl: world.baseUrl,
      appId: 'APP-FAKE-CSJ-ZJ',
      ssoAppId: 'SSO-FAKE-CSJ-ZJ',
      icCodes: {
        matter: 'IC33000020990101000001',
        case: 'IC33000020990101000002',
        attach: 'IC33000020990101000003',
        photo: 'IC33000020990101000004',
        licence: 'IC33000020990101000005',
        rating: 'IC33000020990101000006',
        ssoToken: 'IC33000020990101000007',
        ssoUser: 'IC33000020990101000008',
      },
      sharingRefreshPath: '/gateway/app',
      sharingApiPath: '/gateway/api/001003001/dataSharing',
      sharingApiIds: {
        matterList: 'FAKEZJ0101',
        matterDetail: 'FAKEZJ0102',
        windowList: 'FAKEZJ0103',
        licenceQuery: 'FAKEZJ0501',
        licenceFile: 'FAKEZJ0502',
        licenceVerify: 'FAKEZJ0503',
      },
      callbackPath: '/zj/callback',
      cityAreaSuffix: '01',
      recvUserId: 'csj-gw',
      recvUserName: '长三角网关',
      ratingDataSource: '133',
      clockSkewSeconds: 90,
      timeoutMs: 10_000,
      uploadTimeoutMs: 60_000,
      maxUploadBytes: 52_428_800,
    },
  }
}

/** The directory object as this platform reads it back. */
export type Config = ReturnType<typeof configOf>

/** The API groups, each with an IC code of its own. */
export type ApiGroup = keyof Config['options']['icCodes']
