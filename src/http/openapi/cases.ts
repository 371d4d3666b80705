/** The description of uploads and cases. */
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
  tried,
} from './words.ts'

export const CASE_PATHS: Document['paths'] = {
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
        200: ok(
          'Dry run: what the region would be sent',
          tried({
            content: { type: 'object', additionalProperties: true },
            ledger: ref('Ledger'),
            losses: { type: 'array', items: { type: 'object', additionalProperties: true } },
          }),
        ),
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
  '/api/v1/me/cases': {
    get: {
      operationId: 'listMyCases',
      summary: '我的全部办件 · All cases of the person',
      description:
        'One question to every city in parallel. Cases that were filed through the gateway and those that their regions list as filed elsewhere are one list, newest change first, each once. A city that does not answer within 0.65 s is told so, and what is known of it stands, as cached. A page after the first (cursor) asks nobody again.',
      security: needs('cases'),
      parameters: [
        query('cities', '* (all 41, the default), home, known, or divisions joined by commas'),
        query('status', 'Statuses, comma-joined'),
        query('city', 'Six digits: one city'),
        ...paging,
      ],
      responses: {
        200: ok('Cases, and what each city said', {
          type: 'object',
          required: ['items', 'nextCursor', 'completeness'],
          properties: {
            items: { type: 'array', items: ref('Case') },
            nextCursor: { type: ['string', 'null'] },
            completeness: ref('Completeness'),
          },
        }),
        404: problem('No such city'),
        400: problem('A parameter is wrong'),
        ...refused,
      },
    },
  },
  '/api/v1/cases/{id}': {
    get: {
      operationId: 'readCase',
      summary: '一个办件 · One case',
      description: profileHint,
      security: needs('cases'),
      parameters: [
        path('id', 'Case id'),
        query('include', 'The newest hundred events of its timeline come with it', { enum: ['events'] }),
        query('asOf', 'The case as it was known then: made of what had been received', {
          type: 'string',
          format: 'date-time',
        }),
      ],
      responses: {
        200: ok('Case', ref('Case')),
        400: problem('A moment before the case'),
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
      description:
        'A page; or, with Accept: text/event-stream, what came after the given event and then what comes. A stream ends with its token at the latest; go on with Last-Event-ID.',
      security: needs('cases'),
      parameters: [
        path('id', 'Case id'),
        query('after', 'Sequence of the last event that is known', { type: 'integer', minimum: 0 }),
        query('limit', '1 to 1000, 100 unless told; pages only', {
          type: 'integer',
          minimum: 1,
          maximum: 1000,
        }),
        query('cursor', 'Opaque; from nextCursor'),
        header('Last-Event-ID', 'As after, and newer than it: what a browser says when it comes again'),
      ],
      responses: {
        200: {
          description: 'A page of events, or a stream of them',
          content: {
            ...content(listOf(ref('CaseEvent'))),
            ...content(
              {
                type: 'string',
                description:
                  'Blocks of id (the sequence), event (status, note, dispatch or reminder) and data (a CaseEvent as JSON); comments are signs of life',
              },
              'text/event-stream',
            ),
          },
        },
        400: problem('A parameter is wrong, or the case has not reached that sequence'),
        404: problem('No such case'),
        503: problem('No more streams fit'),
        ...refused,
      },
    },
  },
  '/api/v1/cases/{id}/messages': {
    get: {
      operationId: 'readMessages',
      summary: '办件消息 · What happened, each thing once and in order',
      description: 'Of the newest 1,000 events; `earlierEvents` says how many there are before them.',
      security: needs('cases'),
      parameters: [path('id', 'Case id')],
      responses: {
        200: ok('Messages, oldest first', {
          ...listOf(ref('CaseMessage')),
          required: ['items', 'nextCursor', 'earlierEvents'],
          properties: {
            ...listOf(ref('CaseMessage')).properties,
            earlierEvents: { type: 'integer', minimum: 0 },
          },
        }),
        404: problem('No such case'),
        ...refused,
      },
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
}
