/** The matter's own form: `formJson`, JSON inside a string (contract 4a, trap 4), and the values that fill it. */
import { GatewayError } from '../../errors.ts'
import type { FormField, Matter } from '../../schemas/matter.ts'
import { type Alarmed, codes } from '../kit/codes.ts'
import { parseInner } from '../kit/inner-json.ts'
import type { Codec } from '../kit/table.ts'

const fieldType = codes<FormField['type']>('anhui/fieldType', {
  text: ['text'],
  textarea: ['textarea'],
  number: ['number'],
  date: ['date'],
  select: ['select'],
  area: ['area'],
  idcard: ['idcard'],
  uscc: [],
  mobile: [],
  phone: ['phone'],
})

/** Anhui's own rule for a number: no sign, an optional point and two decimals. */
const NUMBER = '^\\d+(\\.\\d{1,2})?$'
const DEFAULT_LENGTH = 200

interface WireField {
  readonly name: string
  readonly label: string
  readonly type: string
  readonly required: string
  readonly maxLength?: string | number
  readonly code?: string
}

const isField = (value: unknown): value is WireField =>
  typeof value === 'object' &&
  value !== null &&
  ['name', 'label', 'type'].every((member) => typeof (value as Record<string, unknown>)[member] === 'string')

function readField(field: WireField, context: Alarmed): FormField {
  const known = fieldType.find(field.type)
  // A new kind of field is filled in as text: a matter must not vanish because of one.
  if (known === undefined)
    context.alarms?.push({ table: fieldType.name, code: String(field.type).slice(0, 40) })
  const type = known ?? 'text'
  const length = Number(field.maxLength)
  return {
    name: field.name,
    label: { zh: field.label },
    type,
    required: String(field.required) === '1',
    ...(type === 'select' ? { options: readOptions(field.code ?? '') } : {}),
    maxLength: Number.isInteger(length) && length > 0 ? length : DEFAULT_LENGTH,
    ...(type === 'number' ? { pattern: NUMBER } : {}),
  }
}

const readOptions = (code: string): NonNullable<FormField['options']> =>
  code
    .split(';')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [value = '', ...label] = pair.split(':')
      return { value, label: { zh: label.join(':') || value } }
    })

function wordOfType(type: FormField['type']): string {
  if (type === 'mobile') return 'phone'
  return type === 'uscc' ? 'text' : fieldType.codeOf(type)
}

const writeField = (field: FormField): WireField => ({
  name: field.name,
  label: field.label.zh,
  type: wordOfType(field.type),
  required: field.required ? '1' : '0',
  maxLength: field.maxLength === undefined ? '' : String(field.maxLength),
  code: (field.options ?? []).map((one) => `${one.value}:${one.label.zh.replaceAll(';', '；')}`).join(';'),
})

/** `formJson` ⇄ the canonical form. A type that no table knows is read as text, and alarmed. */
export const formJson: Codec<string, Matter['form'], Alarmed> = {
  name: 'formJson: JSON in a string',
  how: 'split',
  decode: (wire, context) => {
    const fields = parseInner(wire)
    if (!Array.isArray(fields) || !fields.every(isField)) throw new GatewayError('FIELD_UNREADABLE')
    return { fields: fields.map((field) => readField(field, context)) }
  },
  encode: (canon) => JSON.stringify(canon.fields.map(writeField)),
}

/** Whether a field of the matter's form holds a division. */
export const isArea = (matter: Matter, name: string): boolean =>
  matter.form.fields.some((field) => field.name === name && field.type === 'area')

// The length is looked at first: it is at hand, and most values need no regular expression after it.
const isDigits = (value: string, count: 6 | 12): boolean => value.length === count && /^\d+$/.test(value)

/** A form value as Anhui writes it: an area has twelve digits. */
export const writeValue = (matter: Matter, name: string, value: string): string =>
  isDigits(value, 6) && isArea(matter, name) ? `${value}000000` : value

/** A form value in canonical form: an area has six digits. */
export const readValue = (matter: Matter, name: string, value: string): string =>
  isDigits(value, 12) && isArea(matter, name) ? value.slice(0, 6) : value
