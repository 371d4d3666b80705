/** The one preview as a page: documents, fields, and the consents in their exact words. */
import { html, raw } from 'hono/html'
import type { Previewed } from '../../federation/preview/preview.ts'
import type { Candidate, Preview, PreviewDocument, PreviewField } from '../../schemas/preview.ts'
import { en, type Html } from '../frame/frame.ts'
import {
  cityWords,
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

/** @param token the hidden field of the form */
export function previewForm({ preview, form, cities, picks, asks, notice }: Shown, token: Html): Html {
  const { matter, receiver, documents, fields, figures, completeness } = preview
  return html`<h1>${matter.name.zh} ${en('Preview')}</h1>
<p>在交出任何东西之前, 请先看一遍: 会交什么、从哪里来、为什么要。交给: <strong>${receiver.name}</strong><br>${en(`Before anything is handed over: what, from where and why. Receiver: ${receiver.nameEn}.`)}</p>
<dl class="figures"><div><dt>材料</dt><dd>${figures.documents} 项</dd></div><div><dt>免交</dt><dd>${figures.exempted} 项</dd></div><div><dt>要填</dt><dd>${figures.toType} 项</dd></div></dl>
${notice ? html`<p class="fault card" role="alert" id="notice">${notice.zh}<br>${en(notice.en)}</p>` : ''}
<form method="post" action="/me/preview">${token}<input type="hidden" name="matter" value="${matter.id}"><input type="hidden" name="division" value="${matter.division}"><input type="hidden" name="cities" value="${cities}">
<h2>材料 ${en('Documents')}</h2>${documents.map((one) => documentCard(one, picks))}
${picks.length > 0 || documents.some(({ candidates }) => candidates.some(isUsable)) ? html`<p class="row"><button class="plain" name="do" value="choose">更新同意书 Update</button><span class="quiet grow">改了选择就先更新, 再到下面勾选。 <span lang="en">After a change.</span></span></p>` : ''}
<h2>表格 ${en('Form')}</h2>${fieldList(fields, form)}
${consents(asks)}</form>
<h2>问过哪些城市 ${en('Who was asked')}</h2>
${scopeLinks(`/me/preview?matter=${encodeURIComponent(matter.id)}&division=${matter.division}`, cities)}
${completeness.photos ? html`<h3>照片 ${en('Photos')}</h3>${completenessWords(completeness.photos, ['照片', 'photo'])}` : ''}
<h3>证照 ${en('Licences')}</h3>${completenessWords(completeness.licences, ['证照', 'licence'])}`
}

const NECESSITY: Readonly<Record<PreviewDocument['necessity'], string>> = {
  required: '必要',
  optional: '非必要',
  deferrable: '可容缺后补',
  creditDeferrable: '可信用后补',
}

function documentCard(document: PreviewDocument, picks: readonly Pick[]): Html {
  const { id, name, necessity, candidates, needed, withheld } = document
  const pick = picks.find((one) => one.document === id)?.holding
  const why = html`<details><summary>为什么要 ${en('Why')}</summary><p>${needed.zh}<br>${en(needed.en ?? '')}</p></details>`
  if (candidates.length === 0)
    return html`<section class="card"><h3>${name.zh} <span class="quiet">${NECESSITY[necessity]}</span></h3><p>${necessity === 'required' ? html`没有可以代替的照片或证照, 请您自己准备。 ${en('Bring it yourself.')}` : html`可以不交。 ${en('May be left out.')}`}</p>${why}</section>`
  return html`<fieldset class="card"><legend>${name.zh} <span class="quiet">${NECESSITY[necessity]}</span></legend>
${candidates.map((one) => candidateLine(one, pickName(id), one.id === pick))}
${radio(pickName(id), WITHHOLD, pick === undefined, false, html`不提供 ${en('Withhold')}<br><span class="quiet">${withheld.zh}</span>`)}${why}</fieldset>`
}

const radio = (name: string, value: string, isChecked: boolean, isOff: boolean, words: Html): Html =>
  html`<label class="choice"><input type="radio" name="${name}" value="${value}"${isChecked ? raw(' checked') : ''}${isOff ? raw(' disabled') : ''}><span>${words}</span></label>`

function candidateLine(candidate: Candidate, name: string, isChecked: boolean): Html {
  const { source, verdict, because } = candidate
  const words = html`<strong>${candidate.name}</strong><br>${VERDICT_WORDS[verdict][0]} ${en(VERDICT_WORDS[verdict][1])}<br><span class="quiet">来自 ${placeWords(source)} · 查询于 ${minuteOf(source.asOf)}</span>`
  return html`${radio(name, candidate.id, isChecked, !isUsable(candidate), words)}${because.length === 0 ? '' : html`<details class="under"><summary>理由 ${en('Reasons')}</summary>${candidate.kind === 'photo' ? html`<p><a href="/me/photos/${candidate.id}">看照片 ${en('Look at the photo')}</a></p>` : ''}<ul>${because.map(({ zh, en: english }) => html`<li>${zh}<br>${en(english ?? '')}</li>`)}</ul></details>`}`
}

/** Known fields with their source; those to type in one line each. */
function fieldList(fields: Preview['fields'], form: Previewed['form']): Html {
  const known = fields.filter(({ value }) => value !== null)
  const open = fields.filter(({ value }) => value === null)
  return html`<p class="quiet">办理这件事的申请表要求填写这些。 <span lang="en">The form of this matter asks for them.</span></p>
<section class="card"><h3>不用填, 已有 ${known.length} 项 ${en('Known')}</h3><dl class="fields">${known.map((one) => knownField(one, form))}</dl></section>
${open.length === 0 ? '' : html`<section class="card"><h3>要您填 ${en('For you to type')}</h3><ul>${open.map(({ label, required }) => html`<li>${label.zh}${required ? '' : html` <span class="quiet">选填</span>`}</li>`)}</ul></section>`}`
}

/** A sensitive value stays masked until it is opened. */
function knownField(
  { pointer, label, value, isSensitive, source }: PreviewField,
  form: Previewed['form'],
): Html {
  const plain = pointer.startsWith('/form/') ? form[pointer.slice('/form/'.length)] : undefined
  const shown =
    isSensitive && plain !== undefined
      ? html`<details><summary>${value} ${en('show')}</summary>${readable(plain)}</details>`
      : html`${readable(value ?? '')}`
  return html`<dt>${label.zh}</dt><dd>${shown}${source ? html`<span class="quiet">${source.name} · ${minuteOf(source.asOf)}</span>` : ''}</dd>`
}

/** A city as people call it. */
const readable = (value: string): string => cityWords(value) ?? value

const HEADS = {
  photo: ['同意交出照片 (敏感个人信息, 单独同意)', 'Consent to photos: sensitive, separate'],
  licence: ['同意交出电子证照', 'Consent to licences'],
} as const

function consents(asks: readonly Ask[]): Html {
  if (asks.length === 0)
    return html`<h2>同意 ${en('Consent')}</h2><p>没有选用照片或证照, 不需要同意, 也不会交出任何东西。<br>${en('Nothing was chosen: there is nothing to agree to, and nothing is handed over.')}</p>`
  const needsGuardian = asks.some(({ text }) => text.needsGuardian)
  return html`<h2>同意 ${en('Consent')}</h2>
<p>每一项分开决定。不勾选就不交出, 不影响您自己上传或到窗口办理。<br>${en('Each is decided by itself. What is not ticked is not handed over.')}</p>
${asks.map(consentCard)}
${needsGuardian ? html`<p>申请人未满十四周岁, 需要监护人同意: 下一步会给出一个码, 请监护人用自己的账号登录后确认。<br>${en('Below fourteen a guardian agrees: the next page gives a code for them.')}</p>` : ''}
<p><button name="do" value="agree">${needsGuardian ? '请监护人同意 Ask the guardian' : '同意勾选的各项 Agree to what is ticked'}</button></p>
<p class="quiet">这一步不提交申请, 只准备材料。随时可以在“同意”里撤回。 <span lang="en">Nothing is filed yet. You can withdraw at any time.</span></p>`
}

function consentCard({ request: { kind }, text: { wording, needsGuardian } }: Ask): Html {
  const [zh, english] = HEADS[kind]
  return html`<section class="card consent"><h3>${zh} ${en(english)}</h3>
<p class="words" id="words-${kind}">${wording.zh}</p><details><summary lang="en">In English</summary><p class="words" lang="en">${wording.en}</p></details>
<input type="hidden" name="digest.${kind}" value="${wording.digest}">
<label class="choice"><input type="checkbox" name="agree.${kind}" value="yes" aria-describedby="words-${kind}"><span>${needsGuardian ? '请监护人确认以上内容' : '我同意以上内容'} ${en(needsGuardian ? 'Ask for this' : 'I agree')}</span></label></section>`
}
