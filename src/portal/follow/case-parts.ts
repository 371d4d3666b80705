/** The parts of a case's page: how it stands, what comes next, the promise, and what happened. Each is replaced by itself while the page is live. */
import { html } from 'hono/html'
import type { FollowedCase, Told } from '../../federation/cases/follow-case.ts'
import type { Case } from '../../schemas/case.ts'
import type { CaseClock } from '../../schemas/clock.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { ballOf } from './case-card.ts'
import { cityWords, dateOf, dayWords, inWords, minuteWords, quote, timeOf } from './words.ts'

/** How it stands, and what is to be done next. What is written here is read aloud when it changes. */
export function headPart({ case: one, may }: FollowedCase, reader: Reader): Html {
  const { say } = reader
  const { id, next, sentence } = one
  return html`<section data-part="head" class="card" aria-labelledby="stands"><h2 id="stands">${say('现在', 'Now')}</h2>
<p>${ballOf(one, reader)}</p><p class="big" data-announce>${inWords(sentence, reader)}</p>
${next === null ? '' : html`<p>${inWords(next, reader)}</p>`}
${next?.by ? html`<p><strong>${one.ball === 'applicant' ? say('最晚', 'At the latest') : say('承诺的日子', 'Promised day')}: ${dateOf(next.by, reader)}</strong></p>` : ''}
${may.correct ? html`<p><a class="button" href="/me/cases/${id}/correction">${say('去补正', 'Answer the request')}</a></p>` : ''}
${one.result || one.status === 'COMPLETED' || one.status === 'DELIVERED' ? html`<p><a class="button" href="/me/cases/${id}/result">${say('看结果', 'See the result')}</a></p>` : ''}
${refusal(one, reader)}${freshness(one, reader)}</section>`
}

/** Why a region did not take it, where it said so. */
const refusal = ({ dispatch }: Case, { say }: Reader): Html | '' =>
  dispatch.state === 'refused' && dispatch.reason
    ? html`<p class="hint">${say('没有收下的原因代码', 'Code of the reason')}: <a href="/problems/${encodeURIComponent(dispatch.reason.split(' ')[0] ?? '')}">${dispatch.reason}</a></p>`
    : ''

/** As of when all this is known, and since when the region has been silent. */
const freshness = ({ asOf, silentSince }: Case, reader: Reader): Html =>
  html`<p class="quiet">${reader.say('以上是', 'Known as of')} ${timeOf(asOf, reader)} ${reader.say('知道的情况。', '')}</p>${
    silentSince === null
      ? ''
      : html`<p class="note">${reader.say(`办理地区从${minuteWords(silentSince, reader)}起没有回音, 这里写的可能不是最新的。我们会一直问。`, `The region has not answered since ${minuteWords(silentSince, reader)}: this may not be the newest. We keep asking.`)}</p>`
  }`

const UNITS: Readonly<Record<CaseClock['unit'], readonly [zh: string, en: string]>> = {
  working: ['个工作日', 'working days'],
  calendar: ['天', 'days'],
}

/** The promise: how many days are used of how many, where it stands still, and what is late. */
export function clockPart({ case: { clock, forecast, ball } }: FollowedCase, reader: Reader): Html | '' {
  const { say } = reader
  if (!clock && !forecast) return html`<div data-part="clock"></div>`
  return html`<section data-part="clock" aria-labelledby="promise"><h2 id="promise">${say('承诺时限', 'The promise')}</h2>
${clock ? promise(clock, ball, reader) : ''}
${
  forecast && ball !== 'nobody'
    ? html`<p class="extra">${say(`同样的事在这里, 一半在 ${forecast.halfDays} 个工作日内办完, 十件里有九件在 ${forecast.mostDays} 个工作日内办完。`, `Half of such cases took at most ${forecast.halfDays} working days here, nine in ten at most ${forecast.mostDays}.`)}${forecast.mostOn ? html` ${say('照此推算, 多半在', 'So it is likely to end by')} ${dateOf(forecast.mostOn, reader)} ${say('前办完。', '.')}` : ''}</p>`
    : ''
}</section>`
}

function promise(clock: CaseClock, ball: Case['ball'], reader: Reader): Html {
  const { say } = reader
  return html`${figures(clock, reader)}${bar(clock, reader)}
${clock.dueOn ? html`<p>${say('承诺最晚', 'Promised by')} ${dateOf(clock.dueOn, reader)}${say(' 办结', '')}${clock.source === 'region' ? say(' (办理地区定的日子)', ' (the region’s own date)') : ''}${clock.provisional && clock.source === 'computed' ? say(' (暂定, 放假安排还没有公布)', ' (provisional)') : ''}${say('。', '.')}</p>` : ''}
${standing(clock, reader)}
${clock.overdue ? html`<p class="note">${clock.endedAt === null && ball === 'region' ? say('承诺的日子已经过了, 还没有办结。您没有做错什么, 可以催办, 也可以打咨询电话。', 'The promised day is over and it is not done. This is not your fault: you can remind of it, or call.') : say('这件事没有在承诺的日子前办结。', 'It was not done by the promised day.')}</p>` : ''}`
}

function figures({ days, daysUsed, daysLeft, unit, endedAt, basis }: CaseClock, { say }: Reader): Html {
  if (basis === 'instant')
    return html`<p>${say('这件事承诺当场办结。', 'It is promised to be done at once.')}</p>`
  const of = say(...UNITS[unit])
  const left =
    daysLeft === null || endedAt !== null
      ? ''
      : daysLeft >= 0
        ? html`<div><dt>${say('还剩', 'Left')}</dt><dd>${daysLeft} ${of}</dd></div>`
        : html`<div><dt>${say('已超过', 'Late by')}</dt><dd>${-daysLeft} ${of}</dd></div>`
  return html`<dl class="figures"><div><dt>${say('已用', 'Used')}</dt><dd>${daysUsed} ${of}</dd></div>${days === null ? '' : html`<div><dt>${basis === 'statutory' ? say('法定', 'By law') : say('承诺', 'Promised')}</dt><dd>${days} ${of}</dd></div>`}${left}</dl>`
}

/** Of the days, how many are used: what the figures say, to be seen. */
const bar = ({ days, daysUsed, basis }: CaseClock, { say }: Reader): Html | '' =>
  days === null || days === 0 || basis === 'instant'
    ? ''
    : html`<p><progress max="${days}" value="${Math.min(daysUsed, days)}" aria-label="${say('已用的时间', 'Time used')}">${daysUsed}/${days}</progress></p>`

const BECAUSE = {
  CORRECTION_REQUIRED: ['补正', 'a correction'],
  SUSPENDED: ['特别程序 (如鉴定、听证、公示)', 'a special procedure'],
} as const

/** When and why the clock stood still. */
function standing({ stops, stoppedSince }: CaseClock, reader: Reader): Html | '' {
  if (stops.length === 0) return ''
  const { say } = reader
  const now =
    stoppedSince === null
      ? ''
      : html`<p class="note">${say('现在停着, 不计时间。', 'The clock stands still now.')}</p>`
  return html`${now}<ul>${stops.map(
    ({ from, to, because }) =>
      html`<li>${say(
        `${dayWords(from, reader)}起因${BECAUSE[because][0]}停止计时${to === null ? '' : `, ${dayWords(to, reader)}恢复`}`,
        `It stood still for ${BECAUSE[because][1]} from ${dayWords(from, reader)}${to === null ? '' : ` to ${dayWords(to, reader)}`}`,
      )}</li>`,
  )}</ul>`
}

/** What happened, the newest first. */
export function timelinePart({ messages, earlierEvents }: FollowedCase, reader: Reader): Html {
  const { say } = reader
  return html`<section data-part="timeline" aria-labelledby="happened"><h2 id="happened">${say('经过', 'What happened')}</h2>
<ol class="timeline" reversed>${messages.toReversed().map((one) => entry(one, reader))}</ol>
${earlierEvents > 0 ? html`<p class="quiet">${say(`更早的 ${earlierEvents} 条记录没有列出。`, `${earlierEvents} earlier entries are not listed.`)}</p>` : ''}</section>`
}

function entry({ at, sentence, note, remark, raw }: Told, reader: Reader): Html {
  const { say } = reader
  return html`<li>${timeOf(at, reader)}${inWords(sentence, reader)}${
    raw === null
      ? ''
      : html`<div class="quiet extra">${say('办理地区的说法', 'In the region’s words')}: ${quote(raw)}</div>`
  }${note === null ? '' : html`<div class="said">${say('部门原话', 'The department wrote')}: ${quote(note)}</div>`}${remark === null ? '' : html`<div class="quiet">${inWords(remark, reader)}</div>`}</li>`
}

/** What identifies the case: numbers to give on the telephone. */
export function facts({ case: one, phone }: FollowedCase, reader: Reader): Html {
  const { say } = reader
  const { caseNumber, division, sourceDivision, appliedAt, acceptedAt, completedAt } = one
  const term = (words: string, value: Html | string | null) =>
    value === null ? '' : html`<dt>${words}</dt><dd>${value}</dd>`
  return html`<section data-part="facts" aria-labelledby="facts"><h2 id="facts">${say('办件信息', 'The case')}</h2><dl>${term(say('办件编号', 'Case number'), caseNumber)}${term(say('办理城市', 'Handled in'), cityWords(division, reader))}${sourceDivision === division ? '' : term(say('申请城市', 'Filed from'), cityWords(sourceDivision, reader))}${term(say('申请时间', 'Applied'), timeOf(appliedAt, reader))}${term(say('受理时间', 'Accepted'), acceptedAt && timeOf(acceptedAt, reader))}${term(say('办结时间', 'Ended'), completedAt && timeOf(completedAt, reader))}${one.rawStatus?.label ? term(say('办理地区的说法', 'In the region’s words'), quote(one.rawStatus.label)) : ''}${term(say('咨询电话', 'Help line'), phone && html`<a href="tel:${phone.replaceAll(/[^\d+-]/g, '')}">${phone}</a>`)}</dl>${one.origin === 'filed' ? html`<p class="screen"><a href="/me/cases/${one.id}/receipt">${say('回执', 'Receipt')}</a> · <a href="/matters/${encodeURIComponent(one.matter.id)}">${say('办事指南', 'Guide to this matter')}</a></p>` : ''}</section>`
}
