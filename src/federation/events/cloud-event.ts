/** One event as a webhook carries it. */
import type { CaseEvent } from '../../schemas/case.ts'
import { type CaseCloudEvent, cloudEventType } from '../../schemas/cloud-event.ts'

/** @param publicUrl of the gateway, the source of all its events: with `id` it tells one event from every other */
export const cloudEventOf = (event: CaseEvent, publicUrl: string): CaseCloudEvent => ({
  specversion: '1.0',
  id: event.id,
  source: publicUrl,
  type: cloudEventType(event.type),
  subject: event.caseId,
  time: event.occurredAt,
  datacontenttype: 'application/json',
  dataschema: `${publicUrl}/openapi.json#/components/schemas/CaseEvent`,
  sequence: String(event.sequence).padStart(10, '0'),
  data: event,
})
