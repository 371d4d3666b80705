/** The description of the feed and of webhook subscriptions. */
import { EVENT_TYPES } from '../../schemas/case.ts'
import { content, type Document, listOf, needs, ok, path, problem, query, ref, refused } from './words.ts'

const id = [path('id', '订阅标识 · Subscription id')]
const none = { 404: problem('No such subscription') }
const types = `事件种类, 用逗号隔开 · Types of events, comma-joined: ${EVENT_TYPES.join(', ')}`

export const EVENT_PATHS: Document['paths'] = {
  '/api/v1/events': {
    get: {
      operationId: 'readFeed',
      summary: '办件事件流 · Every event of the cases that the client filed, in commit order',
      description:
        '从给过该接入方的任何游标都能接着读。nextCursor 总在; 与带来的相同时表示到头。只要某些种类时, 中间的一页可能是空的。 · Resumable for ever from any cursor that this client was given. `nextCursor` is always there; the end is reached when it is the one that was sent. Narrowed to types, a page may be empty before the end.',
      security: needs('events'),
      parameters: [
        query(
          'after',
          '取自 nextCursor; 不写从第一件起 · Opaque; from nextCursor. From the first event when left out',
        ),
        query('types', types),
        query('limit', '1 到 1000, 不写为 100 · 1 to 1000, 100 unless told', {
          type: 'integer',
          minimum: 1,
          maximum: 1000,
        }),
      ],
      responses: {
        200: ok('事件列表 · Events', {
          ...listOf(ref('CaseEvent')),
          properties: {
            items: { type: 'array', items: ref('CaseEvent') },
            nextCursor: { type: 'string' },
          },
        }),
        400: problem('A parameter is wrong, or the cursor is another client’s'),
        ...refused,
      },
    },
  },
  '/api/v1/subscriptions': {
    get: {
      operationId: 'listSubscriptions',
      summary: '订阅列表 · Own webhook subscriptions, and how they do',
      security: needs('events'),
      responses: { 200: ok('订阅列表 · Subscriptions', listOf(ref('Subscription'))), ...refused },
    },
    post: {
      operationId: 'subscribe',
      summary: '订阅事件推送 · Have events posted as CloudEvents, signed after Standard Webhooks',
      description:
        '密钥只在这一次回答里。推送什么、怎样签名, 见 /asyncapi.json。 · The secret is in this answer alone. What is posted, and how it is signed, is in /asyncapi.json.',
      security: needs('events'),
      requestBody: { required: true, content: content(ref('SubscriptionRequest')) },
      responses: {
        201: ok('已生成 · Made', ref('Subscription')),
        400: problem('Unreadable, or the cursor is another client’s'),
        409: problem('Too many subscriptions'),
        422: problem('Does not fit, or nothing is posted to that address'),
        ...refused,
      },
    },
  },
  '/api/v1/subscriptions/{id}': {
    get: {
      operationId: 'readSubscription',
      summary: '一个订阅 · One subscription',
      security: needs('events'),
      parameters: id,
      responses: { 200: ok('订阅 · Subscription', ref('Subscription')), ...none, ...refused },
    },
    delete: {
      operationId: 'unsubscribe',
      summary: '取消订阅 · End a subscription',
      security: needs('events'),
      parameters: id,
      responses: { 204: { description: '已取消 · Ended' }, ...none, ...refused },
    },
  },
  '/api/v1/subscriptions/{id}/replay': {
    post: {
      operationId: 'replay',
      summary: '重新推送 · Post again what is parked (`"parked"`), or everything after a cursor',
      security: needs('events'),
      parameters: id,
      requestBody: { required: true, content: content(ref('ReplayRequest')) },
      responses: {
        200: ok('现在的样子 · As it is now', ref('Subscription')),
        400: problem('The cursor is another client’s'),
        422: problem('Does not fit'),
        ...none,
        ...refused,
      },
    },
  },
}
