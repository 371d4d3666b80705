/** The matter's own form: `molder`, JSON inside a string (contract 4.1, trap 2). */
import { GatewayError } from '../../errors.ts'
import type { FormField, Matter } from '../../schemas/matter.ts'
import { codes } from '../kit/codes.ts'
import { parseInner } from '../kit/inner-json.ts'
import type { Codec } from '../kit/table.ts'

const fieldType = codes<FormField['type']>('shanghai/fieldType', {
  text: ['text'],
  textarea: ['textarea'],
  number: ['number'],
  date: ['date'],
  select: ['select'],
  area: ['area'],
  idcard: ['idcard'],
  uscc: ['uscc'],
  mobile: ['mobile'],
  phone: [],
})

interface Molder {
  readonly fields?: readonly {
    name: string
    label: string
    type: string
    required: string
    code?: string
    maxLength?: string
  }[]
  readonly codes?: Readonly<Record<string, readonly { value: string; label: string }[]>>
}

/** Shanghai's own rule for a number: a sign, twelve digits, two decimals. */
const NUMBER = '^-?\\d{1,12}(\\.\\d{1,2})?$'

function readField(
  field: NonNullable<Molder['fields']>[number],
  tables: NonNullable<Molder['codes']>,
): FormField {
  const type = fieldType.find(field.type)
  if (type === undefined || typeof field.name !== 'string' || typeof field.label !== 'string')
    throw new GatewayError('FIELD_UNREADABLE')
  const options = field.code ? tables[field.code] : undefined
  return {
    name: field.name,
    label: { zh: field.label },
    type,
    required: String(field.required) === '1',
    ...(type === 'select'
      ? {
          options: (options ?? []).map((one) => ({
            value: String(one.value),
            label: { zh: String(one.label) },
          })),
        }
      : {}),
    maxLength: field.maxLength ? Number(field.maxLength) : 200,
    ...(type === 'number' ? { pattern: NUMBER } : {}),
  }
}

function writeField(field: FormField): object {
  return {
    name: field.name,
    label: field.label.zh,
    // A telephone of another region is text here: Shanghai's own type takes mobiles alone.
    type:
      field.type === 'phone'
        ? 'text'
        : fieldType.encode(field.type, {}, { wire: '', canon: '', notes: undefined }),
    required: field.required ? '1' : '0',
    code: field.options ? field.name.toUpperCase() : '',
    maxLength: field.maxLength === undefined || field.maxLength === 200 ? '' : String(field.maxLength),
  }
}

export const molder: Codec<string, Matter['form']> = {
  name: 'molder: JSON in a string',
  how: 'split',
  decode: (wire) => {
    const parsed = parseInner(wire) as Molder
    return { fields: (parsed.fields ?? []).map((field) => readField(field, parsed.codes ?? {})) }
  },
  encode: (canon) => {
    const tables = Object.fromEntries(
      canon.fields
        .filter((field) => field.options)
        .map((field) => [
          field.name.toUpperCase(),
          (field.options ?? []).map((one) => ({ value: one.value, label: one.label.zh })),
        ]),
    )
    return JSON.stringify({
      formId: '',
      formVersion: '1',
      fields: canon.fields.map(writeField),
      codes: tables,
    })
  },
}
