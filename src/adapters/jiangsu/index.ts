/** Jiangsu: one host for thirteen cities, a bus around a hall, texts for codes. */
import { regionNamed } from '../../schemas/regions.ts'
import { tablesIn } from '../kit/code-tables.ts'
import type { RegionAdapter } from '../kit/contract.ts'
import { application } from './application.ts'
import { caller } from './call.ts'
import { MAX_BYTES, openCallback, TOO_LARGE } from './callback.ts'
import { caseMessage } from './case.ts'
import * as regionCodes from './codes.ts'
import { type JiangsuConfig as Config, JiangsuConfig } from './config.ts'
import * as holdingCodes from './holding-codes.ts'
import { link } from './link.ts'
import { logIn } from './log-in.ts'
import { matter } from './matter.ts'
import { window } from './window.ts'

// The directory checked every configuration against `configSchema` before it came here.
const own = (config: unknown) => config as Config

export const jiangsu: RegionAdapter = {
  id: 'jiangsu',
  place: regionNamed('jiangsu'),
  honesty: 'mixed',
  configSchema: JiangsuConfig,
  // The three messages are written for their own wire types; the registry forgets them.
  dialect: { application, matter, case: caseMessage } as unknown as RegionAdapter['dialect'],
  window,
  codes: tablesIn(regionCodes, holdingCodes),
  connect: (config, transport, now, alarms) =>
    link(own(config), caller(own(config), transport, now), now, alarms),
  logIn: (config, transport, now, alarms) => logIn(own(config), caller(own(config), transport, now), alarms),
  // What the platform posts beside the configured path is answered in its own shape too.
  callbackPaths: (config) => [own(config).options.callbackPath, '/js/callback/*'],
  openCallback: (request, config, now) => openCallback(request, own(config), now),
  caseList: { reach: 'city' },
  callbackLimit: { bytes: MAX_BYTES, answer: TOO_LARGE },
  caseKeyIn: 'projectguid',
  // The bus signs timestamp and nonce alone.
  unsignedCallbackBody: true,
  marks: {
    'sso-login': 'documented',
    'sso-exchange': 'documented',
    // The person documented; of the organisation the path alone.
    'sso-userinfo': 'mixed',
    'matter-list': 'mixed',
    'matter-detail': 'designed',
    'matter-materials': 'designed',
    'matter-centers': 'designed',
    'window-list': 'designed',
    'case-init': 'mixed',
    'case-submit': 'mixed',
    'case-resubmit': 'designed',
    'case-query': 'designed',
    'case-callback': 'designed',
    'case-list': 'designed',
    'case-withdraw': 'designed',
    'case-result': 'designed',
    'rating-push': 'mixed',
    'material-upload': 'mixed',
    'material-download': 'designed',
    'photo-query': 'designed',
    'photo-fetch': 'designed',
    // Paths, frame and members are documented, for real-estate licences; the answers' codes, city and case number are ours.
    'licence-token': 'mixed',
    'licence-query': 'mixed',
    'licence-fetch': 'mixed',
    'licence-verify': 'mixed',
    health: 'designed',
  },
}
