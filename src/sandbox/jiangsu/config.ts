import type { World } from '../simulated.ts'
import { CITIES } from './cities.ts'

/** Where the gateway takes callbacks, below its own base (contract section 2). */
const CALLBACK_PATH = '/js/callback/project'

/** The object of contract section 2, with the address of this world. All keys are fake. */
export function configOf({ baseUrl }: World) {
  return {
    baseUrl,
    credentials: {
      paasid: 'fake_csj_gateway',
      tifToken: 'FAKE_TIF_TOKEN_JS_OUT_0001',
      moduleToken: 'FAKE_MODULE_TOKEN_JS_OUT_0001',
      jis: { appmark: 'fakecsjgw', appword: 'FAKEAPPWORD12345' },
      licence: {
        yymc: 'FAKE_CSJ_GATEWAY',
        sm2PrivateKey: 'c3d7cb59867dfcc1180823a0097767ff92d87e95c7ea48eb06073fbf04391d7c',
        sm2PublicKey:
          '04e2eefd7cac24ae26a8e55314f6c9e2f2d93f5b4e3ef77957c7c4e8b5c0d1a0b33cd52173b4cbddc379e45c02ca6cdaedf582a7ccf23587140e612eb3da3e3082',
      },
      callback: {
        paasid: 'fake_js_platform',
        tifToken: 'FAKE_TIF_TOKEN_JS_BACK_0001',
        moduleToken: 'FAKE_MODULE_TOKEN_JS_BACK_0001',
      },
    },
    options: {
      loginBaseUrl: baseUrl,
      loginPath: '/jsjis/front/login.do',
      busCodes: {
        task: 'fakesxk',
        project: 'fakebjk',
        attach: 'fakefjk',
        center: 'fakeckk',
        identity: 'fakesfrz',
        photo: 'fakezpk',
        licence: 'fakedzzz',
        rating: 'fakehcp',
        health: 'fakejk',
      },
      clockSkewSeconds: 180,
      timeoutMs: 10_000,
      fileTimeoutMs: 60_000,
      maxFileBytes: 10_485_760,
      licenceTokenUserId: '1234567812345678',
      callbackPath: CALLBACK_PATH,
      areaCodes: CITIES.map(({ division }) => division),
    },
  }
}

/** The configuration of one simulated platform. */
export type Config = ReturnType<typeof configOf>

/** The largest HTTP body (contract section 1). */
export const MAX_BODY_BYTES = 12 * 1024 * 1024
/** How long a nonce is remembered (contract 3.1). */
export const NONCE_SECONDS = 360
