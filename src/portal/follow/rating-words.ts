/** 好差评 in the words of GB/T 39735, and how far a rating has got. */
import { html } from 'hono/html'
import { PROBLEMS, type ProblemCode } from '../../errors.ts'
import type { CaseRatings, RatingGrade, RatingTag } from '../../schemas/rating.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { quote, timeOf } from './words.ts'

type Pair = readonly [zh: string, en: string]

/** The five grades, best first. */
export const GRADE_WORDS: Readonly<Record<RatingGrade, Pair>> = {
  verySatisfied: ['非常满意', 'Very satisfied'],
  satisfied: ['满意', 'Satisfied'],
  fairlySatisfied: ['基本满意', 'Fairly satisfied'],
  dissatisfied: ['不满意', 'Dissatisfied'],
  veryDissatisfied: ['非常不满意', 'Very dissatisfied'],
}

export const TAG_WORDS: Readonly<Record<RatingTag, Pair>> = {
  slow: ['办事效率低', 'It took too long'],
  guideWrong: ['办事指南不准确', 'The guide was wrong'],
  inconvenient: ['办事不便捷', 'It was inconvenient'],
  platformBad: ['平台不好用', 'The website was hard to use'],
  attitude: ['服务态度差', 'The staff were unfriendly'],
  skill: ['服务水平低', 'The staff did not know enough'],
  other: ['其他', 'Something else'],
}

type Given = CaseRatings['items'][number]

/** One rating as it was given, and how far it has got. */
export function givenPart(one: Given, reader: Reader): Html {
  const { say } = reader
  const title = one.round === 1 ? say('您的评价', 'Your rating') : say('您的追评', 'Your follow-up')
  const why = one.tags.map((tag) => say(...TAG_WORDS[tag])).join(say('、', ', '))
  return html`<section class="card" aria-labelledby="given-${one.round}"><h2 id="given-${one.round}">${title}</h2>
<p class="big">${say(...GRADE_WORDS[one.grade])}</p>
<dl>${why === '' ? '' : html`<dt>${say('原因', 'Reasons')}</dt><dd>${why}</dd>`}${one.comment === null ? '' : html`<dt>${say('您写的', 'You wrote')}</dt><dd>${quote(one.comment)}</dd>`}<dt>${say('评价时间', 'Given')}</dt><dd>${timeOf(one.ratedAt, reader)}</dd></dl>
${stateOf(one, reader)}</section>`
}

/** Whether the region has it: what everybody who rates wants to know. */
function stateOf({ state, toldAt, refusal }: Given, reader: Reader): Html {
  const { say } = reader
  if (state === 'told')
    return html`<p><span class="tag">${say('已送到', 'Delivered')}</span> ${say('办理地区已收到这条评价', 'The region has received it')}${toldAt ? html`${say('：', ': ')}${timeOf(toldAt, reader)}` : ''}</p>`
  if (state === 'sending')
    return html`<p><span class="tag wait">${say('还没有送到', 'Not delivered yet')}</span> ${say('办理地区现在没有回音。我们会一直送, 您不用再评一次。', 'The region does not answer now. We keep trying; you need not rate again.')}</p>`
  if (state === 'notOffered')
    return html`<p><span class="tag">${say('没有送去', 'Not sent')}</span> ${say('办理地区的系统不接收评价, 这条评价只记在这里。', 'The region’s system takes no ratings; yours is kept here alone.')}</p>`
  const known = PROBLEMS[refusal as ProblemCode] ?? PROBLEMS.REGION_REJECTED
  return html`<p class="note"><span class="tag wait">${say('没有送成', 'Not taken')}</span> ${say(`办理地区没有收下: ${known.title.zh}。`, `The region did not take it: ${known.title.en}.`)} <a class="extra" href="/problems/${refusal ?? ''}">${refusal ?? ''}</a></p>`
}

/** No contract brings a department's reply back. */
export const noReply = (phone: string | null, { say }: Reader): Html =>
  html`<p class="quiet">${say('部门的回复不会传到这里: 办理地区的接口没有这一项。', 'A department’s reply does not come here: the regions’ interfaces have none.')} ${
    phone === null
      ? say('要答复请打 12345。', 'For an answer call 12345.')
      : html`${say('要答复请打咨询电话', 'For an answer call')} <a href="tel:${phone.replaceAll(/[^\d+-]/g, '')}">${phone}</a>${say(' 或 12345。', ' or 12345.')}`
  }</p>`
