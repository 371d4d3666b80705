/** Anhui: a signing front, XML in form fields, numbers and passwords that are given before the application exists. */
import { regionNamed } from '../../schemas/regions.ts'
import { tablesIn } from '../kit/code-tables.ts'
import type { RegionAdapter } from '../kit/contract.ts'
import { application } from './application.ts'
import { caller } from './call.ts'
import { callbackPath, openCallback, TOO_LARGE } from './callback.ts'
import { caseMessage } from './case.ts'
import * as regionCodes from './codes.ts'
import { AnhuiConfig, type AnhuiConfig as Config } from './config.ts'
import { PASSWORD } from './filing.ts'
import * as holdingCodes from './holding-codes.ts'
import { link } from './link.ts'
import { logIn } from './log-in.ts'
import { matter } from './matter.ts'
import { window } from './window.ts'

// The directory checked every configuration against `configSchema` before it came here.
const own = (config: unknown) => config as Config

export const anhui: RegionAdapter = {
  id: 'anhui',
  place: regionNamed('anhui'),
  honesty: 'mixed',
  configSchema: AnhuiConfig,
  caseKeyIn: 'unid',
  // The three messages are written for their own wire types; the registry forgets them.
  dialect: { application, matter, case: caseMessage } as unknown as RegionAdapter['dialect'],
  window,
  codes: tablesIn(regionCodes, holdingCodes),
  connect: (config, transport, now, alarms) =>
    link(own(config), caller(own(config), transport, now), now, alarms),
  logIn: (config, transport, now, alarms) =>
    logIn(own(config), caller(own(config), transport, now), transport, alarms),
  callbackPaths: (config) => [callbackPath(own(config))],
  openCallback: (request, config, now) => openCallback(request, own(config), now),
  caseList: { reach: 'city', needs: PASSWORD },
  callbackLimit: { bytes: 24 * 1024 * 1024, answer: TOO_LARGE },
  marks: {
    'matter-list': 'designed',
    'matter-detail': 'designed',
    'material-list': 'mixed',
    'window-list': 'designed',
    'take-number': 'mixed',
    'apply-submit': 'documented',
    'case-query': 'designed',
    'case-callback': 'mixed',
    'material-upload': 'designed',
    'material-download': 'mixed',
    'sso-login': 'documented',
    'sso-exchange': 'designed',
    'sso-userinfo': 'mixed',
    'sso-legalinfo': 'designed',
    'sso-apptoken': 'designed',
    'unauth-token': 'documented',
    'rating-push': 'mixed',
    'photo-query': 'designed',
    'photo-fetch': 'designed',
    'licence-summary': 'documented',
    'licence-query': 'mixed',
    'licence-fetch': 'mixed',
    'licence-verify': 'designed',
    health: 'designed',
    'case-list': 'designed',
    'case-withdraw': 'mixed',
    'result-download': 'designed',
  },
}
