/** For whom an application is: oneself, or somebody who gave a mandate. */
import { html } from 'hono/html'
import type { Draft } from '../../federation/drafts/content.ts'
import type { Usable } from '../../federation/mandates/usable.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

/** The name of the choice in the form; empty for oneself. */
export const MANDATE = 'mandate'

/** Said on every page of an application for somebody else. */
export const whoseWords = ({ content, subject }: Draft, { say }: Reader): Html | '' =>
  content.mandate
    ? html`<p><span class="tag">${say('代办', 'On a mandate')}</span> ${say(html`为 <strong>${subject.name}</strong> 办理`, html`For <strong lang="zh-CN">${subject.name}</strong>`)}</p>`
    : ''

/** Whoever the log-in stands for. */
interface Own {
  readonly name: string
  readonly isFirm: boolean
}

export function forWhom(usable: readonly Usable[], { name, isFirm }: Own, { say }: Reader): Html | '' {
  if (usable.length === 0) return ''
  const choice = (value: string, words: Html, isChecked: boolean) =>
    html`<label class="choice"><input type="radio" name="${MANDATE}" value="${value}" required${isChecked ? html` checked` : ''}><span>${words}</span></label>`
  return html`<fieldset class="card"><legend>${say('为谁办理', 'For whom')}</legend>
${choice('', html`${isFirm ? say('为登录的企业', 'For the firm of the log-in') : say('为自己', 'For myself')}: <span lang="zh-CN">${name}</span>`, true)}
${usable.map(({ id, giver, until }) => choice(id, html`${say('受托为', 'On a mandate for')} <strong lang="zh-CN">${giver}</strong><br><span class="quiet">${say('授权有效至', 'The mandate holds until')} ${formatInstant(until).slice(0, 10)}</span>`, false))}
<p class="quiet">${say('代办时草稿归您, 申请归委托人; 您自己的证照不会用在里面。', 'On a mandate the draft is yours and the application theirs; none of your own papers goes into it.')}</p></fieldset>`
}
