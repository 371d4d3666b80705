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
import { CASE_PATHS } from './cases.ts'
import { CATALOGUE_PATHS } from './catalogue.ts'
import { CONSENT_PATHS } from './consents.ts'
import { COUNTER_PATHS, COUNTER_SCHEMAS } from './counter.ts'
import { EVENT_PATHS } from './events.ts'
import { FIGURE_PATHS, FIGURE_SCHEMAS } from './figures.ts'
import { HOLDING_PATHS, HOLDING_SCHEMAS } from './holdings.ts'
import { PERSON_PATHS } from './persons.ts'
import { RATING_PATHS, RATING_SCHEMAS } from './ratings.ts'
import { WINDOW_PATHS, WINDOW_SCHEMAS } from './windows.ts'
import type { Document } from './words.ts'

const PATHS: Document['paths'] = {
  ...CATALOGUE_PATHS,
  ...WINDOW_PATHS,
  ...FIGURE_PATHS,
  ...PERSON_PATHS,
  ...COUNTER_PATHS,
  ...CASE_PATHS,
  ...RATING_PATHS,
  ...EVENT_PATHS,
  ...HOLDING_PATHS,
  ...CONSENT_PATHS,
  ...AUDIT_PATHS,
}

const SCOPE_WORDS = Object.fromEntries(SCOPES.map((scope) => [scope, scope]))

/** The whole document. */
export function openApi(publicUrl: string): Document {
  return {
    openapi: '3.1.0',
    info: {
      title: '长三角政务服务互通网关 · Delta gateway',
      version: '1.0.0',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description: `Known profiles: ${PROFILES.join(', ')}.`,
    },
    servers: [{ url: publicUrl }],
    security: [],
    paths: PATHS,
    components: {
      securitySchemes: {
        oauth2: {
          type: 'oauth2',
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
      schemas: {
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
            instance: { type: 'string' },
            errors: {
              type: 'array',
              items: {
                type: 'object',
                properties: {
                  pointer: { type: 'string' },
                  code: { type: 'string' },
                  detail: { type: 'object' },
                },
              },
            },
          },
        },
      },
    },
  } as Document
}
