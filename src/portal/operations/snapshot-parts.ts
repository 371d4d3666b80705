/** The parts of the operations page: what waits, the cities, the adapters, and what nobody expected. */
import { html } from 'hono/html'
import type { Standing } from '../../federation/directory/guard.ts'
import type { CityState, Snapshot } from '../../federation/operations/snapshot.ts'
import { CITIES } from '../../schemas/division.ts'
import { formatInstant } from '../../schemas/instants.ts'
import { REGIONS } from '../../schemas/regions.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

/** A time of today without its day, and any other with it. */
function when(at: Date | null, now: Date): string {
  if (at === null) return '–'
  const [text, today] = [formatInstant(at), formatInstant(now).slice(0, 10)]
  return text.startsWith(today) ? text.slice(11, 19) : text.slice(5, 16).replace('T', ' ')
}

export const snapshotParts = (snapshot: Snapshot, reader: Reader): Html =>
  html`${summary(snapshot, reader)}${queues(snapshot, reader)}${cities(snapshot, reader)}${adapters(snapshot, reader)}${drifted(snapshot, reader)}${codes(snapshot, reader)}${differing(snapshot, reader)}`

function summary({ cities: all, madeAt }: Snapshot, { say }: Reader): Html {
  const count = (state: string) => all.filter(({ health }) => health.state === state).length
  const overdue = all.reduce((sum, one) => sum + one.overdue, 0)
  return html`<p>${say(`截至 ${formatInstant(madeAt).slice(11, 19)}, 每分钟自动刷新。响应与熔断是本进程所见。`, `As of ${formatInstant(madeAt).slice(11, 19)}; refreshes every minute. Latency and breakers are what this process saw.`)}</p>
<dl class="figures"><div><dt>${say('正常的城市', 'Cities up')}</dt><dd>${count('up')}</dd></div><div><dt>${say('不通的城市', 'Cities down')}</dt><dd>${count('down')}</dd></div><div><dt>${say('未知', 'Unknown')}</dt><dd>${count('unknown')}</dd></div><div><dt>${say('超期办件', 'Overdue cases')}</dt><dd>${overdue}</dd></div></dl>`
}

function queues({ queues: all, parked, madeAt }: Snapshot, { say }: Reader): Html {
  const words = {
    dispatches: say('待送地区', 'To be sent to regions'),
    ratings: say('待送评价', 'Ratings to be told'),
    deliveries: say('待投递事件', 'Events to be delivered'),
    asks: say('待询问办件', 'Cases to be asked about'),
  }
  const title = say('队列', 'Queues')
  return html`<h2>${title}</h2><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr><th scope="col">${say('队列', 'Queue')}</th><th scope="col">${say('等待', 'Waiting')}</th><th scope="col">${say('最早', 'Oldest')}</th></tr></thead><tbody>${all.map(({ name, count, oldest }) => html`<tr><th scope="row">${words[name]}</th><td>${count}</td><td>${when(oldest, madeAt)}</td></tr>`)}<tr><th scope="row">${say('停放的事件推送', 'Parked webhooks')}</th><td>${parked}</td><td>–</td></tr></tbody></table></div>`
}

const STATES = {
  up: ['good', '正常', 'up'],
  down: ['bad', '不通', 'down'],
  unknown: ['quiet', '未知', 'unknown'],
} as const
const BREAKERS: Readonly<Record<Standing['breaker'], readonly [zh: string, en: string]>> = {
  closed: ['通', 'closed'],
  'half-open': ['试探', 'half open'],
  open: ['断开', 'open'],
}

function cities({ cities: all, madeAt, overdueAt }: Snapshot, { say, name }: Reader): Html {
  const reading = ({ readAt, failure }: CityState['catalogue']) =>
    html`${when(readAt, madeAt)}${failure === null ? '' : html` <span class="bad">${failure}</span>`}`
  const row = (one: CityState) => {
    const [kind, zh, en] = STATES[one.health.state]
    const { breaker, latencyMs, answeredAt } = one.standing
    return html`<tr><th scope="row">${name(one.city)}</th><td>${one.isConnected ? html`<span class="${kind}">${say(zh, en)}</span> ${when(one.health.since, madeAt)}` : say('未接入', 'not connected')}</td><td>${latencyMs === null ? '–' : `${latencyMs} ms`}</td><td>${say(...BREAKERS[breaker])}</td><td>${when(answeredAt, madeAt)}</td><td>${reading(one.catalogue)}</td><td>${reading(one.windows)}</td><td>${one.overdue}</td></tr>`
  }
  const title = say('城市', 'Cities')
  const heads = [
    title,
    say('状态, 自', 'State, since'),
    say('响应', 'Latency'),
    say('熔断', 'Breaker'),
    say('最近应答', 'Last answer'),
    say('事项', 'Catalogue'),
    say('窗口', 'Windows'),
    say('超期', 'Overdue'),
  ]
  return html`<h2>${title}</h2><p class="quiet">${overdueAt === null ? say('尚无超期办件。', 'No case is overdue.') : say(`超期数统计于 ${when(overdueAt, madeAt)}。`, `Overdue cases were counted at ${when(overdueAt, madeAt)}.`)}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="tight"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${all.map(row)}</tbody></table></div>`
}

const MARKS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  documented: ['有文档', 'documented'],
  mixed: ['部分有文档', 'mixed'],
  designed: ['自行设计', 'designed'],
}

const regionName = (id: string, { name }: Reader): Html | string => {
  const region = REGIONS.find((one) => one.id === id)
  return region ? name(region) : id
}

function adapters({ adapters: all }: Snapshot, reader: Reader): Html {
  const { say } = reader
  return html`<h2>${say('适配器', 'Adapters')}</h2><ul>${all.map(
    ({ id, version, marks }) =>
      html`<li>${regionName(id, reader)} ${version}: ${Object.entries(MARKS)
        .filter(([mark]) => marks[mark])
        .map(([mark, words]) => `${say(...words)} ${marks[mark]}`)
        .join(', ')}</li>`,
  )}</ul>`
}

const CHANGES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  added: ['新字段', 'new'],
  removed: ['字段没有了', 'gone'],
  retyped: ['类型变了', 'another type'],
  code: ['新代码', 'new code'],
  unreadable: ['读不了', 'unreadable'],
}
const ANSWERS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  list: ['事项列表', 'list of matters'],
  matter: ['事项', 'matter'],
  window: ['窗口', 'windows'],
  case: ['办件', 'case'],
}

/** Documents of regions that are no longer what they were: which, what, from what to what, since when. */
function drifted({ schemaDrifts: all, madeAt }: Snapshot, { say, name }: Reader): Html {
  const title = say('报文变化', 'Changed documents')
  if (all.length === 0)
    return html`<h2>${title}</h2><p>${say('没有: 各地区的报文都和原来一样。', 'None: the regions’ documents are what they were.')}</p>`
  const place = (division: string) => {
    const city = CITIES.find((one) => one.division === division)
    return city ? name(city) : division
  }
  const heads = [
    say('城市', 'City'),
    say('报文', 'Document'),
    say('变化', 'Change'),
    say('字段或代码表', 'Member or table'),
    say('原来', 'Before'),
    say('现在', 'Now'),
    say('自', 'Since'),
  ]
  const row = ({ division, answer, subject, change, member, before, after, firstAt }: (typeof all)[number]) =>
    html`<tr><th scope="row">${place(division)}</th><td>${say(...(ANSWERS[answer] ?? [answer, answer]))}${answer === 'matter' ? html` <a href="/matters/${encodeURIComponent(subject)}">${subject.split(':').at(-1)}</a>` : ''}</td><td>${say(...(CHANGES[change] ?? [change, change]))}</td><td><code>${member || '/'}</code></td><td>${before || '–'}</td><td>${after || '–'}</td><td>${when(firstAt, madeAt)}</td></tr>`
  return html`<h2>${title}</h2><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table class="tight"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${all.map(row)}</tbody></table></div>`
}

function codes({ codes: all, madeAt }: Snapshot, reader: Reader): Html {
  const { say } = reader
  const title = say('未知代码', 'Unknown codes')
  if (all.length === 0) return html`<h2>${title}</h2><p>${say('没有。', 'None.')}</p>`
  return html`<h2>${title}</h2><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table><thead><tr><th scope="col">${say('地区', 'Region')}</th><th scope="col">${say('代码表', 'Table')}</th><th scope="col">${say('代码', 'Code')}</th><th scope="col">${say('次数', 'Times')}</th><th scope="col">${say('最近', 'Last')}</th></tr></thead><tbody>${all.map(({ region, table, code, count, lastAt }) => html`<tr><th scope="row">${regionName(region, reader)}</th><td>${table}</td><td><code>${code}</code></td><td>${count}</td><td>${when(lastAt, madeAt)}</td></tr>`)}</tbody></table></div>`
}

function differing({ strays, drifts }: Snapshot, reader: Reader): Html {
  const { say } = reader
  return html`<h2>${say('无主消息和差异', 'Strays and drifts')}</h2>${strays.length + drifts.length === 0 ? html`<p>${say('没有。', 'None.')}</p>` : ''}<ul>${strays.map(({ region, state, count }) => html`<li>${regionName(region, reader)}: ${say('无主消息', 'news of unknown cases')} (${state === 'waiting' ? say('等待', 'waiting') : say('已放弃', 'given up')}) ${count}</li>`)}${drifts.map(({ region, member, count }) => html`<li>${regionName(region, reader)}: ${say('与地区不一致', 'views that differ')} (<code>${member}</code>) ${count}</li>`)}</ul>`
}
