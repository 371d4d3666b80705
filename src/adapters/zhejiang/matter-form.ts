/** The form of a matter, `FORM_INFO`: JSON in a string (contract 4.a.2, designed). */
import { GatewayError } from '../../errors.ts'
import type { FormField, Matter } from '../../schemas/matter.ts'
import { asInteger } from '../kit/codecs.ts'
import { codes } from '../kit/codes.ts'
import type { RecordContext } from '../kit/contract.ts'
import { parseInner } from '../kit/inner-json.ts'
import { isAbsent } from '../kit/table.ts'
import type { WireMatter as Wire } from './matter.wire.ts'

const fieldType = codes<FormField['type']>('zhejiang/fieldType', {
  text: ['text'],
  textarea: [],
  number: ['number'],
  date: ['date'],
  select: ['select'],
  area: ['region'],
  idcard: ['idcard'],
  uscc: ['usci'],
  mobile: ['phone'],
  phone: [],
})

const wordOfType = (type: FormField['type']) =>
  type === 'textarea' || type === 'phone' ? 'text' : fieldType.codeOf(type)

interface WireField {
  readonly name: string
  readonly label: string
  readonly type: string
  readonly required: string
  readonly code?: string
  readonly maxLen?: number | string
}

/** `FORM_INFO`: JSON in a string; choices are `key=label;key=label`. */
export const form = {
  name: 'FORM_INFO: JSON in a string',
  how: 'split' as const,
  decode: (wire: Wire, { alarms }: RecordContext): Matter['form'] => {
    const fields = fieldsOf(wire)
    for (const { type } of fields)
      if (fieldType.find(type) === undefined)
        alarms?.push({ table: fieldType.name, code: String(type).slice(0, 40) })
    return { fields: fields.map(readField) }
  },
  encode: (canon: Matter['form']): Partial<Wire> => ({
    FORM_INFO: JSON.stringify(canon.fields.map(writeField)),
  }),
}

function fieldsOf(wire: Wire): readonly WireField[] {
  const fields = isAbsent(wire.FORM_INFO) ? [] : parseInner(wire.FORM_INFO)
  if (!Array.isArray(fields)) throw new GatewayError('FIELD_UNREADABLE')
  return fields
}

/** Whether every field is of a type that the table knows: a form with another one cannot be filled in here. */
export const isKnownForm = (wire: Wire): boolean =>
  fieldsOf(wire).every(({ type }) => fieldType.find(type) !== undefined)

function readField(field: WireField): FormField {
  // A type that no table knows is shown as text; the matter cannot be filed.
  const type = fieldType.find(field.type) ?? 'text'
  const options = (field.code ?? '')
    .split(';')
    .filter((one) => one !== '')
    .map((one) => one.split('='))
  return {
    name: field.name,
    label: { zh: field.label },
    type,
    required: String(field.required) === '1',
    ...(type === 'select'
      ? {
          options: options.map(([value = '', ...label]) => ({
            value,
            label: { zh: label.join('=') || value },
          })),
        }
      : {}),
    ...(isAbsent(field.maxLen) ? {} : { maxLength: asInteger(field.maxLen) }),
    ...(type === 'number' ? { pattern: '^\\d{1,12}(\\.\\d{1,2})?$' } : {}),
  }
}

const writeField = (field: FormField): WireField => ({
  name: field.name,
  label: field.label.zh,
  type: wordOfType(field.type),
  required: field.required ? '1' : '0',
  // The semicolon parts the choices, so a label has its wide form.
  code: (field.options ?? []).map((one) => `${one.value}=${one.label.zh.replaceAll(';', '；')}`).join(';'),
  ...(field.maxLength === undefined ? {} : { maxLen: field.maxLength }),
})
