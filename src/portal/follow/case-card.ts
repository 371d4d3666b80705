/** One case in a list: what it is, one true sentence, whose move it is, and by when. */
import { html } from 'hono/html'
import type { Followed } from '../../federation/cases/follow-cases.ts'
import type { Case } from '../../schemas/case.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { cityWords, dateOf, inWords } from './words.ts'

const BALL_WORDS: Readonly<Record<Case['ball'], readonly [zh: string, en: string]>> = {
  applicant: ['轮到您办', 'Your turn'],
  region: ['办理部门在办', 'With the department'],
  gateway: ['正在转送', 'On its way'],
  nobody: ['已经办完', 'Ended'],
}

/** Whose move it is, with a mark that is more than a colour. */
export function ballOf({ ball, clock }: Case, { say }: Reader): Html {
  const late =
    clock?.overdue && ball === 'region'
      ? html`<span class="tag wait">${say('已过承诺的日子', 'Past the promised day')}</span>`
      : ''
  return html`<span class="tag${ball === 'applicant' ? html` mine` : ''}">${ball === 'applicant' ? html`<span aria-hidden="true">▶ </span>` : ''}${say(...BALL_WORDS[ball])}</span>${late}`
}

/** Who is applied for, where it is somebody else. */
export const whoseOf = (of: string | null, { say }: Reader): Html | '' =>
  of === null
    ? ''
    : html`<span class="tag">${say('替', 'For')} <span lang="zh-CN">${of}</span>${say(' 办', '')}</span>`

/** The day by which something is due, in the words of who has to do it. */
function byWhen({ ball, next, dueOn }: Case, reader: Reader): Html | '' {
  const day = next?.by ?? (ball === 'region' ? dueOn : null)
  if (!day || ball === 'nobody') return ''
  const { say } = reader
  return ball === 'applicant'
    ? html`<strong>${say('最晚', 'By')} ${dateOf(day, reader)}</strong>`
    : html`${say('承诺', 'Promised by')} ${dateOf(day, reader)}${say('前办结', '')}`
}

export function caseCard({ case: one, of }: Followed, reader: Reader): Html {
  const { say, name } = reader
  const { id, matter, division, origin } = one
  return html`<li><h2><a href="/me/cases/${id}">${name(matter.name)}</a></h2>
<p>${ballOf(one, reader)}${whoseOf(of, reader)}<span class="quiet">${cityWords(division, reader)}${origin === 'listed' ? html` · ${say('在当地办的', 'filed there')}` : ''}</span></p>
<p>${inWords(one.sentence, reader)}</p><p>${byWhen(one, reader)}</p></li>`
}
