/** Form values against the matter's own form: unknown, missing, too long, of the wrong form. */
import { type FieldError, fault } from '../../errors.ts'
import { checkIdDocument } from '../../schemas/identifiers/index.ts'
import { isDate } from '../../schemas/instants.ts'
import type { FormField } from '../../schemas/matter.ts'
import { pointerTo } from '../../schemas/pointers.ts'

type Form = Readonly<Record<string, string>>

/** Faults of the form. @param today `yyyy-MM-dd` in Asia/Shanghai */
export function checkForm(form: Form, fields: readonly FormField[], today: string): FieldError[] {
  const known = new Set(fields.map(({ name }) => name))
  const unknown = Object.keys(form).filter((name) => !known.has(name))
  return [
    ...unknown.map((name) =>
      fault(
        pointerTo('form', name),
        'UNKNOWN_MEMBER',
        '表单没有这一项, 请删除',
        'The form has no such field; leave it out',
      ),
    ),
    ...fields.flatMap((field) => checkField(field, form[field.name] ?? '', today)),
  ]
}

function checkField(field: FormField, value: string, today: string): FieldError[] {
  const pointer = pointerTo('form', field.name)
  const { zh, en = zh } = field.label
  if (value === '' || (field.required && value.trim() === ''))
    return field.required ? [fault(pointer, 'MISSING', `请填写“${zh}”`, `Fill in ${en}`)] : []
  const wrong = wrongValue(field, value, today)
  return wrong ? [fault(pointer, wrong[0], `“${zh}”${wrong[1]}`, `${en} ${wrong[2]}`)] : []
}

type Wrong = readonly [code: string, zh: string, en: string]

const FORMS: Readonly<Partial<Record<FormField['type'], readonly [RegExp, Wrong]>>> = {
  number: [
    /^-?\d{1,15}(\.\d{1,2})?$/,
    ['FORMAT', '应为数字, 至多两位小数', 'must be a number with at most two decimals'],
  ],
  area: [/^[1-9]\d{5}$/, ['FORMAT', '应为六位区划代码', 'must be a division code of six digits']],
  mobile: [/^1\d{10}$/, ['FORMAT', '应为 11 位手机号', 'must be a mobile number of eleven digits']],
  phone: [/^(1\d{10}|0\d{2,3}-?\d{7,8})$/, ['FORMAT', '应为电话号码', 'must be a telephone number']],
}

function wrongValue(field: FormField, value: string, today: string): Wrong | undefined {
  if (field.maxLength !== undefined && [...value].length > field.maxLength)
    return ['LENGTH', `至多 ${field.maxLength} 个字符`, `may have at most ${field.maxLength} characters`]
  const form = FORMS[field.type]
  if (form && !form[0].test(value)) return form[1]
  if (field.type === 'date' && !isDate(value))
    return ['FORMAT', '应为真实的日期 yyyy-MM-dd', 'must be a real date, yyyy-MM-dd']
  if (field.type === 'select' && field.options && !field.options.some((option) => option.value === value))
    return ['WORD', '不在可选项中', 'is not one of the choices']
  if (
    field.type === 'idcard' &&
    !checkIdDocument({ type: '111', number: value }, new Date(`${today}T00:00:00+08:00`)).ok
  )
    return ['CHECKSUM', '不是有效的身份证号', 'is not a valid identity number']
  if (field.type === 'uscc' && !checkIdDocument({ type: '001', number: value }).ok)
    return ['CHECKSUM', '不是有效的统一社会信用代码', 'is not a valid credit code']
  if (field.pattern !== undefined && !new RegExp(field.pattern, 'u').test(value))
    return ['FORMAT', '格式不符', 'does not have the right form']
  return undefined
}
