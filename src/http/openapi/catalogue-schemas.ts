/** Regions, cities and what is told of matters, as the directory answers them. */

import { REGION_IDS } from '../../schemas/regions.ts'
import { ref } from './words.ts'

const text = { type: 'string' }
const instant = { type: 'string', format: 'date-time' }
const region = { type: 'string', enum: [...REGION_IDS] }
const name = { type: 'object', required: ['zh', 'en'], properties: { zh: text, en: text } }
const object = (required: Readonly<Record<string, object>>, optional = {}) => ({
  type: 'object',
  required: Object.keys(required),
  properties: { ...required, ...optional },
})

export const CATALOGUE_SCHEMAS = {
  Region: object({
    id: region,
    division: text,
    name,
    connected: { type: 'boolean' },
    state: text,
    since: instant,
    cities: { type: 'integer', minimum: 1, maximum: 41 },
    operations: {
      type: 'object',
      description: 'Operations of the contract by name, each with how sure we are of it',
      additionalProperties: true,
    },
  }),
  City: object({
    division: text,
    name,
    region,
    lon: { type: 'number' },
    lat: { type: 'number' },
    connected: { type: 'boolean' },
    state: text,
    since: instant,
    silentSince: {
      anyOf: [instant, { type: 'null' }],
      description: 'Since when questions about cases there are not answered',
    },
    difference: {
      anyOf: [{ type: 'object', additionalProperties: true }, { type: 'null' }],
      description: 'What this city does otherwise than its region, and why',
    },
  }),
  Differences: object({
    matters: {
      type: 'object',
      description: 'By region, the id of the matter that is compared; null where there is none',
      additionalProperties: { type: ['string', 'null'] },
    },
    items: {
      type: 'array',
      items: object({
        member: { type: 'string', description: 'JSON Pointer into a matter' },
        values: { type: 'object', description: 'What each region says of it', additionalProperties: true },
        same: { type: 'boolean' },
      }),
    },
  }),
  Mapping: object({
    region,
    message: text,
    items: { type: 'array', items: { type: 'object', additionalProperties: true } },
  }),
  SchemaLink: object({ region: text, message: text, href: text }),
  Converted: object(
    {
      content: {
        description: 'What was asked for: a canonical document, or one in the fields of a region',
        anyOf: [ref('Matter'), ref('Application'), ref('RegionalCase'), { type: 'object' }],
      },
      ledger: ref('Ledger'),
      losses: { type: 'array', items: { type: 'object', additionalProperties: true } },
    },
    {
      refusals: {
        type: 'array',
        description: 'What the matter’s own region would refuse if this application were filed as it is',
        items: { type: 'object', additionalProperties: true },
      },
    },
  ),
}
