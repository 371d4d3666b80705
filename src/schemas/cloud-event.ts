/** CloudEvents 1.0.2 in their JSON format, checked to the letter: https://github.com/cloudevents/spec, read 2026-11. */
import { type Static, Type } from 'typebox'
import { CaseEvent } from './case.ts'
import { validator } from './validate.ts'

/** Types of the events that the gateway posts, by the word that the API has for them. */
export const cloudEventType = (type: string): string => `cn.delta-gateway.case.${type}.v1`

const orNull = (schema: object) => Type.Unsafe<unknown>({ anyOf: [schema, { type: 'null' }] })
const TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]+"
const MEDIA_TYPE = `^${TOKEN}/${TOKEN}( *; *${TOKEN}=(${TOKEN}|"[^"\\\\\\x00-\\x1f]*"))*$`
const INSTANT =
  '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])[Tt]([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)([.][0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$'
/** A text of the type system: nothing that is a control character. */
const STRING = '^[^\\u0000-\\u001f\\u007f-\\u009f]+$'
const string = { type: 'string', pattern: STRING }

/** Any event. A member that is null is one that is not there. */
const AnyEvent = Type.Unsafe<Readonly<Record<string, unknown>>>({
  type: 'object',
  required: ['specversion', 'id', 'source', 'type'],
  properties: {
    specversion: { type: 'string', const: '1.0' },
    id: string,
    source: { type: 'string', pattern: '^[^\\s\\u0000-\\u001f<>"{}|\\\\^`]+$' },
    type: string,
    datacontenttype: orNull({ type: 'string', pattern: MEDIA_TYPE }),
    dataschema: orNull({ type: 'string', pattern: '^[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>"{}|\\\\^`]+$' }),
    subject: orNull(string),
    time: orNull({ type: 'string', pattern: INSTANT }),
    data: {},
    data_base64: orNull({
      type: 'string',
      pattern: '^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$',
    }),
  },
  patternProperties: {
    // Attribute names: lower-case letters and digits.
    '^(?!data$)[a-z0-9]+$': {
      anyOf: [
        { type: 'string', pattern: '^[^\\u0000-\\u001f\\u007f-\\u009f]*$' },
        { type: 'boolean' },
        { type: 'integer', minimum: -2_147_483_648, maximum: 2_147_483_647 },
        { type: 'null' },
      ],
    },
  },
  additionalProperties: false,
  not: {
    required: ['data', 'data_base64'],
    properties: { data: { not: { type: 'null' } }, data_base64: { type: 'string' } },
  },
})

/** Faults of an event, each at its member; nothing for a good one. */
export const checkCloudEvent = validator(AnyEvent)

/** An event as webhooks carry it. */
export const CaseCloudEvent = Type.Object(
  {
    specversion: Type.Literal('1.0'),
    id: Type.String({ minLength: 1, maxLength: 40 }),
    source: Type.String({ minLength: 1 }),
    type: Type.String({ pattern: '^cn[.]delta-gateway[.]case[.][a-z]+[.]v1$' }),
    subject: Type.String({ minLength: 1, maxLength: 40 }),
    time: Type.String({ pattern: INSTANT }),
    datacontenttype: Type.Literal('application/json'),
    dataschema: Type.String({ minLength: 1 }),
    /** The extension `sequence`: the number within the case, so that texts sort as numbers do. */
    sequence: Type.String({ pattern: '^[0-9]{10}$' }),
    data: CaseEvent,
  },
  { additionalProperties: false },
)
export type CaseCloudEvent = Static<typeof CaseCloudEvent>
