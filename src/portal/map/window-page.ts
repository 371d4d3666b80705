/** One window: where, when, what it takes, what to bring, and how to get there. */
import { html } from 'hono/html'
import type { Matter } from '../../schemas/matter.ts'
import type { FoundWindow, OpenStretch, WindowMatter } from '../../schemas/window.ts'
import { documentItem } from '../find/matter.ts'
import { cityWords } from '../find/parts.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { directionLinks, openingWords, stateWords, todayWords, weekdayWords } from './window-words.ts'

/** Matters that are shown at once; the box above them finds the others. */
const MATTERS_SHOWN = 30

export interface ShownWindow {
  readonly window: FoundWindow
  /** What somebody wants to do there. */
  readonly matter: Matter | undefined
  /** Words by which the window's matters are looked through. */
  readonly words: string
  readonly now: Date
}

const own = (window: FoundWindow): string => `/windows/${encodeURIComponent(window.id)}`

/** The week, days one after another with the same hours in one row. */
function week(weekly: readonly OpenStretch[], reader: Reader): Html {
  const { say } = reader
  const rows: { from: number; to: number; hours: string }[] = []
  for (const weekday of [1, 2, 3, 4, 5, 6, 7]) {
    const stretches = weekly.filter((one) => one.weekday === weekday).map(({ from, to }) => `${from}–${to}`)
    const hours = stretches.join(say('、', ', ')) || say('不开门', 'closed')
    const last = rows.at(-1)
    if (last?.hours === hours) last.to = weekday
    else rows.push({ from: weekday, to: weekday, hours })
  }
  const days = ({ from, to }: { from: number; to: number }) =>
    from === to
      ? weekdayWords(from, reader)
      : say(
          `${weekdayWords(from, reader)}至${weekdayWords(to, reader).slice(2)}`,
          `${weekdayWords(from, reader)} to ${weekdayWords(to, reader)}`,
        )
  return html`<table class="hours"><caption>${say('每周开门时间', 'Weekly hours')}</caption><thead><tr><th scope="col">${say('星期', 'Day')}</th><th scope="col">${say('时间', 'Hours')}</th></tr></thead><tbody>${rows.map((row) => html`<tr><th scope="row">${days(row)}</th><td>${row.hours}</td></tr>`)}</tbody></table>`
}

function hours({ window, now }: ShownWindow, reader: Reader): Html {
  const { say } = reader
  const today = todayWords(now, reader)
  const next = window.isOpen && window.nextOpening ? openingWords(window.nextOpening, now, reader) : ''
  return html`<h2>${say('什么时候去', 'When')}</h2><p class="big">${stateWords(window, now, reader)}</p>${today ? html`<p class="note">${today}</p>` : ''}${next ? html`<p class="quiet">${next}</p>` : ''}
${window.hours?.weekly ? week(window.hours.weekly, reader) : ''}${window.hours ? html`<p class="quiet">${say('窗口自己的说法', 'In the region’s words')}: <span lang="zh-CN">${window.hours.text}</span></p>` : ''}`
}

function place({ window }: ShownWindow, reader: Reader): Html {
  const { say } = reader
  const { lon, lat, name, hall, address, number, phone } = window
  const links = lon === undefined || lat === undefined ? [] : directionLinks({ lon, lat, name }, reader)
  const term = (label: string, value: Html | string | undefined) =>
    value === undefined ? '' : html`<dt>${label}</dt><dd lang="zh-CN">${value}</dd>`
  return html`<dl class="big">${term(say('大厅', 'Hall'), hall)}${term(say('地址', 'Address'), address)}${term(say('窗口号', 'Counter'), number)}${term(say('电话', 'Phone'), phone && html`<a href="tel:${phone.replaceAll(/[^\d+]/g, '')}">${phone}</a>`)}</dl>
${
  links.length === 0
    ? html`<p class="quiet">${say('没有给出位置, 请按地址找。', 'Its region gives no position; go by the address.')}</p>`
    : html`<p class="row">${links.map(({ href, words }) => html`<a class="button plain" href="${href}" rel="noreferrer">${say(`用${words}看路线`, `Directions: ${words}`)}</a>`)}</p>`
}`
}

function bring({ window, matter }: ShownWindow, reader: Reader): Html | string {
  const { say, name } = reader
  if (!matter) return ''
  const takes = window.matters.some(({ id }) => id === matter.id)
  const needed = matter.documents.filter(({ exemptedBy }) => exemptedBy.length === 0)
  const exempted = matter.documents.filter(({ exemptedBy }) => exemptedBy.length > 0)
  return html`<section class="card"><h2>${say('去办', 'For')}: ${name(matter.name)}</h2>${takes ? '' : html`<p class="note">${say('这个窗口的名单里没有这件事, 去之前请打电话问。', 'This matter is not in the window’s list; ask by phone before you go.')}</p>`}
<h3>${say('要带的', 'To bring')}</h3><ul class="plainlist"><li>${say('本人身份证件原件', 'Your identity document')}</li>${needed.map((one) => documentItem(one, reader))}</ul>
${exempted.length === 0 ? '' : html`<h3>${say('可以不带的', 'May stay at home')}</h3><ul class="plainlist">${exempted.map((one) => documentItem(one, reader))}</ul>`}
<p><a href="/matters/${encodeURIComponent(matter.id)}">${say('看办事指南', 'About this matter')}</a></p></section>`
}

const matterItem = ({ id, code, name }: WindowMatter, window: FoundWindow, reader: Reader): Html =>
  id === undefined || name === undefined
    ? html`<li><span class="quiet">${reader.say('目录里没有的事项', 'Not in the catalogue')}: ${code}</span></li>`
    : html`<li><a href="${own(window)}?matter=${encodeURIComponent(id)}">${reader.name(name)}</a></li>`

function matters({ window, words }: ShownWindow, reader: Reader): Html {
  const { say } = reader
  const all = window.matters.filter(({ name, code }) => words === '' || (name?.zh ?? code).includes(words))
  const shown = all.slice(0, MATTERS_SHOWN)
  return html`<h2>${say('能办的事', 'What it takes')}</h2>${
    window.matters.length > MATTERS_SHOWN
      ? html`<form action="${own(window)}" method="get" role="search"><label for="what">${say('在这个窗口能办的事里找', 'Look through its matters')}</label><div class="row"><input class="grow" type="search" id="what" name="what" value="${words}" maxlength="60"><button>${say('查找', 'Search')}</button></div></form>`
      : ''
  }<p class="quiet">${say(`${all.length} 件${all.length > shown.length ? `, 先列 ${shown.length} 件` : ''}。点开看要带什么。`, `${all.length} matters${all.length > shown.length ? `, ${shown.length} shown` : ''}. Open one to see what to bring.`)}</p><ul class="cities">${shown.map((one) => matterItem(one, window, reader))}</ul>`
}

export function windowPage(shown: ShownWindow, reader: Reader): Html {
  const { say } = reader
  const { window } = shown
  return html`<h1 lang="zh-CN">${window.name}</h1><p>${window.isCrossRegion ? html`<span class="tag">${say('长三角“一网通办”专窗', 'Cross-region window')}</span> ` : ''}<a href="/map?city=${window.city}">${say(`${cityWords(window.city, reader)}的窗口`, `Windows of ${cityWords(window.city, reader)}`)}</a></p>
${place(shown, reader)}${hours(shown, reader)}${bring(shown, reader)}${matters(shown, reader)}`
}
