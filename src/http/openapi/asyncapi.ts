/** AsyncAPI 3.0 of what the gateway posts to clients, made from the schemas that check it: https://www.asyncapi.com, read 2026-11. */
import { CaseEvent, EVENT_TYPES } from '../../schemas/case.ts'
import { CaseCloudEvent, cloudEventType } from '../../schemas/cloud-event.ts'

const WORDS: Readonly<Record<(typeof EVENT_TYPES)[number], string>> = {
  status: '状态变化 · The case has another status',
  note: '备注 · A remark, without another status',
  dispatch: '送达进展 · How the sending to the region stands',
  reminder: '催办 · The region was reminded',
}

/** Headers as the Standard Webhooks specification has them. */
const SignedHeaders = {
  type: 'object',
  required: ['content-type', 'webhook-id', 'webhook-timestamp', 'webhook-signature'],
  properties: {
    'content-type': { type: 'string', pattern: '^application/cloudevents[+]json' },
    'webhook-id': {
      type: 'string',
      description: 'The id of the event, the same at every attempt: what came twice is told by it.',
    },
    'webhook-timestamp': {
      type: 'string',
      pattern: '^[0-9]+$',
      description: 'Seconds since 1970 at this attempt. Refuse what is older than five minutes.',
    },
    'webhook-signature': {
      type: 'string',
      pattern: '^v1a?,[A-Za-z0-9+/]+=*$',
      description:
        'Over `id.timestamp.body`: `v1,` and HMAC-SHA256 under the bytes of the secret, or `v1a,` and Ed25519; in Base64.',
    },
  },
}

const messageOf = (type: (typeof EVENT_TYPES)[number]) => ({
  name: cloudEventType(type),
  title: WORDS[type],
  contentType: 'application/cloudevents+json',
  headers: { $ref: '#/components/schemas/SignedHeaders' },
  payload: {
    allOf: [
      { $ref: '#/components/schemas/CaseCloudEvent' },
      {
        type: 'object',
        properties: {
          type: { const: cloudEventType(type) },
          data: { type: 'object', properties: { type: { const: type } } },
        },
      },
    ],
  },
})

/** The whole document. */
export const asyncApi = (publicUrl: string): object => ({
  asyncapi: '3.0.0',
  id: `${publicUrl}/asyncapi.json`,
  info: {
    title: '长三角政务服务互通网关 · Delta gateway: 办件事件 · events of cases',
    version: '1.0.0',
    license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    description:
      'Every event of the cases that a client filed, posted as CloudEvents 1.0 and signed after Standard Webhooks: at least once, in order per case. The same events can be read at any time from /api/v1/events (see /openapi.json).',
    tags: [{ name: 'webhooks' }],
  },
  defaultContentType: 'application/cloudevents+json',
  servers: {
    receiver: {
      host: '{host}',
      protocol: 'https',
      description: 'The client’s own, under a host that the client directory lists for it.',
      variables: {
        host: { description: 'Host of the `url` of the subscription', default: 'receiver.example' },
      },
    },
  },
  channels: {
    webhook: {
      address: null,
      title: '推送 · Webhook',
      description:
        'The `url` of a subscription. Any 2xx within ten seconds takes the event; a redirect is not followed; 410 parks the subscription.',
      servers: [{ $ref: '#/servers/receiver' }],
      messages: Object.fromEntries(
        EVENT_TYPES.map((type) => [type, { $ref: `#/components/messages/${type}` }]),
      ),
    },
  },
  operations: {
    postEvent: {
      action: 'send',
      channel: { $ref: '#/channels/webhook' },
      summary: '推送办件事件 · An event of a case is posted',
      bindings: { http: { method: 'POST', bindingVersion: '0.3.0' } },
    },
  },
  components: {
    messages: Object.fromEntries(EVENT_TYPES.map((type) => [type, messageOf(type)])),
    schemas: {
      SignedHeaders,
      CaseEvent,
      CaseCloudEvent: {
        ...CaseCloudEvent,
        properties: { ...CaseCloudEvent.properties, data: { $ref: '#/components/schemas/CaseEvent' } },
      },
    },
  },
})
