/** The first page: one box, the events of a life, the domains. */
import { html } from 'hono/html'
import { type Audience, DOMAINS, LIFE_EVENTS, type Topic } from '../../federation/matters/search/services.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { searchForm } from './parts.ts'

const tiles = (topics: readonly Topic[], parameter: 'event' | 'domain', { say }: Reader): Html =>
  html`<ul class="tiles">${topics.map(({ key, zh, en }) => html`<li><a href="/matters?${parameter}=${key}">${say(zh, en)}</a></li>`)}</ul>`

const of = (topics: readonly Topic[], audience: Audience) => topics.filter((topic) => topic.for === audience)

export function home(reader: Reader, isSandbox: boolean): Html {
  const { say } = reader
  return html`<h1>${say('在家门口, 办长三角的事', 'Government services of the Delta, from where you are')}</h1>
<p>${say('上海、江苏、浙江、安徽四地, 41 座城市。用本省的账号登录, 一次申请, 全程看得见。', 'Shanghai, Jiangsu, Zhejiang and Anhui: 41 cities. Log in with your own province’s account, apply once, see every step.')}</p>
${searchForm({ q: '', from: undefined, to: undefined }, reader)}
<h2>${say('按人生大事找', 'By event')}</h2>${tiles(of(LIFE_EVENTS, 'person'), 'event', reader)}
<p class="row"><a class="button plain" href="/guides">${say('说不清办哪一项? 答几个问题', 'Not sure which? Answer a few questions')}</a><a class="button plain" href="/me/cases">${say('看我的办件', 'Follow my cases')}</a><a class="button plain" href="/map">${say('找附近的窗口', 'Find a window')}</a></p>
<div class="extra"><h2>${say('个人办事', 'For persons')}</h2>${tiles(of(DOMAINS, 'person'), 'domain', reader)}
<h2>${say('企业办事', 'For firms')}</h2>${tiles([...of(LIFE_EVENTS, 'organisation')], 'event', reader)}${tiles(of(DOMAINS, 'organisation'), 'domain', reader)}</div>
${isSandbox ? html`<p class="note extra">${say('这里是模拟环境。', 'This is a sandbox.')} <a href="/__sandbox">${say('模拟地区的管理页', 'Desk of the simulated regions')}</a></p>` : ''}`
}
