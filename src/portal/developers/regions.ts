/** How each region's fields map, as pages: generated at run time out of the same tables that convert. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { MARKS, type RegionSheet, regionSheet } from '../../federation/directory/region-sheet.ts'
import { CITIES } from '../../schemas/division.ts'
import type { PortalEnv } from '../env.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { codeTables, markTag, partTables } from './region-tables.ts'

export function regionRoutes({ directory }: Pick<Deps, 'directory'>): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  const differences = CITIES.flatMap(({ division }) => {
    const because = directory.difference(division)
    return because === undefined ? [] : [{ division, because }]
  })
  const sheets = directory.adapters.map((adapter) => regionSheet(adapter, differences))

  app.get('/docs/regions', (c) => {
    const reader = c.get('reader')
    const title = reader.say('四地字段对应', 'How each region’s fields map')
    return view(c, { title, isWide: true, body: list(title, sheets, reader) })
  })
  app.get('/docs/regions/:region', (c) => {
    const sheet = sheets.find(({ id }) => id === c.req.param('region'))
    if (!sheet) throw new GatewayError('NOT_FOUND')
    const reader = c.get('reader')
    return view(c, {
      title: reader.say(`${sheet.place.zh}字段对应`, `Fields of ${sheet.place.en}`),
      isWide: true,
      body: page(sheet, reader),
    })
  })
  return app
}

const countOf = ({ operations }: RegionSheet, mark: string): number =>
  operations.filter(([, one]) => one === mark).length

/** What the marks mean: nobody should take a designed field for a region's own. */
const legend = ({ say }: Reader): Html =>
  html`<h2 id="marks">${say('标记说明', 'What the marks say')}</h2><dl class="fields">${MARKS.map(([mark, name, means]) => html`<dt>${markTag(mark, say(name.zh, name.en))}</dt><dd>${say(`${means.zh}。`, `${means.en}.`)}</dd>`)}</dl>`

function list(title: string, sheets: readonly RegionSheet[], reader: Reader): Html {
  const { say } = reader
  return html`<p><a href="/docs">${say('接口文档', 'The API')}</a></p><h1>${title}</h1>
<p>${say('这些页由转换所用的同一张表生成, 因此不会与程序不一致; 没有公开文档的地方都有标记。', 'These pages are made of the very tables that convert, so that they cannot disagree with the program; what no public document says is marked.')}</p>
<ul class="plainlist">${sheets.map(
    (sheet) =>
      html`<li><a href="/docs/regions/${sheet.id}">${say(sheet.place.zh, sheet.place.en)}</a> <code>profile=${sheet.id}</code><br>${MARKS.map(([mark, name]) => html`${markTag(mark, `${say(name.zh, name.en)} ${countOf(sheet, mark)}`)}`)}</li>`,
  )}</ul>
${legend(reader)}
<h2>${say('城市', 'Cities')}</h2>${cities(
    sheets.flatMap((sheet) => sheet.cities),
    reader,
  )}`
}

/** Cities whose platform differs from their region's, each with its reason. */
function cities(different: RegionSheet['cities'], { say, name }: Reader): Html {
  if (different.length === 0)
    return html`<p>${say('四十一座城市都用所在地区的格式, 没有不同。', 'All 41 cities use the format of their region; none differs.')}</p>`
  const nameOf = (division: string) => {
    const found = CITIES.find((one) => one.division === division)
    return found ? name(found) : division
  }
  return html`<dl class="fields">${different.map(({ division, because }) => html`<dt>${nameOf(division)} ${division}</dt><dd lang="zh-CN">${because}</dd>`)}</dl>`
}

function page(sheet: RegionSheet, reader: Reader): Html {
  const { say } = reader
  const { place, id, parts, codes } = sheet
  return html`<p><a href="/docs/regions">${say('四地字段对应', 'All regions')}</a></p><h1>${say(`${place.zh}字段对应`, `Fields of ${place.en}`)}</h1>
<dl><dt>${say('区划', 'Division')}</dt><dd>${place.division}</dd><dt>profile</dt><dd><code>${id}</code></dd><dt>${say('回调', 'Callbacks')}</dt><dd><code>/${place.short}/callback/</code></dd></dl>
<p class="scopes">${parts.map((part) => html`<a href="#${part.id}">${say(part.title.zh, part.title.en)}</a>`)}<a href="#codes">${say('代码表', 'Codes')}</a></p>
<h2>${say('操作', 'Operations')}</h2><table class="members"><thead><tr><th scope="col">${say('操作', 'Operation')}</th><th scope="col">${say('依据', 'Mark')}</th></tr></thead><tbody>${sheet.operations.map(
    ([operation, mark]) =>
      html`<tr><th scope="row"><code>${operation}</code></th><td>${markTag(mark, markName(mark, reader))}</td></tr>`,
  )}</tbody></table>
${legend(reader)}
${parts.map((part) => partTables(part, reader))}
<h2 id="codes">${say('代码表', 'Codes')}</h2><p>${say('每行第一个代码用于发送, 全部都能读。', 'The first code of a line is sent, all are read.')}</p>
${codeTables(codes, reader)}
<h2>${say('城市', 'Cities')}</h2>${cities(sheet.cities, reader)}`
}

function markName(mark: string, { say }: Reader): string {
  const [, name] = MARKS.find(([one]) => one === mark) ?? []
  return name ? say(name.zh, name.en) : mark
}
