/** The public figures: how many, how many online, how long, how often corrected, how well rated. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { readFigures } from '../../federation/operations/read-figures.ts'
import type { Figure, Figures } from '../../schemas/figures.ts'
import type { PortalEnv } from '../env.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { bars } from './bars.ts'

export function figureRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  app.get('/figures', async (c) => {
    const reader = c.get('reader')
    const title = reader.say('公开数据', 'Public figures')
    return view(c, { title, body: body(await readFigures(deps), title, reader) })
  })
  return app
}

type Measure = 'cases' | 'onlinePercent' | 'medianDays' | 'correctionPercent' | 'goodRatingPercent'

/** What is measured, in the words of the reader. */
const measuresOf = ({ say }: Reader): readonly (readonly [Measure, title: string, unit: string])[] => [
  ['cases', say('办件量', 'Cases'), say(' 件', '')],
  ['onlinePercent', say('网上办理占比', 'Online share'), '%'],
  ['medianDays', say('办理时长中位数', 'Median time'), say(' 天', ' days')],
  ['correctionPercent', say('补正率', 'Sent back for correction'), '%'],
  ['goodRatingPercent', say('好评率', 'Rated well'), '%'],
]

function textOf(
  figure: Figure,
  [measure, , unit]: readonly [Measure, string, string],
  { say }: Reader,
): string {
  const value = figure[measure]
  if (value !== null) return `${value}${unit}`
  return figure.cases === 0 ? '–' : say('不公布', 'not told')
}

function body({ since, until, fewest, total, regions }: Figures, title: string, reader: Reader): Html {
  const { say } = reader
  if (!total || since === null || until === null)
    return html`<h1>${title}</h1><p>${say('数据尚未生成, 请稍后再看。', 'The figures have not been made yet. Please come again later.')}</p>`
  const measures = measuresOf(reader)
  return html`<h1>${title}</h1>
<p>${say(`${since.slice(0, 10)} 至 ${until.slice(0, 10)} 申请的办件, 每小时更新, 最近一次 ${until.slice(11, 16)}。`, `Applications from ${since.slice(0, 10)} to ${until.slice(0, 10)}, made every hour, last at ${until.slice(11, 16)}.`)}</p>
<dl class="figures">${measures.map((measure) => html`<div><dt>${measure[1]}</dt><dd>${textOf(total, measure, reader)}</dd></div>`)}</dl>
<h2>${say('四个地区', 'The four regions')}</h2>
${measures.map((measure) => chart(measure, regions, reader))}
${table(say('四个地区', 'The four regions'), regions, reader)}
<h2>${say('各城市', 'Cities')}</h2>
${regions.map((region) => html`<details><summary>${reader.name(region.name)}</summary>${chart(['cases', say('办件量', 'Cases'), say(' 件', '')], region.cities, reader, region.place)}${table(short(region, reader), region.cities, reader)}</details>`)}
<h2>${say('这些数字怎么来', 'How they are made')}</h2>
<ul><li>${say(`为保护隐私, 1 至 ${fewest - 1} 件的数字不公布; 为使总数相减也得不出, 相邻的数字有时一并不公布。`, `Numbers from 1 to ${fewest - 1} are not told, and sometimes others beside them, so that no subtraction gives one away.`)}</li>
<li>${say('网上办理占比: 经本网关网上申请的办件; 其余在别处申请。', 'Online share: filed online through this gateway; the rest was filed elsewhere.')}</li>
<li>${say('办理时长: 从受理到办结的自然日。补正率: 至少补正过一次的办件。', 'Median time: calendar days from acceptance to completion. Sent back: at least once.')}</li>
<li>${say('好评率: 评价过的办件里, 最近一次评价是基本满意或更好的; 评价太少时不公布。', 'Rated well: of the cases that were rated, those whose newest rating is fairly satisfied or better; not told where few were rated.')}</li></ul>
<p><a href="/api/v1/figures">${say('同样的数据 (JSON)', 'The same as JSON')}</a></p>`
}

const short = ({ name }: Figure, { language }: Reader): string =>
  language === 'zh' ? name.zh.replace(/(省|市)$/, '') : (name.en ?? name.zh)

function chart(
  measure: readonly [Measure, string, string],
  places: readonly Figure[],
  reader: Reader,
  of = 'regions',
): Html {
  const [key, title, unit] = measure
  const rows = places.map((place) => ({
    label: short(place, reader),
    value: place[key],
    text: textOf(place, measure, reader),
  }))
  return html`<figure><figcaption>${title}</figcaption>${bars(`${of}-${key}`, title, rows, unit === '%' ? 100 : undefined)}</figure>`
}

const table = (caption: string, places: readonly Figure[], reader: Reader): Html =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table class="tight"><caption class="unseen">${caption}</caption><thead><tr><th scope="col">${reader.say('地方', 'Place')}</th>${measuresOf(reader).map(([, title]) => html`<th scope="col">${title}</th>`)}</tr></thead><tbody>${places.map((place) => html`<tr><th scope="row">${reader.name(place.name)}</th>${measuresOf(reader).map((measure) => html`<td>${textOf(place, measure, reader)}</td>`)}</tr>`)}</tbody></table></div>`
