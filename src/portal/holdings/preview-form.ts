/** The one preview as a page: documents, fields, and the consents in their exact words. */
import { html } from 'hono/html'
import type { Previewed } from '../../federation/preview/preview.ts'
import type { Candidate, Preview, PreviewDocument, PreviewField } from '../../schemas/preview.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import {
  cityFor,
  completenessWords,
  minuteOf,
  placeWords,
  scopeLinks,
  VERDICT_WORDS,
} from './holding-words.ts'
import { type Ask, isUsable, type Pick, pickName, WITHHOLD } from './preview-choice.ts'

/** Said above the form when it comes back. */
export interface Notice {
  readonly zh: string
  readonly en: string
}

export interface Shown extends Previewed {
  /** Which cities were asked, as the address names them. */
  readonly cities: string
  readonly picks: readonly Pick[]
  readonly asks: readonly Ask[]
  readonly notice?: Notice
}

/** @param token the hidden field of the form @param reader of the page */
export function previewForm(shown: Shown, token: Html, reader: Reader): Html {
  const { preview, form, cities, picks, asks, notice } = shown
  const { matter, receiver, documents, fields } = preview
  const { say, name } = reader
  return html`<h1>${name(matter.name)}</h1>
<p>${say('在交出任何东西之前, 请先看一遍: 会交什么、从哪里来、为什么要。', 'Before anything is handed over: what, from where and why.')} ${say(html`交给: <strong>${receiver.name}</strong>`, html`Receiver: <strong>${receiver.nameEn}</strong>`)}</p>
${figureList(preview.figures, reader)}
${notice ? html`<p class="fault card" role="alert" id="notice">${say(notice.zh, notice.en)}</p>` : ''}
<form method="post" action="/me/preview">${token}<input type="hidden" name="matter" value="${matter.id}"><input type="hidden" name="division" value="${matter.division}"><input type="hidden" name="cities" value="${cities}">
<h2>${say('材料', 'Documents')}</h2>${documents.map((one) => documentCard(one, picks, reader))}
${picks.length > 0 || documents.some(({ candidates }) => candidates.some(isUsable)) ? html`<p class="row"><button class="plain" name="do" value="choose">${say('更新同意书', 'Update')}</button><span class="quiet grow">${say('改了选择就先更新, 再到下面勾选。', 'After a change, update first, then tick below.')}</span></p>` : ''}
<h2>${say('表格', 'Form')}</h2>${fieldList(fields, form, reader)}
${consents(asks, reader)}</form>
${whoWasAsked(shown, reader)}`
}

const figureList = ({ documents, exempted, toType }: Preview['figures'], { say }: Reader): Html =>
  html`<dl class="figures"><div><dt>${say('材料', 'Documents')}</dt><dd>${say(`${documents} 项`, String(documents))}</dd></div><div><dt>${say('免交', 'Spared')}</dt><dd>${say(`${exempted} 项`, String(exempted))}</dd></div><div><dt>${say('要填', 'To type')}</dt><dd>${say(`${toType} 项`, String(toType))}</dd></div></dl>`

function whoWasAsked({ preview: { matter, completeness }, cities }: Shown, reader: Reader): Html {
  const { say } = reader
  return html`<h2>${say('问过哪些城市', 'Which cities were asked')}</h2>
${scopeLinks(`/me/preview?matter=${encodeURIComponent(matter.id)}&division=${matter.division}`, cities, reader)}
${completeness.photos ? html`<h3>${say('照片', 'Photos')}</h3>${completenessWords(completeness.photos, ['照片', 'photo'], reader)}` : ''}
<h3>${say('证照', 'Licences')}</h3>${completenessWords(completeness.licences, ['证照', 'licence'], reader)}`
}

const NECESSITY: Readonly<Record<PreviewDocument['necessity'], readonly [zh: string, en: string]>> = {
  required: ['必要', 'required'],
  optional: ['非必要', 'optional'],
  deferrable: ['可容缺后补', 'may follow later'],
  creditDeferrable: ['可信用后补', 'may follow on credit'],
}

function documentCard(document: PreviewDocument, picks: readonly Pick[], reader: Reader): Html {
  const { id, necessity, candidates, needed, withheld } = document
  const { say, name } = reader
  const pick = picks.find((one) => one.document === id)?.holding
  const head = html`${name(document.name)} <span class="quiet">${say(...NECESSITY[necessity])}</span>`
  const why = html`<details><summary>${say('为什么要', 'Why')}</summary><p>${name(needed)}</p></details>`
  if (candidates.length === 0)
    return html`<section class="card"><h3>${head}</h3><p>${necessity === 'required' ? say('没有可以代替的照片或证照, 请您自己准备。', 'No photo or licence can stand for it: bring it yourself.') : say('可以不交。', 'May be left out.')}</p>${why}</section>`
  return html`<fieldset class="card"><legend>${head}</legend>
${candidates.map((one) => candidateLine(one, pickName(id), one.id === pick, reader))}
${radio(pickName(id), WITHHOLD, pick === undefined, false, html`${say('不提供', 'Withhold')}<br><span class="quiet">${name(withheld)}</span>`)}${why}</fieldset>`
}

const radio = (field: string, value: string, isChecked: boolean, isOff: boolean, words: Html): Html =>
  html`<label class="choice"><input type="radio" name="${field}" value="${value}"${isChecked ? html` checked` : ''}${isOff ? html` disabled` : ''}><span>${words}</span></label>`

function candidateLine(candidate: Candidate, field: string, isChecked: boolean, reader: Reader): Html {
  const { source, verdict, because } = candidate
  const { say, name } = reader
  const words = html`<strong>${name({ zh: candidate.name })}</strong><br>${say(...VERDICT_WORDS[verdict])}<br><span class="quiet">${say('来自', 'From')} ${placeWords(source, reader)} · ${say('查询于', 'asked at')} ${minuteOf(source.asOf)}</span>`
  return html`${radio(field, candidate.id, isChecked, !isUsable(candidate), words)}${because.length === 0 ? '' : html`<details class="under"><summary>${say('理由', 'Reasons')}</summary>${candidate.kind === 'photo' ? html`<p><a href="/me/photos/${candidate.id}">${say('看照片', 'Look at the photo')}</a></p>` : ''}<ul>${because.map((one) => html`<li>${name(one)}</li>`)}</ul></details>`}`
}

/** Known fields with their source; those to type in one line each. */
function fieldList(fields: Preview['fields'], form: Previewed['form'], { say, ...reader }: Reader): Html {
  const known = fields.filter(({ value }) => value !== null)
  const open = fields.filter(({ value }) => value === null)
  return html`<p class="quiet">${say('办理这件事的申请表要求填写这些。', 'The form of this matter asks for them.')}</p>
<section class="card"><h3>${say(`不用填, 已有 ${known.length} 项`, `Known: ${known.length}`)}</h3><dl class="fields">${known.map((one) => knownField(one, form, { say, ...reader }))}</dl></section>
${open.length === 0 ? '' : html`<section class="card"><h3>${say('要您填', 'For you to type')}</h3><ul>${open.map(({ label, required }) => html`<li>${reader.name(label)}${required ? '' : html` <span class="quiet">${say('选填', 'optional')}</span>`}</li>`)}</ul></section>`}`
}

/** A sensitive value stays masked until it is opened. */
function knownField(
  { pointer, label, value, isSensitive, source }: PreviewField,
  form: Previewed['form'],
  reader: Reader,
): Html {
  const { say, name } = reader
  const plain = pointer.startsWith('/form/') ? form[pointer.slice('/form/'.length)] : undefined
  const shown =
    isSensitive && plain !== undefined
      ? html`<details><summary>${value} ${say('显示', 'show')}</summary>${cityFor(plain, reader)}</details>`
      : html`${cityFor(value ?? '', reader)}`
  return html`<dt>${name(label)}</dt><dd>${shown}${source ? html`<span class="quiet">${name({ zh: source.name })} · ${minuteOf(source.asOf)}</span>` : ''}</dd>`
}

const HEADS: Readonly<Record<Candidate['kind'], readonly [zh: string, en: string]>> = {
  photo: ['同意交出照片 (敏感个人信息, 单独同意)', 'Consent to photos: sensitive, separate'],
  licence: ['同意交出电子证照', 'Consent to licences'],
}

function consents(asks: readonly Ask[], reader: Reader): Html {
  const { say } = reader
  const head = html`<h2>${say('同意', 'Consent')}</h2>`
  if (asks.length === 0)
    return html`${head}<p>${say('没有选用照片或证照, 不需要同意, 也不会交出任何东西。', 'Nothing was chosen: there is nothing to agree to, and nothing is handed over.')}</p>`
  const needsGuardian = asks.some(({ text }) => text.needsGuardian)
  return html`${head}
<p>${say('每一项分开决定。不勾选就不交出, 不影响您自己上传或到窗口办理。', 'Each is decided by itself. What is not ticked is not handed over; you may upload it yourself or go to a window.')}</p>
${asks.map((ask) => consentCard(ask, reader))}
${needsGuardian ? html`<p>${say('申请人未满十四周岁, 需要监护人同意: 下一步会给出一个码, 请监护人用自己的账号登录后确认。', 'Below fourteen a guardian agrees: the next page gives a code for them.')}</p>` : ''}
<p><button name="do" value="agree">${needsGuardian ? say('请监护人同意', 'Ask the guardian') : say('同意勾选的各项', 'Agree to what is ticked')}</button></p>
<p class="quiet">${say('这一步不提交申请, 只准备材料。随时可以在“同意”里撤回。', 'Nothing is filed yet. You can withdraw at any time under “Consents”.')}</p>`
}

function consentCard({ request: { kind }, text: { wording, needsGuardian } }: Ask, { say }: Reader): Html {
  return html`<section class="card consent"><h3>${say(...HEADS[kind])}</h3>
<p class="words" id="words-${kind}">${say(wording.zh, wording.en)}</p>
<input type="hidden" name="digest.${kind}" value="${wording.digest}">
<label class="choice"><input type="checkbox" name="agree.${kind}" value="yes" aria-describedby="words-${kind}"><span>${needsGuardian ? say('请监护人确认以上内容', 'Ask the guardian for this') : say('我同意以上内容', 'I agree to this')}</span></label></section>`
}
