/** One value of an application on the page with everything: what it is, whence, and the way to change it. */
import { html } from 'hono/html'
import type { Answer, Draft, DraftDocument } from '../../federation/drafts/content.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { documentWords, LEFT_OUT_WORDS } from './document-words.ts'
import type { Step } from './steps.ts'

/** What is shown of one question. */
interface Shown {
  readonly value: Html | string
  readonly from: Html | string
}

/** Who applies, and on a mandate who acts for them. */
export function applicantLines({ subject, person, content }: Draft, { say }: Reader): Html {
  const logIn = say('来自统一身份认证', 'From the log-in')
  const line = (label: string, { name }: { readonly name: string }, from: Html | string) =>
    html`<dt>${label}</dt><dd><span lang="zh-CN">${name}</span><span class="quiet">${from}</span></dd>`
  const applicant = say('申请人', 'Applicant')
  if (!content.mandate) return line(applicant, subject, logIn)
  const mandate = html`<a href="/me/mandates">${say('来自委托人给您的授权', 'From the mandate that was given to you')}</a>`
  return html`${line(applicant, subject, mandate)}${line(say('经办人 (您)', 'Agent (you)'), person, logIn)}`
}

export function checkLine(step: Step, draft: Draft, reader: Reader): Html {
  const { key, label, document } = step
  const { say, name } = reader
  const answer = draft.content.answers[key]
  const held = draft.content.documents.find(({ id }) => id === document?.id)
  const shown = document ? documentShown(held, answer, reader) : answerShown(step, answer, reader)
  const none =
    document && document.necessity !== 'required'
      ? say('没有选, 可以不交', 'None chosen; it may be left out')
      : '—'
  const path = `/me/drafts/${draft.row.id}/steps/${encodeURIComponent(key)}`
  return html`<dt>${name(label)}</dt><dd>${shown?.value ?? none} <a href="${path}">${say('修改', 'Change')}<span class="unseen"> ${name(label)}</span></a>${shown ? html`<span class="quiet">${shown.from}</span>` : ''}</dd>`
}

function answerShown({ field }: Step, answer: Answer | undefined, { say, name }: Reader): Shown | undefined {
  if (!answer || answer.value === '') return undefined
  const option = field?.options?.find(({ value }) => value === answer.value)
  return {
    value: option ? name(option.label) : answer.value,
    from: answer.source
      ? html`${say('来自', 'From')} ${name({ zh: answer.source.name, en: answer.source.en })}`
      : say('您填写的', 'Your own words'),
  }
}

function documentShown(
  held: DraftDocument | undefined,
  leftOut: Answer | undefined,
  reader: Reader,
): Shown | undefined {
  const { say } = reader
  const own = say('您选择的', 'Your own choice')
  if (!held) return leftOut ? { value: say(...LEFT_OUT_WORDS), from: own } : undefined
  const agreed = html`${say('您同意交给受理部门', 'You agreed that it is handed over')} · <a href="/me/consents">${say('看同意', 'See the consents')}</a>`
  return { value: documentWords(held, reader), from: held.standsFor ? agreed : own }
}
