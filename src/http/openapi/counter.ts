/** The description of electronic identity for the counter. */
import { PURPOSES } from '../../federation/identity/purposes.ts'
import { CodeRequest, Verification } from '../routes/counter.ts'
import {
  content,
  type Document,
  dryRun,
  listOf,
  needs,
  ok,
  paging,
  path,
  problem,
  ref,
  refused,
  tried,
} from './words.ts'

const purpose = { type: 'string', enum: [...PURPOSES] }
const instant = { type: 'string', format: 'date-time' }
const text = { type: 'string' }

/** What is sent and answered. */
export const COUNTER_SCHEMAS = {
  CodeRequest,
  Verification,
  Code: {
    type: 'object',
    required: ['id', 'purpose', 'state', 'from', 'until'],
    properties: {
      id: text,
      purpose,
      state: { type: 'string', enum: ['open', 'used', 'calledBack', 'ended'] },
      from: instant,
      until: instant,
      code: {
        type: 'string',
        description:
          'While open: the content of the QR code, a JWS (ES256, typ delta-identity+jwt) to be checked offline with /oidc/jwks',
      },
      typedCode: { type: 'string', description: 'While open: ten digits for a counter without a camera' },
    },
  },
  Verified: {
    type: 'object',
    description:
      'hotel: name, idDocument, validity, photoMatch. window: name, idDocument, loa, region. Nothing else.',
    required: ['purpose', 'name', 'idDocument'],
    properties: {
      purpose,
      name: text,
      idDocument: {
        type: 'object',
        required: ['type', 'number'],
        properties: { type: text, number: text },
      },
      validity: {
        type: 'object',
        description: 'Of the code; the gateway does not know how long the document is valid',
        properties: { from: instant, until: instant },
      },
      photoMatch: {
        const: 'by-a-person',
        description: 'The clerk compares the face with the picture; no machine has',
      },
      loa: { type: 'integer', minimum: 1, maximum: 4 },
      region: text,
    },
  },
  Scan: {
    type: 'object',
    required: ['at', 'client', 'purpose', 'outcome', 'fields', 'codeId'],
    properties: {
      at: instant,
      client: { type: 'object', properties: { id: text, name: text } },
      purpose,
      outcome: {
        type: 'string',
        enum: ['granted', 'used', 'calledBack', 'ended', 'otherPurpose', 'notAllowed', 'limited'],
      },
      fields: { type: 'array', items: text },
      codeId: text,
    },
  },
}

const whose = { 404: problem('No such code of this person'), ...refused }

export const COUNTER_PATHS: Document['paths'] = {
  '/api/v1/me/codes': {
    post: {
      operationId: 'makeCode',
      summary: '生成身份码 · Make a code for a counter',
      description:
        '给登录的本人 (实名等级 3 以上), 一种用途, 60 秒。先前的码随即收回。 · For the person who logged in (loa 3 or more), for one purpose and 60 seconds. The code before is called back.',
      security: needs('persons'),
      parameters: [dryRun],
      requestBody: { required: true, content: content(ref('CodeRequest')) },
      responses: {
        200: ok('试运行 · Dry run', tried({ purpose })),
        201: ok('已生成 · Made', ref('Code')),
        422: problem('The content does not fit'),
        ...refused,
      },
    },
  },
  '/api/v1/me/codes/{id}': {
    get: {
      operationId: 'readCode',
      summary: '一个身份码的状态 · How a code is now',
      security: needs('persons'),
      parameters: [path('id', '身份码标识 · Code id')],
      responses: { 200: ok('身份码或取件码 · Code', ref('Code')), ...whose },
    },
    delete: {
      operationId: 'callCodeBack',
      summary: '收回身份码 · Call a code back',
      description:
        '立即生效, 各个进程都是。已用过或过期的保持原样。 · At once, in every process. A code that is used or over stays what it is.',
      security: needs('persons'),
      parameters: [path('id', '身份码标识 · Code id')],
      responses: { 200: ok('身份码或取件码 · Code', ref('Code')), ...whose },
    },
  },
  '/api/v1/me/scans': {
    get: {
      operationId: 'listScans',
      summary: '谁扫过我的码 · Who scanned my codes',
      security: needs('persons'),
      parameters: paging,
      responses: {
        200: ok('扫码记录 · Scans', listOf(ref('Scan'))),
        400: problem('A parameter is wrong'),
        ...refused,
      },
    },
  },
  '/api/v1/persons/verify': {
    post: {
      operationId: 'verifyPerson',
      summary: '核验身份码 · Scan a person’s code',
      description:
        '二维码的内容或十位数字, 只能用一次; 接入方须登记了该用途。每次扫码本人都看得到。没有试运行, 也不重复回答: 断线后请本人出示新码。 · The token of the QR code or the ten digits; single use. For a client that is registered for the purpose. Every scan is shown to the person. Has no dry run and repeats no answer: after a lost answer the person shows a new code.',
      security: needs('persons:verify'),
      requestBody: { required: true, content: content(ref('Verification')) },
      responses: {
        200: ok('该用途允许看的 · What the purpose allows', ref('Verified')),
        400: problem('A parameter is wrong'),
        404: problem('IDENTITY_CODE_UNKNOWN: no such digits are open'),
        409: problem('IDENTITY_CODE_USED, IDENTITY_CODE_PURPOSE'),
        410: problem('IDENTITY_CODE_ENDED, IDENTITY_CODE_CALLED_BACK'),
        422: problem('IDENTITY_CODE_INVALID: not signed by this gateway; BODY_INVALID'),
        ...refused,
      },
    },
  },
}
