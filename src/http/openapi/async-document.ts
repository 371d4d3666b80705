/** AsyncAPI 3.0: what webhooks carry, made from the schemas that validate. */
import { CaseCloudEvent } from '../../schemas/cloud-event.ts'

const header = (description: string) => ({ type: 'string', description })

/** The whole document. */
export function asyncApi(publicUrl: string): object {
  return {
    asyncapi: '3.0.0',
    info: {
      title: '长三角政务服务互通网关 · Delta gateway: webhooks',
      version: '1.0.0',
      license: { name: 'Apache-2.0' },
      description:
        'Events of the cases that a client filed, posted to the address of each subscription (/api/v1/subscriptions), in order within a case, signed after Standard Webhooks. After a crash an event may come twice: webhook-id is the same.',
    },
    defaultContentType: 'application/cloudevents+json',
    servers: {
      gateway: {
        host: new URL(publicUrl).host,
        protocol: new URL(publicUrl).protocol.replace(':', ''),
        description: 'The gateway, which posts; receivers are at the address of their subscription',
      },
    },
    channels: {
      caseEvents: {
        address: null,
        description: 'The address of a subscription',
        messages: { caseEvent: { $ref: '#/components/messages/caseEvent' } },
      },
    },
    operations: {
      postCaseEvent: {
        action: 'send',
        channel: { $ref: '#/channels/caseEvents' },
        summary: '推送办件事件 · Posts one event of a case',
        bindings: { http: { method: 'POST' } },
        messages: [{ $ref: '#/channels/caseEvents/messages/caseEvent' }],
      },
    },
    components: {
      messages: {
        caseEvent: {
          name: 'caseEvent',
          contentType: 'application/cloudevents+json',
          headers: {
            type: 'object',
            required: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
            properties: {
              'webhook-id': header('The event’s id, the same at every attempt'),
              'webhook-timestamp': header('Seconds since 1970, of this attempt'),
              'webhook-signature': header('v1,… (HMAC-SHA256) or v1a,… (ed25519) over id.timestamp.body'),
            },
          },
          payload: { $ref: '#/components/schemas/CaseCloudEvent' },
        },
      },
      schemas: { CaseCloudEvent },
    },
  }
}
