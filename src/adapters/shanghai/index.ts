/** Shanghai: one city, a token in the body, Chinese words for codes. */
import { regionNamed } from '../../schemas/regions.ts'
import { tablesIn } from '../kit/code-tables.ts'
import type { RegionAdapter } from '../kit/contract.ts'
import { application } from './application.ts'
import { openCallback, TOO_LARGE } from './callback.ts'
import { caseMessage } from './case.ts'
import * as regionCodes from './codes.ts'
import { type ShanghaiConfig as Config, ShanghaiConfig } from './config.ts'
import { link } from './link.ts'
import { logIn } from './log-in.ts'
import { matter } from './matter.ts'
import { window } from './window.ts'

// The directory checked every configuration against `configSchema` before it came here.
const own = (config: unknown) => config as Config

export const shanghai: RegionAdapter = {
  id: 'shanghai',
  place: regionNamed('shanghai'),
  honesty: 'mixed',
  configSchema: ShanghaiConfig,
  // The three messages are written for their own wire types; the registry forgets them.
  dialect: { application, matter, case: caseMessage } as unknown as RegionAdapter['dialect'],
  window,
  codes: tablesIn(regionCodes),
  connect: (config, transport, now, alarms) => link(own(config), transport, now, alarms),
  logIn: (config, transport, _now, alarms) => logIn(own(config), transport, alarms),
  callbackPaths: (config) => [own(config).options.callbackPath],
  openCallback: (request, config, now) => openCallback(request, own(config), now),
  caseList: { reach: 'region' },
  callbackLimit: { bytes: 8 * 1024 * 1024, answer: TOO_LARGE },
  marks: {
    token: 'documented',
    'sso-login': 'documented',
    'sso-userinfo': 'documented',
    'matter-list': 'designed',
    'matter-detail': 'mixed',
    'matter-materials': 'mixed',
    'matter-areas': 'mixed',
    'window-list': 'designed',
    'apply-no': 'mixed',
    'apply-save': 'documented',
    'apply-submit': 'mixed',
    'apply-correct': 'mixed',
    'case-query': 'mixed',
    'case-process': 'mixed',
    'case-list': 'mixed',
    callback: 'mixed',
    'material-upload': 'documented',
    'material-download': 'mixed',
    'material-delete': 'mixed',
    'document-download': 'designed',
    withdraw: 'designed',
    'rating-push': 'designed',
    'licence-login': 'documented',
    'licence-query': 'documented',
    'licence-derive': 'documented',
    'licence-fetch': 'documented',
    'licence-verify': 'mixed',
    'photo-query': 'designed',
    'photo-fetch': 'designed',
    health: 'designed',
  },
}
