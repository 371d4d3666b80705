/** What the form of an offer holds, and how it looks. It works without a script: searching sends the form and brings it back. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { FieldError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { matterNames } from '../../federation/mandates/present.ts'
import { ID_DOCUMENT_TYPES } from '../../schemas/identifiers/index.ts'
import { formatInstant } from '../../schemas/instants.ts'
import { EVERY_MATTER } from '../../schemas/mandate.ts'
import { REGIONS } from '../../schemas/regions.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

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

const checkbox = (field: string, value: string, isChecked: boolean, words: string | Html): Html =>
  html`<label class="choice"><input type="checkbox" name="${field}" value="${value}"${isChecked ? html` checked` : ''}><span>${words}</span></label>`

/** Where a fault stands: the field's name, and the element to go to. */
const PLACES: Readonly<Record<string, readonly [zh: string, en: string, id: string]>> = {
  matters: ['事项', 'Matters', 'words'],
  regions: ['地区', 'Where', 'regions'],
  from: ['开始日期', 'From', 'from'],
  until: ['结束日期', 'Until', 'until'],
  receiver: ['对方证件', 'The other’s document', 'documentNumber'],
}
const placeOf = ({ pointer }: FieldError) =>
  PLACES[pointer.split('/')[1] ?? ''] ?? (['', '', 'words'] as const)

/** All faults on top, each with a way to its field. */
const faultList = (errors: readonly FieldError[], { say }: Reader): Html =>
  html`<div role="alert" class="problems" tabindex="-1" id="faults"><ul>${errors.map((error) => {
    const [zh, en, id] = placeOf(error)
    return html`<li><a href="#${id}">${say(zh, en)}</a>: ${say(error.zh, error.en)}</li>`
  })}</ul></div>`

/** The form. @param errors what was wrong with what was sent before */
export async function offerForm(
  fields: OfferFields,
  errors: readonly FieldError[],
  c: Context<PortalEnv>,
  deps: Deps,
): Promise<Html> {
  const reader = c.get('reader')
  const { say, name } = reader
  const choices = await choicesOf(fields, deps)
  const wrong = new Set(errors.map((error) => placeOf(error)[2]))
  return html`<h1>${say('授权他人代办', 'Let somebody act for you')}</h1>
${errors.length > 0 ? faultList(errors, reader) : ''}
<form method="post" action="/me/mandates/new">${tokenField(c)}
<h2>${say('哪些事项', 'Which matters')}</h2>
<label for="words">${say('按名称查找', 'Search by name')}</label><div class="row"><input class="grow" id="words" name="words" value="${fields.words}" maxlength="100"${fault(wrong.has('words'))}><button class="plain" name="do" value="search" formnovalidate>${say('查找', 'Search')}</button></div>
${fields.words !== '' && choices.length === 0 ? html`<p role="status">${say(`没有找到名称含“${fields.words}”的事项。`, `No matter has “${fields.words}” in its name.`)}</p>` : ''}
${choices.map((one) => checkbox('matter', one.value, fields.matters.includes(one.value), html`${name({ zh: one.name })} <span class="quiet extra">${one.value}</span>`))}
${checkbox('matter', EVERY_MATTER, fields.matters.includes(EVERY_MATTER), say('全部事项', 'every matter'))}
<h2 id="regions" tabindex="-1">${say('哪些地区', 'Where')}</h2>
${REGIONS.map((region) => checkbox('region', region.id, fields.regions.includes(region.id), name(region)))}
${daysAndReceiver(fields, wrong, formatInstant(deps.now()).slice(0, 10), reader)}
<p><button name="do" value="offer">${say('生成授权码', 'Make the code')}</button></p></form>`
}

const fault = (isWrong: boolean): Html | string =>
  isWrong ? html` aria-invalid="true" aria-describedby="faults"` : ''

const daysAndReceiver = (
  fields: OfferFields,
  wrong: ReadonlySet<string>,
  today: string,
  { say, name }: Reader,
): Html =>
  html`<h2>${say('多长时间', 'How long')}</h2>
<label for="from">${say('从 (不填即现在)', 'From (now when empty)')}</label><input id="from" name="from" type="date" value="${fields.from}" min="${today}"${fault(wrong.has('from'))}>
<label for="until">${say('到 (含当天, 最长一年)', 'Until (that day included; a year at most)')}</label><input id="until" name="until" type="date" value="${fields.until}" min="${today}" required${fault(wrong.has('until'))}>
<h2>${say('给谁', 'For whom')}</h2>
<p class="quiet">${say('填写对方证件后, 只有本人能接受; 不填则得到授权码的人都能接受一次。', 'With a document only that person can accept; without, whoever has the code, once.')}</p>
<label for="documentType">${say('证件类型', 'Kind of document')}</label><select id="documentType" name="documentType">${Object.entries(
    ID_DOCUMENT_TYPES,
  )
    .filter(([type]) => type !== '001' && type !== '099')
    .toSorted(([one], [other]) => Number(other === '111') - Number(one === '111'))
    .map(
      ([type, words]) =>
        html`<option value="${type}"${type === fields.documentType ? html` selected` : ''}>${name(words)}</option>`,
    )}</select>
<label for="documentNumber">${say('证件号码 (可不填)', 'Number (optional)')}</label><input id="documentNumber" name="documentNumber" value="${fields.documentNumber}" maxlength="50" autocomplete="off"${fault(wrong.has('documentNumber'))}>`
