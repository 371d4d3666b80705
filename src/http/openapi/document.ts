/** OpenAPI 3.1, made from the schemas that validate. */

import { PROBLEMS } from '../../errors.ts'
import { Me } from '../../federation/identity/me.ts'
import { Application, Correction, Withdrawal } from '../../schemas/application.ts'
import { Case, CaseEvent, CaseMessage, RegionalCase } from '../../schemas/case.ts'
import { Ledger } from '../../schemas/ledger.ts'
import { Mandate, MandateCode, MandateOffer, MandateUse } from '../../schemas/mandate.ts'
import { Matter } from '../../schemas/matter.ts'
import { CityPreflight, PreflightRequest } from '../../schemas/preflight.ts'
import { ReplayRequest, Subscription, SubscriptionRequest } from '../../schemas/subscription.ts'
import { PROFILES } from '../profile.ts'
import { Conversion } from '../routes/conversions.ts'
import { SCOPES } from '../tokens.ts'
import { AUDIT_PATHS, AUDIT_SCHEMAS } from './audit.ts'
import { boundedMap } from './bounds.ts'
import { CASE_ACT_PATHS } from './case-acts.ts'
import { CASE_PATHS } from './cases.ts'
import { CATALOGUE_PATHS } from './catalogue.ts'
import { CATALOGUE_SCHEMAS } from './catalogue-schemas.ts'
import { CONSENT_PATHS } from './consents.ts'
import { COUNTER_PATHS, COUNTER_SCHEMAS } from './counter.ts'
import { EVENT_PATHS } from './events.ts'
import { FIGURE_PATHS, FIGURE_SCHEMAS } from './figures.ts'
import { HOLDING_SCHEMAS } from './holding-schemas.ts'
import { HOLDING_PATHS } from './holdings.ts'
import { HEADERS, withManners } from './manners.ts'
import { withMeanings } from './meanings.ts'
import { PERSON_PATHS } from './persons.ts'
import { RATING_PATHS, RATING_SCHEMAS } from './ratings.ts'
import { UPLOAD_PATHS } from './uploads.ts'
import { WINDOW_PATHS, WINDOW_SCHEMAS } from './windows.ts'
import type { Document } from './words.ts'

/** The parts of the API: how each is called, what it is for, and its operations. */
const PARTS: readonly (readonly [tag: string, description: string, paths: Document['paths']])[] = [
  ['catalogue', '目录与转换 · Regions, cities, matters, schemas and conversions', CATALOGUE_PATHS],
  ['windows', '服务窗口 · Service windows', WINDOW_PATHS],
  ['figures', '公开数据 · Public figures', FIGURE_PATHS],
  ['persons', '本人与授权 · The person behind the token, and mandates', PERSON_PATHS],
  ['counter', '柜台身份码 · Electronic identity at a counter', COUNTER_PATHS],
  [
    'cases',
    '办件与评价 · Uploads, cases and their ratings',
    { ...UPLOAD_PATHS, ...CASE_PATHS, ...CASE_ACT_PATHS, ...RATING_PATHS },
  ],
  ['events', '事件与推送 · The feed and webhooks', EVENT_PATHS],
  ['holdings', '照片与证照 · Photos and licences', HOLDING_PATHS],
  ['consents', '同意 · Consents', CONSENT_PATHS],
  ['audit', '谁看了我的材料 · Who looked at what is a person’s', AUDIT_PATHS],
]

const PATHS: Document['paths'] = Object.assign({}, ...PARTS.map(([tag, , paths]) => withManners(paths, tag)))

const SCOPE_WORDS = Object.fromEntries(SCOPES.map((scope) => [scope, scope]))

/** The whole document. */
export function openApi(publicUrl: string): Document {
  return {
    openapi: '3.1.0',
    info: {
      title: '长三角政务服务互通网关 · Delta gateway',
      version: '1.0.0',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      contact: { name: 'Delta gateway', url: `${publicUrl}/docs` },
      description: `Known profiles: ${PROFILES.join(', ')}.`,
    },
    servers: [
      {
        url: publicUrl,
        description: 'The gateway that sent this document, in production or in a sandbox',
        'x-internal': false,
      },
    ],
    security: [],
    tags: PARTS.map(([name, description]) => ({ name, description })),
    paths: PATHS,
    components: {
      securitySchemes: {
        oauth2: {
          type: 'oauth2',
          description:
            'Access tokens are JWTs (RFC 9068) that live ten minutes, and are checked as RFC8725 advises. A client shows who it is by private_key_jwt (RFC 7523).',
          flows: {
            clientCredentials: {
              tokenUrl: `${publicUrl}/oidc/token`,
              scopes: SCOPE_WORDS,
            },
            authorizationCode: {
              authorizationUrl: `${publicUrl}/oidc/auth`,
              tokenUrl: `${publicUrl}/oidc/token`,
              refreshUrl: `${publicUrl}/oidc/token`,
              scopes: SCOPE_WORDS,
            },
          },
        },
      },
      headers: HEADERS,
      schemas: withMeanings(
        boundedMap({
          Application,
          Correction,
          Withdrawal,
          PreflightRequest,
          CityPreflight,
          Matter,
          Me,
          Case,
          CaseEvent,
          CaseMessage,
          RegionalCase,
          Subscription,
          SubscriptionRequest,
          ReplayRequest,
          Ledger,
          Conversion,
          ...CATALOGUE_SCHEMAS,
          ...WINDOW_SCHEMAS,
          ...FIGURE_SCHEMAS,
          ...RATING_SCHEMAS,
          ...COUNTER_SCHEMAS,
          ...HOLDING_SCHEMAS,
          ...AUDIT_SCHEMAS,
          Mandate,
          MandateCode,
          MandateOffer,
          MandateUse,
          Problem: {
            type: 'object',
            required: ['type', 'title', 'status', 'code', 'instance'],
            properties: {
              type: { type: 'string' },
              title: { type: 'string' },
              status: { type: 'integer' },
              code: { type: 'string', enum: Object.keys(PROBLEMS) },
              detail: { type: 'string' },
              instance: { type: 'string', description: 'The number of the request' },
              retry: { type: 'boolean', description: 'Whether the same request may do later' },
              facts: { type: 'object', additionalProperties: true },
              errors: {
                type: 'array',
                items: {
                  type: 'object',
                  required: ['pointer', 'code', 'detail'],
                  properties: {
                    pointer: { type: 'string' },
                    code: { type: 'string' },
                    detail: {
                      type: 'object',
                      required: ['zh', 'en'],
                      properties: { zh: { type: 'string' }, en: { type: 'string' } },
                    },
                  },
                },
              },
            },
          },
        }),
      ),
    },
  } as Document
}
