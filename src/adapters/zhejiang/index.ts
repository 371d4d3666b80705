/** Zhejiang: an API gateway with signed headers, a sharing dialect with rolling secrets, XML inside strings. */
import { regionNamed } from '../../schemas/regions.ts'
import { tablesIn } from '../kit/code-tables.ts'
import type { RegionAdapter } from '../kit/contract.ts'
import { application } from './application.ts'
import { caller } from './call.ts'
import { openCallback, TOO_LARGE } from './callback.ts'
import { caseMessage } from './case.ts'
import * as regionCodes from './codes.ts'
import { type ZhejiangConfig as Config, ZhejiangConfig } from './config.ts'
import { PASSWORD } from './handle.ts'
import { link } from './link.ts'
import { logIn } from './log-in.ts'
import { matter } from './matter.ts'
import { window } from './window.ts'

// The directory checked every configuration against `configSchema` before it came here.
const own = (config: unknown) => config as Config

export const zhejiang: RegionAdapter = {
  id: 'zhejiang',
  place: regionNamed('zhejiang'),
  honesty: 'mixed',
  configSchema: ZhejiangConfig,
  // The three messages are written for their own wire types; the registry forgets them.
  dialect: { application, matter, case: caseMessage } as unknown as RegionAdapter['dialect'],
  window,
  codes: tablesIn(regionCodes),
  connect: (config, transport, now, alarms) => link(own(config), caller(own(config), transport, now), alarms),
  logIn: (config, transport, now, alarms) => logIn(own(config), caller(own(config), transport, now), alarms),
  callbackPaths: (config) =>
    ['accept', 'handler', 'finish'].map((kind) => `${own(config).options.callbackPath}/${kind}`),
  openCallback: (request, config, now) => openCallback(request, own(config), now),
  caseList: { reach: 'city', needs: PASSWORD },
  callbackLimit: { bytes: 8 * 1024 * 1024, answer: TOO_LARGE },
  unsignedCallbackBody: true,
  marks: {
    'sharing-token': 'documented',
    'matter-list': 'documented',
    'matter-detail': 'mixed',
    'window-list': 'designed',
    'projid-get': 'mixed',
    'apply-submit': 'documented',
    'apply-correct': 'designed',
    'case-query': 'designed',
    'case-callback': 'designed',
    'material-upload': 'designed',
    'material-download': 'designed',
    'sso-login': 'documented',
    'sso-exchange': 'documented',
    'sso-userinfo': 'documented',
    'photo-query': 'designed',
    'photo-fetch': 'designed',
    'licence-query': 'designed',
    'licence-fetch': 'designed',
    'licence-verify': 'designed',
    health: 'designed',
    'case-list': 'designed',
    'case-withdraw': 'designed',
    'rating-push': 'documented',
    'case-result': 'designed',
  },
}
