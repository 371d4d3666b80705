/** OpenAPI 3.1, made from the schemas that validate. */
import { PROBLEMS } from '../errors.ts'
import { Me } from '../federation/identity/me.ts'
import { Application, Correction, Withdrawal } from '../schemas/application.ts'
import { Case, CaseEvent, RegionalCase } from '../schemas/case.ts'
import { REGION_IDS } from '../schemas/common.ts'
import { Ledger } from '../schemas/ledger.ts'
import { Mandate, MandateCode, MandateOffer, MandateUse } from '../schemas/mandate.ts'
import { Matter } from '../schemas/matter.ts'
import { COUNTER_PATHS, COUNTER_SCHEMAS } from './openapi-counter.ts'
import {
  content,
  type Document,
  dryRun,
  header,
  listOf,
  needs,
  ok,
  paging,
  path,
  problem,
  profileHint,
  query,
  ref,
  refused,
} from './openapi-words.ts'
import { PROFILES } from './profile.ts'
import { Conversion } from './routes/conversions.ts'
import { SCOPES } from './tokens.ts'

const PATHS: Document['paths'] = {
  '/api/v1/regions': {
    get: {
      operationId: 'listRegions',
      summary: '四个地区及其状态 · The four regions, and how they are',
      responses: { 200: ok('Regions', listOf({ type: 'object' })), 429: problem('Too many requests') },
    },
  },
  '/api/v1/cities': {
    get: {
      operationId: 'listCities',
      summary: '四十一座城市 · The 41 cities',
      responses: { 200: ok('Cities', listOf({ type: 'object' })), 429: problem('Too many requests') },
    },
  },
  '/api/v1/cities/{division}': {
    get: {
      operationId: 'readCity',
      summary: '一座城市 · One city',
      parameters: [path('division', 'Six digits, GB/T 2260')],
      responses: { 200: ok('City', { type: 'object' }), 404: problem('No such city') },
    },
  },
  '/api/v1/matters': {
    get: {
      operationId: 'listMatters',
      summary: '查找事项 · Search the catalogue',
      parameters: [
        query('q', 'Part of the name'),
        query('region', 'One region', { type: 'string', enum: [...REGION_IDS] }),
        query('city', 'Six digits'),
        query('subject', 'person, organisation …'),
        query('domain', 'Domain'),
        query('mode', 'online, onBehalf, joint'),
        query('kind', 'matter or service'),
        query('fileable', 'true or false'),
        ...paging,
      ],
      responses: { 200: ok('Matters', listOf(ref('Matter'))), 400: problem('A parameter is wrong') },
    },
  },
  '/api/v1/matters/{id}': {
    get: {
      operationId: 'readMatter',
      summary: '一个事项 · One matter',
      description: profileHint,
      parameters: [
        path('id', 'Matter id'),
        query('asOf', 'The version in force then', { type: 'string', format: 'date-time' }),
      ],
      responses: {
        200: ok('Matter', ref('Matter')),
        404: problem('No such matter'),
        406: problem('Unknown profile'),
      },
    },
  },
  '/api/v1/matters/{id}/differences': {
    get: {
      operationId: 'readDifferences',
      summary: '各地区的不同 · What differs between regions',
      parameters: [path('id', 'Matter id'), query('between', 'Regions, comma-joined')],
      responses: { 200: ok('Differences', { type: 'object' }), 404: problem('No such matter') },
    },
  },
  '/api/v1/schemas': {
    get: {
      operationId: 'listSchemas',
      summary: '校验所用的 JSON Schema · The schemas that validate',
      responses: { 200: ok('Schemas', listOf({ type: 'object' })), 429: problem('Too many requests') },
    },
  },
  '/api/v1/schemas/{region}/{message}': {
    get: {
      operationId: 'readSchema',
      summary: '一个 JSON Schema · One schema',
      parameters: [path('region', 'Region or canonical'), path('message', 'matter, application, case')],
      responses: {
        200: { description: 'Schema', content: content({ type: 'object' }, 'application/schema+json') },
        404: problem('No such schema'),
      },
    },
  },
  '/api/v1/regions/{region}/mapping/{message}': {
    get: {
      operationId: 'readMapping',
      summary: '字段对应表 · How each field is converted',
      parameters: [path('region', 'Region'), path('message', 'matter, application, case')],
      responses: { 200: ok('Mapping', { type: 'object' }), 404: problem('No such mapping') },
    },
  },
  '/api/v1/conversions': {
    post: {
      operationId: 'convert',
      summary: '转换并给出账目 · Convert, with the ledger',
      security: needs('convert'),
      requestBody: { required: true, content: content(ref('Conversion')) },
      responses: {
        200: ok('Converted', {
          type: 'object',
          required: ['content', 'ledger', 'losses'],
          properties: {
            content: { type: 'object' },
            ledger: ref('Ledger'),
            losses: { type: 'array', items: { type: 'object' } },
            refusals: {
              type: 'array',
              description:
                'What the matter’s own region would refuse if this application were filed as it is',
              items: { type: 'object' },
            },
          },
        }),
        409: problem('No equivalent matter'),
        422: problem('The content does not fit, or something is missing'),
        ...refused,
      },
    },
  },
  '/api/v1/me': {
    get: {
      operationId: 'readMe',
      summary: '令牌背后的人 · The person behind the token',
      description: 'Needs a token of a person: from a log-in, or from a token exchange.',
      security: needs('persons'),
      responses: { 200: ok('The person', ref('Me')), ...refused },
    },
  },
  ...COUNTER_PATHS,
  '/api/v1/uploads': {
    post: {
      operationId: 'upload',
      summary: '上传一个文件 · Upload one file',
      security: needs('cases'),
      requestBody: {
        required: true,
        content: {
          'multipart/form-data': {
            schema: {
              type: 'object',
              required: ['file'],
              properties: { file: { type: 'string', format: 'binary' } },
            },
          },
        },
      },
      responses: {
        201: ok('Stored', {
          type: 'object',
          required: ['uploadId', 'sha256', 'size', 'contentType'],
          properties: {
            uploadId: { type: 'string' },
            sha256: { type: 'string' },
            size: { type: 'integer' },
            contentType: { type: 'string' },
          },
        }),
        413: problem('Too large'),
        415: problem('Type not supported'),
        422: problem('No single file'),
        ...refused,
      },
    },
  },
  '/api/v1/cases': {
    post: {
      operationId: 'fileCase',
      summary: '提交申请 · File an application',
      description: profileHint,
      security: needs('cases'),
      parameters: [header('Idempotency-Key', 'One new key an application', true), dryRun],
      requestBody: { required: true, content: content(ref('Application')) },
      responses: {
        200: ok('Dry run', { type: 'object' }),
        201: ok('The region has it', ref('Case')),
        202: ok('Stored; the region does not answer yet', ref('Case')),
        400: problem('Unreadable'),
        404: problem('No such matter'),
        409: problem('The matter cannot be filed so'),
        413: problem('Too large'),
        415: problem('Unknown type or profile'),
        422: problem('The content does not fit'),
        ...refused,
      },
    },
    get: {
      operationId: 'listCases',
      summary: '自己的办件 · Own cases',
      security: needs('cases'),
      parameters: [
        query('status', 'Statuses, comma-joined'),
        query('city', 'Six digits'),
        query('updatedSince', 'RFC 3339', { type: 'string', format: 'date-time' }),
        ...paging,
      ],
      responses: { 200: ok('Cases', listOf(ref('Case'))), 400: problem('A parameter is wrong'), ...refused },
    },
  },
  '/api/v1/cases/{id}': {
    get: {
      operationId: 'readCase',
      summary: '一个办件 · One case',
      description: profileHint,
      security: needs('cases'),
      parameters: [path('id', 'Case id')],
      responses: {
        200: ok('Case', ref('Case')),
        404: problem('No such case'),
        406: problem('Unknown profile'),
        ...refused,
      },
    },
  },
  '/api/v1/cases/{id}/events': {
    get: {
      operationId: 'readEvents',
      summary: '办件经过 · Timeline',
      security: needs('cases'),
      parameters: [path('id', 'Case id'), query('after', 'Sequence number', { type: 'integer' })],
      responses: { 200: ok('Events', listOf(ref('CaseEvent'))), 404: problem('No such case'), ...refused },
    },
  },
  '/api/v1/cases/{id}/ledger': {
    get: {
      operationId: 'readLedger',
      summary: '转换账目 · Ledger',
      security: needs('cases'),
      parameters: [path('id', 'Case id')],
      responses: { 200: ok('Ledger', ref('Ledger')), 404: problem('No such case'), ...refused },
    },
  },
  '/api/v1/cases/{id}/result': {
    get: {
      operationId: 'readResult',
      summary: '结果文书 · Result document',
      security: needs('cases'),
      parameters: [
        path('id', 'Case id'),
        query('document', 'Number of the document, from 0', { type: 'integer' }),
      ],
      responses: {
        200: {
          description: 'Document',
          content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
        },
        404: problem('No such case, or it ended without a document'),
        409: problem('Not concluded yet'),
        ...refused,
      },
    },
  },
  '/api/v1/cases/{id}/correction': {
    post: {
      operationId: 'correctCase',
      summary: '补正 · Answer a correction request',
      security: needs('cases'),
      parameters: [
        path('id', 'Case id'),
        header('If-Match', 'ETag of the case', true),
        header('Idempotency-Key', 'Optional'),
        dryRun,
      ],
      requestBody: { required: true, content: content(ref('Correction')) },
      responses: {
        200: ok('Taken', ref('Case')),
        202: ok('Stored; the region does not answer yet', ref('Case')),
        409: problem('Not in correction'),
        412: problem('Changed since'),
        422: problem('Does not fit'),
        428: problem('If-Match is missing'),
        ...refused,
      },
    },
  },
  '/api/v1/cases/{id}/withdrawal': {
    post: {
      operationId: 'withdrawCase',
      summary: '撤回 · Withdraw',
      security: needs('cases'),
      parameters: [
        path('id', 'Case id'),
        header('If-Match', 'ETag of the case', true),
        header('Idempotency-Key', 'Optional'),
        dryRun,
      ],
      requestBody: {
        required: true,
        content: content(ref('Withdrawal')),
      },
      responses: {
        200: ok('Withdrawn', ref('Case')),
        202: ok('Stored; the region does not answer yet', ref('Case')),
        409: problem('Too late'),
        412: problem('Changed since'),
        428: problem('If-Match is missing'),
        ...refused,
      },
    },
  },
  '/api/v1/me/mandates': {
    get: {
      operationId: 'listMandates',
      summary: '给出和受托的授权 · Mandates given and received',
      security: needs('persons'),
      parameters: [
        query('role', 'giver or receiver; both when absent', {
          type: 'string',
          enum: ['giver', 'receiver'],
        }),
        ...paging,
      ],
      responses: {
        200: ok('Mandates', listOf(ref('Mandate'))),
        400: problem('A parameter is wrong'),
        ...refused,
      },
    },
    post: {
      operationId: 'offerMandate',
      summary: '发起授权 · Offer a mandate',
      security: needs('persons'),
      parameters: [header('Idempotency-Key', 'Optional'), dryRun],
      requestBody: { required: true, content: content(ref('MandateOffer')) },
      responses: {
        200: ok('Dry run', { type: 'object' }),
        201: ok('Offered; the code is told once', {
          type: 'object',
          required: ['mandate', 'code', 'link', 'expiresAt'],
          properties: {
            mandate: ref('Mandate'),
            code: { type: 'string' },
            link: { type: 'string', format: 'uri' },
            expiresAt: { type: 'string', format: 'date-time' },
          },
        }),
        409: problem('Too many mandates that are not over'),
        422: problem('The offer does not fit'),
        ...refused,
      },
    },
  },
  '/api/v1/me/mandates/accept': {
    post: {
      operationId: 'acceptMandate',
      summary: '接受授权 · Accept a mandate',
      description: 'With dryRun=true it shows what the code stands for, and the code can still be used.',
      security: needs('persons'),
      parameters: [header('Idempotency-Key', 'Optional'), dryRun],
      requestBody: { required: true, content: content(ref('MandateCode')) },
      responses: {
        200: ok('Accepted', ref('Mandate')),
        409: problem('Your own'),
        422: problem('The code is wrong, used, over or for somebody else'),
        ...refused,
      },
    },
  },
  '/api/v1/me/mandates/{id}': {
    delete: {
      operationId: 'deleteMandate',
      summary: '收回授权 · Revoke a mandate',
      security: needs('persons'),
      parameters: [path('id', 'Mandate id'), header('Idempotency-Key', 'Optional'), dryRun],
      responses: { 200: ok('Revoked', ref('Mandate')), 404: problem('No such mandate of yours'), ...refused },
    },
  },
  '/api/v1/me/mandates/{id}/revoke': {
    post: {
      operationId: 'revokeMandate',
      summary: '收回授权 · Revoke a mandate',
      security: needs('persons'),
      parameters: [path('id', 'Mandate id'), header('Idempotency-Key', 'Optional'), dryRun],
      responses: { 200: ok('Revoked', ref('Mandate')), 404: problem('No such mandate of yours'), ...refused },
    },
  },
  '/api/v1/me/mandates/{id}/decline': {
    post: {
      operationId: 'declineMandate',
      summary: '谢绝或放弃授权 · Decline an offer, or lay down what was accepted',
      description: 'An offer is declined with its code; what was accepted is laid down without a body.',
      security: needs('persons'),
      parameters: [path('id', 'Mandate id'), header('Idempotency-Key', 'Optional'), dryRun],
      requestBody: { required: false, content: content(ref('MandateCode')) },
      responses: {
        200: ok('Declined', ref('Mandate')),
        404: problem('No such mandate of yours'),
        422: problem('The code is wrong, used, over or for somebody else'),
        ...refused,
      },
    },
  },
  '/api/v1/me/mandates/{id}/uses': {
    get: {
      operationId: 'listMandateUses',
      summary: '授权的使用记录 · What was done on a mandate',
      security: needs('persons'),
      parameters: [path('id', 'Mandate id'), ...paging],
      responses: {
        200: ok('Uses', listOf(ref('MandateUse'))),
        404: problem('No such mandate of yours'),
        ...refused,
      },
    },
  },
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
        Matter,
        Me,
        Case,
        CaseEvent,
        RegionalCase,
        Ledger,
        Conversion,
        ...COUNTER_SCHEMAS,
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
