/** What an application must hold: its members, the rules that join them, and the fields of its form (contract 4.b). */
import type { FormField, Matter } from './catalogue.ts'
import { isCreditCode, isResidentId } from './check-digits.ts'
import {
  checked,
  FORMATS,
  isObjectText,
  type Members,
  objectIn,
  optional,
  type Params,
  required,
  upTo,
} from './members.ts'
import { badFormat, HallRefusal, missing } from './refusals.ts'
import { isDay } from './times.ts'

const CERT_FORMS: Readonly<Record<string, (text: string) => boolean>> = {
  '22': isResidentId,
  '16': isCreditCode,
  '14': (text) => /^[0-9A-Z]{8}[0-9X]$/.test(text),
  '99': upTo(30),
}
const CERTS_OF: Readonly<Record<string, readonly string[]>> = {
  '20': ['22', '99'],
  '10': ['16', '14'],
  '30': ['16', '14', '99'],
}

const SUBMIT: Members = {
  projectguid: required(FORMATS.guid),
  taskguid: required(FORMATS.guid),
  centerguid: optional(FORMATS.guid),
  projectname: required(upTo(200)),
  applyername: required(upTo(100)),
  applyertype: required(/^(10|20|30)$/),
  certtype: required(/^(22|16|14|99)$/),
  certnum: required(upTo(30)),
  contactperson: required(upTo(50)),
  contactmobile: required(FORMATS.mobile),
  idcard: optional(isResidentId),
  legal: optional(upTo(50)),
  legalid: optional(isResidentId),
  address: optional(upTo(200)),
  applyway: required(/^(10|20|30)$/),
  applydate: required(FORMATS.dt),
  sourceareacode: required(FORMATS.six),
  sourceprojectno: required(FORMATS.source),
  sendway: required(/^(10|20|30)$/),
  postinfo: optional(isObjectText),
  formdata: required(isObjectText),
}

function checkConditions(params: Params): void {
  const kind = params['applyertype'] ?? ''
  const wanted: readonly (readonly [boolean, string])[] = [
    [params['applyway'] !== '10', 'centerguid'],
    [kind !== '20', 'idcard'],
    [kind === '10', 'legal'],
    [params['sendway'] === '20', 'postinfo'],
  ]
  for (const [needed, name] of wanted) if (needed && params[name] === '') throw missing(name)
  const cert = params['certtype'] ?? ''
  if (!CERTS_OF[kind]?.includes(cert)) throw badFormat('certtype')
  if (!CERT_FORMS[cert]?.(params['certnum'] ?? '')) throw badFormat('certnum')
  if (params['postinfo'] !== '') checkPost(params['postinfo'] ?? '')
}

function checkPost(text: string): void {
  const post = objectIn(text, 'postinfo')
  const forms: Readonly<Record<string, (value: string) => boolean>> = {
    postname: upTo(50),
    postmobile: (value) => FORMATS.mobile.test(value),
    postaddress: upTo(200),
  }
  const names = Object.keys(forms)
  const fits = names.every((name) => {
    const value = post[name]
    return typeof value === 'string' && value !== '' && forms[name]?.(value) === true
  })
  if (!fits || Object.keys(post).length !== names.length) throw badFormat('postinfo')
}

/** What is submitted, once its members fit by themselves and with one another. */
export function submissionIn(sent: Readonly<Record<string, unknown>>): Params {
  const params = checked(sent, SUBMIT, true)
  checkConditions(params)
  return params
}

const FIELD_FORMS: Readonly<Record<string, (value: string, field: FormField) => boolean>> = {
  string: () => true,
  date: (value) => isDay(value),
  number: (value) => /^\d+(\.\d{1,2})?$/.test(value),
  idcard: (value) => isResidentId(value),
  uscc: (value) => isCreditCode(value),
  mobile: (value) => FORMATS.mobile.test(value),
  code: (value, { code }) => code.split(';').some((choice) => choice.startsWith(`${value}:`)),
}

/** Every field of the form, and none besides. */
export function checkForm(matter: Matter, text: string): void {
  const wrong = (name: string) => new HallRefusal(`表单数据校验失败:${name}`)
  const sent = objectIn(text, 'formdata')
  for (const name of Object.keys(sent))
    if (!matter.form.some((field) => field.name === name)) throw wrong(name)
  for (const field of matter.form) {
    const value = sent[field.name]
    if (value === undefined || value === '') {
      if (field.required === '1') throw wrong(field.name)
      continue
    }
    if (
      typeof value !== 'string' ||
      [...value].length > Number(field.maxlength || '200') ||
      !FIELD_FORMS[field.type]?.(value, field)
    )
      throw wrong(field.name)
  }
}
