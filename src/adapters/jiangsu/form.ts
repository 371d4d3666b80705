/** The matter's own form: `formjson`, an array inside a string (contract 4.a, trap 2). */
import { GatewayError } from '../../errors.ts'
import type { FormField, Matter } from '../../schemas/matter.ts'
import { oneOrMany } from '../kit/codecs.ts'
import { codes } from '../kit/codes.ts'
import { parseInner } from '../kit/inner-json.ts'
import type { Codec } from '../kit/table.ts'

/** Jiangsu writes areas, telephones and long texts as plain strings. */
const fieldType = codes<FormField['type']>('jiangsu/formtype', {
  text: ['string'],
  date: ['date'],
  number: ['number'],
  idcard: ['idcard'],
  uscc: ['uscc'],
  mobile: ['mobile'],
  select: ['code'],
  textarea: [],
  area: [],
  phone: [],
})

const NUMBER = '^[0-9]+(\\.[0-9]{1,2})?$'
const DEFAULT_LENGTH = 200

interface Field {
  readonly name?: unknown
  readonly label?: unknown
  readonly type?: unknown
  readonly required?: unknown
  readonly code?: unknown
  readonly maxlength?: unknown
}

/** `1:遗失;2:损坏` */
function readChoices(text: string): NonNullable<FormField['options']> {
  return text
    .split(';')
    .filter((part) => part !== '')
    .map((part) => {
      const at = part.indexOf(':')
      if (at <= 0) throw new GatewayError('FIELD_UNREADABLE')
      const value = part.slice(0, at)
      // A choice without a label of its own is called by its value.
      return { value, label: { zh: part.slice(at + 1) || value } }
    })
}

function readField(field: Field): FormField {
  const type = fieldType.find(field.type)
  if (type === undefined || typeof field.name !== 'string' || typeof field.label !== 'string')
    throw new GatewayError('FIELD_UNREADABLE')
  const length = Number(field.maxlength)
  return {
    name: field.name,
    label: { zh: field.label },
    type,
    required: String(field.required) === '1',
    ...(type === 'select' ? { options: readChoices(String(field.code ?? '')) } : {}),
    maxLength: Number.isInteger(length) && length > 0 ? length : DEFAULT_LENGTH,
    ...(type === 'number' ? { pattern: NUMBER } : {}),
  }
}

const writeField = (field: FormField): object => ({
  name: field.name,
  label: field.label.zh,
  type: fieldType.table[field.type][0] ?? 'string',
  required: field.required ? '1' : '0',
  code: (field.options ?? []).map(({ value, label }) => `${value}:${label.zh}`).join(';'),
  maxlength: String(field.maxLength ?? DEFAULT_LENGTH),
})

export const formjson: Codec<string, Matter['form']> = {
  name: 'formjson: JSON in a string',
  how: 'split',
  decode: (wire) => ({ fields: oneOrMany<Field>(parseInner(wire)).map(readField) }),
  encode: (canon) => JSON.stringify(canon.fields.map(writeField)),
}
