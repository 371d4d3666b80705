import type { World } from '../simulated.ts'

/** The services that a caller is granted one by one: the keys of `options.groups`. */
export type Group = 'case' | 'item' | 'zzwk' | 'hcp' | 'uccp'

/** Where the gateway takes callbacks, below its own base (contract section 2). */
const CALLBACK_PATH = '/ah/callback/apas'

/** The object of contract section 2, with the addresses of this world. All keys are fake. */
export function configOf({ baseUrl, gatewayUrl }: World) {
  return {
    baseUrl,
    credentials: {
      appId: 'fakeappid0001',
      appSecret: 'FAKE_APP_SECRET_AH',
      gmAppSecret: 'FAKE_GM_APP_SECRET_AH',
      gmPublicKey:
        '04508e75714b22c47c74dd6dfbfe52c3cb65837a8f672536e57a034c345a9fe4fcb004008496aa7935d78db32f97139da85f27774970cc6e7a112cfcb462696e43',
      ssoAppCode: '0f1e2d3c4b5a69788796a5b4c3d2e1f0',
      callbackAppId: 'fakecbappah01',
      callbackAppSecret: 'FAKE_CB_SECRET_AH',
    },
    options: {
      stage: 'RELEASE',
      sdkVersion: '1.3',
      userAgent: 'ShieldJavaSDK',
      groups: {
        case: 'fakegroupah01',
        item: 'fakegroupah02',
        zzwk: 'fakegroupah03',
        hcp: 'fakegroupah04',
        uccp: 'fakegroupah05',
      },
      callbackGroup: 'fakegroupcb01',
      paths: {
        case: '/1.0.0/djz-tylsh-rest/api',
        item: '/api-0.8.20/item-service',
        zzwk: '/api-0.8.20/zzwk-service',
        hcp: '/1.0.0/hcp-service/api',
        sso: '/uccp-server',
        user: '/uccp-user',
      },
      gmApis: ['/photoService/queryPhoto', '/photoService/photoDownload'],
      ssoBaseUrl: baseUrl,
      ssoService: `${gatewayUrl}/sso/ah/callback`,
      callbackUrl: `${gatewayUrl}${CALLBACK_PATH}`,
      caller: '长三角网关',
      issue: 'csj',
      belongSystem: '340000999999999001',
      applyFrom: '9',
      photoPurpose: '3',
      ratingSource: '501',
      ratingVersion: '2',
      clockSkewMs: 300_000,
      nonceTtlMs: 600_000,
      timeoutMs: 15_000,
      uploadTimeoutMs: 60_000,
    },
  }
}

/** The configuration of one simulated platform. */
export type Config = ReturnType<typeof configOf>

/** Size limits in bytes (contract section 1): one file, a JSON or form body, any request. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024
export const MAX_BODY_BYTES = 4 * 1024 * 1024
export const MAX_REQUEST_BYTES = 24 * 1024 * 1024
