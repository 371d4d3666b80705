import type { World } from '../simulated.ts'

/** The object of contract section 2, with the address of this world. All keys are fake. */
export function configOf({ baseUrl }: World) {
  return {
    baseUrl,
    credentials: {
      clientId: 'csj-gw-fake',
      clientSecret: 'FAKE_CLIENT_SECRET_SH',
      zzkAccount: 'csj_gw_fake',
      zzkPassword: 'FAKE_ZZK_PASSWORD_SH',
      callbackSecret: 'FAKE_CALLBACK_SECRET_SH',
    },
    options: {
      apiBase: '/ac-product-api',
      ucBase: '/uc',
      corpUcBase: '/tsoauth',
      zzkBase: '/zzk/cert/usage',
      browserBaseUrl: baseUrl,
      ly: 'csj',
      cityRegionCode: 'SH00SH',
      cityAreaCode: '310000',
      casePrefix: 'CSJ',
      source: 'CSJGW01',
      orgName: '长三角互通网关',
      opDepartCode: 'SHCSJG',
      opDepartName: '长三角互通网关',
      opUserId: 'csj-gw',
      opUsername: '长三角网关',
      foreignAuditItemCode: '312000000000',
      tokenEarlySeconds: 120,
      zzkSessionSeconds: 1800,
      connectTimeoutMs: 3000,
      timeoutMs: 10_000,
      transferTimeoutMs: 60_000,
      maxFileBytes: 20_971_520,
      callbackPath: '/sh/callback/applyFk',
      callbackSkewSeconds: 300,
      callbackNonceSeconds: 600,
    },
  }
}

/** The configuration of one simulated platform. */
export type Config = ReturnType<typeof configOf>

/** The largest JSON body (contract section 1). */
export const MAX_BODY_BYTES = 1024 * 1024
/** Life of a token in seconds (contract 3.1). */
export const TOKEN_SECONDS = 3600
