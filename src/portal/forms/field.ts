/** One field of a matter's form, as a person fills it in: label, hint, what was wrong with it, and the keyboard that fits. */
import { html } from 'hono/html'
import { CITIES } from '../../schemas/division.ts'
import type { FormField } from '../../schemas/matter.ts'
import { REGIONS } from '../../schemas/regions.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

/** What stands in the field, and what is said of it. */
export interface Filled {
  readonly value: string
  /** What is wrong with the value, in the reader's language. */
  readonly error?: string | undefined
  readonly reader: Reader
  /** Where the value comes from, when the reader did not type it. */
  readonly source?: Html | string | undefined
  /** Sent with the form; the field's own name unless told. */
  readonly name?: string
  /** What stands above the control, where the field's own label stands elsewhere. */
  readonly label?: string
}

/** What is asked of the reader at a field, by its type. */
const HINTS: Readonly<Partial<Record<FormField['type'], readonly [zh: string, en: string]>>> = {
  date: ['例如 2026-03-01', 'For example 2026-03-01'],
  number: ['只填数字, 至多两位小数', 'Digits only, at most two decimals'],
  idcard: ['18 位, 末位可以是 X', 'Eighteen characters; the last may be X'],
  uscc: ['18 位', 'Eighteen characters'],
  mobile: ['11 位手机号', 'Eleven digits'],
  phone: ['手机号, 或带区号的座机号', 'A mobile number, or a landline with its area code'],
}

/** Keyboard, automatic filling and length that fit a type. */
const INPUTS: Readonly<Partial<Record<FormField['type'], Html>>> = {
  date: html` type="date"`,
  number: html` inputmode="decimal" autocomplete="off"`,
  idcard: html` autocapitalize="characters" spellcheck="false" autocomplete="off"`,
  uscc: html` autocapitalize="characters" spellcheck="false" autocomplete="off"`,
  mobile: html` type="tel" inputmode="numeric" autocomplete="tel-national"`,
  phone: html` type="tel" autocomplete="tel"`,
}

/** So few choices are all shown at once. */
const RADIOS_AT_MOST = 6

/** The id of a field in its page: what errors link to. Names of regions may have blanks, ids may not. */
export const fieldId = (name: string): string => `field-${encodeURIComponent(name)}`

/** Renders a field of any type. */
export function fieldOf(field: FormField, filled: Filled): Html {
  const name = filled.name ?? field.name
  const parts = partsOf(field, name, filled)
  if (field.type === 'select' && field.options && field.options.length <= RADIOS_AT_MOST)
    return radios(field, name, filled, parts)
  return html`<div class="field"><label for="${fieldId(name)}">${parts.label}</label>${parts.around}${controlOf(field, name, filled, parts)}</div>`
}

interface Parts {
  readonly label: Html
  /** Hint, source and error, above the control. */
  readonly around: Html
  /** How the control refers to them. */
  readonly said: Html
}

function partsOf(
  { label, type, required, maxLength }: FormField,
  name: string,
  { error, reader, source, label: told }: Filled,
): Parts {
  const { say } = reader
  const id = fieldId(name)
  const own = HINTS[type]
  const most =
    type === 'textarea' && maxLength
      ? say(`至多 ${maxLength} 个字`, `At most ${maxLength} characters`)
      : undefined
  const hint = own ? say(...own) : most
  const ids = [hint && `${id}-hint`, source && `${id}-source`, error && `${id}-error`].filter(Boolean)
  return {
    label: html`${told ?? reader.name(label)}${required ? '' : html` <span class="quiet">${say('(可以不填)', '(optional)')}</span>`}`,
    around: html`${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : ''}${source ? html`<p class="hint" id="${id}-source">${source}</p>` : ''}${error ? html`<p class="fault" id="${id}-error">${error}</p>` : ''}`,
    said: html`${ids.length > 0 ? html` aria-describedby="${ids.join(' ')}"` : ''}${error ? html` aria-invalid="true"` : ''}`,
  }
}

function controlOf(field: FormField, name: string, { value, reader }: Filled, { said }: Parts): Html {
  const head = html` id="${fieldId(name)}" name="${name}"${field.required ? html` required` : ''}${said}`
  // Counted as people count: what is beyond the limit is said, and never cut off while somebody types.
  if (field.type === 'textarea') return html`<textarea${head} rows="4">${value}</textarea>`
  if (field.type === 'select' && field.options)
    return html`<select${head}>${chooseOne(reader, field.required)}${field.options.map((one) => option(one.value, reader.name(one.label), value))}</select>`
  if (field.type === 'area') return area(name, { value, reader }, head)
  return html`<input${head}${INPUTS[field.type] ?? html` type="text"`} value="${value}">`
}

const chooseOne = ({ say }: Reader, required: boolean): Html =>
  html`<option value="">${required ? say('请选择', 'Choose') : say('不填', 'None')}</option>`

const option = (value: string, label: Html | string, chosen: string): Html =>
  html`<option value="${value}"${value === chosen ? html` selected` : ''}>${label}</option>`

function radios(
  { options = [], required }: FormField,
  name: string,
  { value, reader }: Filled,
  parts: Parts,
): Html {
  const id = fieldId(name)
  return html`<fieldset class="bare field" id="${id}" tabindex="-1"${parts.said}><legend>${parts.label}</legend>${parts.around}${options.map(
    (one) =>
      html`<label class="choice"><input type="radio" name="${name}" value="${one.value}"${one.value === value ? html` checked` : ''}${required ? html` required` : ''}><span>${reader.name(one.label)}</span></label>`,
  )}</fieldset>`
}

/** Beside it stands a place for what lies outside the 41 cities, or below them. */
export const elsewhereName = (name: string): string => `${name}.elsewhere`

/** A division: one of the 41 cities by name, or any other by its code. */
function area(name: string, { value, reader }: Pick<Filled, 'value' | 'reader'>, head: Html): Html {
  const { say } = reader
  const isCity = CITIES.some(({ division }) => division === value)
  const elsewhere = elsewhereName(name)
  // The code alone may answer: the choice is not required by the browser.
  const groups = REGIONS.map(
    (region) =>
      html`<optgroup label="${say(region.zh, region.en)}">${CITIES.filter((city) => city.region === region.id).map((city) => option(city.division, say(`${city.zh}市`, city.en), value))}</optgroup>`,
  )
  return html`<select${head}>${chooseOne(reader, true)}${groups}</select>
<label class="quiet" for="${fieldId(elsewhere)}">${say('列表里没有? 填六位区划代码', 'Not in the list? Its code of six digits')}</label><input id="${fieldId(elsewhere)}" name="${elsewhere}" inputmode="numeric" autocomplete="off" value="${isCity ? '' : value}">`
}

/** What was filled in, as the form brings it. */
export function fieldValue(
  field: FormField,
  form: { get(name: string): unknown },
  name = field.name,
): string {
  const text = (one: string): string => {
    const value = form.get(one)
    return typeof value === 'string' ? value : ''
  }
  // Browsers end the lines of a text as mail does.
  const value = text(name).replaceAll('\r\n', '\n')
  return field.type === 'area' ? text(elsewhereName(name)).trim() || value : value
}

/** Something wrong, and where. */
export interface Problem {
  /** The id of what has to be mended. */
  readonly at: string
  readonly text: string
}

/** What is wrong with a form, on top of it: each a link to its place. */
export const problemsOf = (problems: readonly Problem[], { say }: Reader): Html | '' =>
  problems.length === 0
    ? ''
    : html`<div class="problems" id="problems" role="alert" tabindex="-1"><h2>${say(`有 ${problems.length} 处要改`, problems.length === 1 ? 'One thing to mend' : `${problems.length} things to mend`)}</h2><ul>${problems.map(({ at, text }) => html`<li><a href="#${at}">${text}</a></li>`)}</ul></div>`
