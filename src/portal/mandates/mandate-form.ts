/** What the form of an offer holds, and how it looks. It works without a script: searching sends the form and brings it back. */
import { html } from 'hono/html'
import type { FieldError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { matterNames } from '../../federation/mandates/present.ts'
import { REGIONS } from '../../schemas/division.ts'
import { ID_DOCUMENT_TYPES } from '../../schemas/identifiers/index.ts'
import { formatInstant } from '../../schemas/instants.ts'
import { EVERY_MATTER } from '../../schemas/mandate.ts'
import { en, type Html } from '../frame/frame.ts'

/** The form as it was sent. */
export interface OfferFields {
  /** Words to look for among the matters' names. */
  readonly words: string
  readonly matters: readonly string[]
  readonly regions: readonly string[]
  /** `yyyy-MM-dd`; both days count. */
  readonly from: string
  readonly until: string
  readonly documentType: string
  readonly documentNumber: string
}

export const EMPTY: OfferFields = {
  words: '',
  matters: [],
  regions: [],
  from: '',
  until: '',
  documentType: '111',
  documentNumber: '',
}

/** Reads the fields of a form. */
export function fieldsIn(form: FormData): OfferFields {
  const one = (name: string) => String(form.get(name) ?? '').trim()
  const many = (name: string) => form.getAll(name).map(String)
  return {
    words: one('words').slice(0, 100),
    matters: many('matter'),
    regions: many('region'),
    from: one('from'),
    until: one('until'),
    documentType: one('documentType'),
    documentNumber: one('documentNumber'),
  }
}

const DAY_MS = 86_400_000
const startOf = (day: string) => `${day}T00:00:00+08:00`

/** The offer that the fields make: the last day counts as a whole. What is wrong with it the verb says. */
export function offerOf(fields: OfferFields): object {
  const { matters, regions, from, until, documentType, documentNumber } = fields
  const last = Date.parse(startOf(until))
  return {
    matters: matters.includes(EVERY_MATTER) ? [EVERY_MATTER] : matters,
    regions,
    ...(from === '' ? {} : { from: startOf(from) }),
    until: Number.isNaN(last) ? until : formatInstant(new Date(last + DAY_MS)),
    ...(documentNumber === ''
      ? {}
      : { receiver: { idDocument: { type: documentType, number: documentNumber } } }),
  }
}

/** A matter that can be chosen. Its base code counts in every region; a region's own matter has its id alone. */
interface Choice {
  readonly value: string
  readonly name: string
}

const FOUND_AT_MOST = 30

async function choicesOf({ words, matters }: OfferFields, deps: Deps): Promise<readonly Choice[]> {
  const names = await matterNames(matters, deps)
  const chosen = matters
    .filter((one) => one !== EVERY_MATTER)
    .map((value) => ({ value, name: names.get(value) ?? value }))
  const rows =
    words === ''
      ? []
      : await deps.store.matters.search({ q: words, limit: FOUND_AT_MOST, document: { fileable: true } })
  const found = rows.map(({ id, baseCode, name }) => ({ value: baseCode ?? id, name }))
  return [...new Map([...chosen, ...found].map((one) => [one.value, one])).values()]
}

const checkbox = (name: string, value: string, isChecked: boolean, words: string | Html): Html =>
  html`<label><input type="checkbox" name="${name}" value="${value}"${isChecked ? html` checked` : ''}>${words}</label>`

const PLACES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  matters: ['事项', 'Matters'],
  regions: ['地区', 'Where'],
  from: ['开始日期', 'From'],
  until: ['结束日期', 'Until'],
  receiver: ['对方证件', 'The other’s document'],
}

/** A fault with the name of its field as the form writes it. */
function faultLine({ pointer, zh, en: english }: FieldError): Html {
  const [place, placeEn] = PLACES[pointer.split('/')[1] ?? ''] ?? ['', '']
  return html`<li>${place}: ${zh}<br>${en(`${placeEn}: ${english}`)}</li>`
}

/** The form. @param errors what was wrong with what was sent before */
export async function offerForm(
  fields: OfferFields,
  errors: readonly FieldError[],
  formToken: string,
  deps: Deps,
): Promise<Html> {
  const choices = await choicesOf(fields, deps)
  const today = formatInstant(deps.now()).slice(0, 10)
  return html`<h1>授权他人代办 ${en('Let somebody act for you')}</h1>
${errors.length > 0 ? html`<div role="alert" class="card"><ul>${errors.map(faultLine)}</ul></div>` : ''}
<form method="post" action="/me/mandates/new"><input type="hidden" name="token" value="${formToken}">
<h2>哪些事项 ${en('Which matters')}</h2>
<label for="words">按名称查找 ${en('Search by name')}</label><div class="row"><input class="grow" id="words" name="words" value="${fields.words}" maxlength="100"><button class="plain" name="do" value="search" formnovalidate>查找 Search</button></div>
${fields.words !== '' && choices.length === 0 ? html`<p role="status">没有找到名称含“${fields.words}”的事项。 ${en('Nothing found.')}</p>` : ''}
${choices.map(({ value, name }) => checkbox('matter', value, fields.matters.includes(value), html`${name} <span class="quiet">${value}</span>`))}
${checkbox('matter', EVERY_MATTER, fields.matters.includes(EVERY_MATTER), html`全部事项 ${en('every matter')}`)}
<h2>哪些地区 ${en('Where')}</h2>
${REGIONS.map(({ id, zh, en: english }) => checkbox('region', id, fields.regions.includes(id), html`${zh} ${en(english)}`))}
<h2>多长时间 ${en('How long')}</h2>
<label for="from">从 (不填即现在) ${en('From; now when empty')}</label><input id="from" name="from" type="date" value="${fields.from}" min="${today}">
<label for="until">到 (含当天, 最长一年) ${en('Until, that day included; a year at most')}</label><input id="until" name="until" type="date" value="${fields.until}" min="${today}" required>
<h2>给谁 ${en('For whom')}</h2>
<p class="quiet">填写对方证件后, 只有本人能接受; 不填则得到授权码的人都能接受一次。 <span lang="en">With a document only that person can accept; without, whoever has the code, once.</span></p>
<label for="documentType">证件类型 ${en('Kind of document')}</label><select id="documentType" name="documentType">${Object.entries(
    ID_DOCUMENT_TYPES,
  )
    .filter(([type]) => type !== '001' && type !== '099')
    .toSorted(([one], [other]) => Number(other === '111') - Number(one === '111'))
    .map(
      ([type, { zh }]) =>
        html`<option value="${type}"${type === fields.documentType ? html` selected` : ''}>${zh}</option>`,
    )}</select>
<label for="documentNumber">证件号码 (可不填) ${en('Number, optional')}</label><input id="documentNumber" name="documentNumber" value="${fields.documentNumber}" maxlength="50" autocomplete="off">
<p><button name="do" value="offer">生成授权码 Make the code</button></p></form>`
}
