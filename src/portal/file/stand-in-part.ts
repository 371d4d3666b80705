/** What of the one preview stands for a document: each with the consent that it takes, in the document's own step. */
import { html } from 'hono/html'
import type { Chosen, StandIn, StandIns } from '../../federation/drafts/stand-ins.ts'
import { overNotice } from '../frame/awake.ts'
import type { Name, Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { completenessWords, minuteOf, placeWords, VERDICT_WORDS } from '../holdings/holding-words.ts'
import { isUsable } from '../holdings/preview-choice.ts'
import { MODES } from './document-input.ts'

/** What was found, or why nobody could be asked. */
export interface FoundStandIns {
  readonly found: StandIns | undefined
  readonly problem?: Name | undefined
  /** Licences or photos, in both languages. */
  readonly what: readonly [zh: string, en: string]
  /** What stands for the document already: it is not offered again. */
  readonly chosen?: string | undefined
}

/** Names of the form's fields. */
const HOLDING = 'holding'
const DIGEST = 'digest'
const AGREED = 'agree'

/** What a form chose; the words count only with a tick. */
export const chosenIn = (form: FormData): Chosen => ({
  holding: String(form.get(HOLDING) ?? ''),
  digest: form.get(AGREED) === 'yes' ? String(form.get(DIGEST) ?? '') : undefined,
})

/** @param hidden fields that each form carries */
export function standInPart(
  { found, problem, what, chosen }: FoundStandIns,
  hidden: Html,
  reader: Reader,
): Html {
  const { say, name } = reader
  const head = html`<h2>${say(`用我的${what[0]}, 不用上传`, `Use my ${what[1]}, upload nothing`)}</h2>`
  if (problem)
    return html`${head}<p class="note">${say('现在查不到。', 'They cannot be looked up now.')} ${name(problem)}</p>`
  if (!found || (chosen !== undefined && found.items.length < 2)) return html``
  const [best, ...others] = found.items.filter(
    ({ candidate }) => isUsable(candidate) && candidate.id !== chosen,
  )
  const unfit = found.items.filter(({ candidate }) => !isUsable(candidate))
  const silent = completenessWords(found.completeness, what, reader)
  return html`${head}${
    best
      ? card(best, 0, hidden, reader)
      : chosen
        ? ''
        : html`<p>${say(`没有查到能代替这份材料的${what[0]}。`, `No ${what[1]} was found that stands for this document.`)}</p>${silent}`
  }
${others.length > 0 ? html`<details><summary>${say(`另外 ${others.length} 份也能用`, `${others.length} more can be used`)}</summary>${others.map((one, index) => card(one, index + 1, hidden, reader))}</details>` : ''}
${unfit.length > 0 ? html`<details><summary>${say(`${unfit.length} 份不能用`, `${unfit.length} cannot be used`)}</summary>${unfit.map(({ candidate }) => unfitLine(candidate, reader))}</details>` : ''}`
}

function unfitLine({ name: own, because }: StandIn['candidate'], { name }: Reader): Html {
  return html`<p>${name({ zh: own })}</p><ul>${because.map((one) => html`<li>${name(one)}</li>`)}</ul>`
}

function card({ candidate, words }: StandIn, index: number, hidden: Html, reader: Reader): Html {
  const { say, name } = reader
  const { source, verdict, because, kind } = candidate
  const reasons =
    verdict === 'fits'
      ? ''
      : html`<details class="under"><summary>${say('理由', 'Reasons')}</summary><ul>${because.map((one) => html`<li>${name(one)}</li>`)}</ul></details>`
  return html`<form class="card consent" method="post" enctype="multipart/form-data" data-awake><h3>${name({ zh: candidate.name })}</h3><p>${say(...VERDICT_WORDS[verdict])}<br><span class="quiet">${say('来自', 'From')} ${placeWords(source, reader)} · ${say('查询于', 'asked at')} ${minuteOf(source.asOf)}</span></p>${kind === 'photo' ? html`<p><a href="/me/photos/${candidate.id}">${say('看照片', 'Look at the photo')}</a></p>` : ''}${reasons}
${words ? consent(words, index, reader) : html`<p class="good">✓ ${say('您已经同意把它交给受理部门', 'You have agreed that it goes to the department')}</p>`}
<p><button name="mode" value="${MODES.standIn}">${words?.needsGuardian ? say('请监护人同意', 'Ask the guardian') : words ? say('同意并使用', 'Agree and use it') : say('使用', 'Use it')}<span class="unseen"> ${candidate.name}</span></button></p>${hidden}<input type="hidden" name="${HOLDING}" value="${candidate.id}">${overNotice(reader)}</form>`
}

function consent({ wording, needsGuardian }: NonNullable<StandIn['words']>, index: number, { say }: Reader) {
  return html`<p class="words" id="words-${index}">${say(wording.zh, wording.en)}</p><input type="hidden" name="${DIGEST}" value="${wording.digest}">
<label class="choice"><input type="checkbox" name="${AGREED}" value="yes" required aria-describedby="words-${index}"><span>${needsGuardian ? say('请监护人确认以上内容', 'Ask the guardian for this') : say('我同意以上内容', 'I agree to this')}</span></label>
<p class="quiet">${say('不同意就自己上传, 不影响办理。随时可以在“同意”里撤回。', 'If you do not agree, upload it yourself. You can withdraw at any time under “Consents”.')}</p>`
}
