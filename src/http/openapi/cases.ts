/** The description of cases. */
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
  '/api/v1/cases': {
    post: {
      operationId: 'fileCase',
      summary: '提交申请 · File an application',
      description: profileHint,
      security: needs('cases'),
      parameters: [
        header('Idempotency-Key', '每份申请一个新的键 · One new key an application', true),
        dryRun,
      ],
      requestBody: { required: true, content: content(ref('Application')) },
      responses: {
        200: ok(
          '试运行: 将送给该地区的内容 · Dry run: what the region would be sent',
          tried({
            content: { type: 'object', additionalProperties: true },
            ledger: ref('Ledger'),
            losses: { type: 'array', items: { type: 'object', additionalProperties: true } },
          }),
        ),
        201: ok('该地区已收到 · The region has it', ref('Case')),
        202: ok('已保存; 该地区尚未应答 · Stored; the region does not answer yet', ref('Case')),
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
        query('status', '状态, 用逗号隔开 · Statuses, comma-joined'),
        query('city', '六位区划代码 · Six digits'),
        query('updatedSince', 'RFC 3339 时刻 · RFC 3339', { type: 'string', format: 'date-time' }),
        ...paging,
      ],
      responses: {
        200: ok('办件列表 · Cases', listOf(ref('Case'))),
        400: problem('A parameter is wrong'),
        ...refused,
      },
    },
  },
  '/api/v1/me/cases': {
    get: {
      operationId: 'listMyCases',
      summary: '我的全部办件 · All cases of the person',
      description:
        '同时问每座城市。经本网关提交的和地区列出的合成一个列表, 新的在前, 各出现一次。0.65 秒内没有回答的城市会说明, 已知的仍在, 标为 cached。翻页 (cursor) 不再问任何城市。 · One question to every city in parallel. Cases that were filed through the gateway and those that their regions list as filed elsewhere are one list, newest change first, each once. A city that does not answer within 0.65 s is told so, and what is known of it stands, as cached. A page after the first (cursor) asks nobody again.',
      security: needs('cases'),
      parameters: [
        query(
          'cities',
          '* 全部 41 座 (默认), home, known, 或用逗号隔开的区划 · * (all 41, the default), home, known, or divisions joined by commas',
        ),
        query('status', '状态, 用逗号隔开 · Statuses, comma-joined'),
        query('city', '六位: 一座城市 · Six digits: one city'),
        ...paging,
      ],
      responses: {
        200: ok('办件, 以及每座城市的回答 · Cases, and what each city said', {
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
        path('id', '办件标识 · Case id'),
        query('include', '附上最近一百件经过 · The newest hundred events of its timeline come with it', {
          enum: ['events'],
        }),
        query(
          'asOf',
          '当时所知的办件, 由当时已收到的算出 · The case as it was known then: made of what had been received',
          {
            type: 'string',
            format: 'date-time',
          },
        ),
      ],
      responses: {
        200: ok('办件 · Case', ref('Case')),
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
        '一页; 或以 Accept: text/event-stream 得到某件之后的全部, 再等新的。流最晚随令牌结束, 带 Last-Event-ID 接着读。 · A page; or, with Accept: text/event-stream, what came after the given event and then what comes. A stream ends with its token at the latest; go on with Last-Event-ID.',
      security: needs('cases'),
      parameters: [
        path('id', '办件标识 · Case id'),
        query('after', '已知的最后一件的序号 · Sequence of the last event that is known', {
          type: 'integer',
          minimum: 0,
        }),
        query('limit', '1 到 1000, 不写为 100; 只用于分页 · 1 to 1000, 100 unless told; pages only', {
          type: 'integer',
          minimum: 1,
          maximum: 1000,
        }),
        query('cursor', '取自 nextCursor, 原样带回 · Opaque; from nextCursor'),
        header(
          'Last-Event-ID',
          '与 after 相同, 比它新: 浏览器重新连接时所说的 · As after, and newer than it: what a browser says when it comes again',
        ),
      ],
      responses: {
        200: {
          description: '一页事件, 或事件流 · A page of events, or a stream of them',
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
      description:
        '最近 1,000 件经过; earlierEvents 说明之前还有多少。 · Of the newest 1,000 events; `earlierEvents` says how many there are before them.',
      security: needs('cases'),
      parameters: [path('id', '办件标识 · Case id')],
      responses: {
        200: ok('消息, 旧的在前 · Messages, oldest first', {
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
      parameters: [path('id', '办件标识 · Case id')],
      responses: { 200: ok('账目 · Ledger', ref('Ledger')), 404: problem('No such case'), ...refused },
    },
  },
  '/api/v1/cases/{id}/result': {
    get: {
      operationId: 'readResult',
      summary: '结果文书 · Result document',
      security: needs('cases'),
      parameters: [
        path('id', '办件标识 · Case id'),
        query('document', '第几份文书, 从 0 起 · Number of the document, from 0', { type: 'integer' }),
      ],
      responses: {
        200: {
          description: '文书 · Document',
          content: { 'application/pdf': { schema: { type: 'string', format: 'binary' } } },
        },
        404: problem('No such case, or it ended without a document'),
        409: problem('Not concluded yet'),
        ...refused,
      },
    },
  },
}
