/** The map page: what is asked, the map, and the list that says the same. */
import { html } from 'hono/html'
import type { Service } from '../../federation/matters/search/services.ts'
import type { WindowCounts } from '../../federation/windows/count-windows.ts'
import { CITIES } from '../../schemas/division.ts'
import type { Matter } from '../../schemas/matter.ts'
import { REGIONS } from '../../schemas/regions.ts'
import type { FoundWindow, WindowPage } from '../../schemas/window.ts'
import { cityChoices, cityWords, offerFor } from '../find/parts.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { cityMap, type MapPoint, type Shade } from './city-map.ts'
import { distanceWords, stateWords } from './window-words.ts'

/** What somebody asks of the map. */
export interface MapAsk {
  readonly city: string | undefined
  readonly matter: Pick<Matter, 'id' | 'name'> | undefined
  /** Words for a matter that is not chosen yet. */
  readonly words: string
  readonly isOpenOnly: boolean
  /** Where somebody stands; never in an address. */
  readonly near: { readonly lon: number; readonly lat: number } | undefined
}

/** The address of the map with some of it asked otherwise. Where somebody stands is never part of it. */
export function mapPath(
  { city, matter, isOpenOnly }: Pick<MapAsk, 'city' | 'matter' | 'isOpenOnly'>,
  more: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams({
    ...(city ? { city } : {}),
    ...(matter ? { matter: matter.id } : {}),
    ...(isOpenOnly ? { open: '1' } : {}),
    ...more,
  }).toString()
  return query === '' ? '/map' : `/map?${query}`
}

const windowPath = (id: string, { matter }: MapAsk): string =>
  `/windows/${encodeURIComponent(id)}${matter ? `?matter=${encodeURIComponent(matter.id)}` : ''}`

/** City, matter and open now: an address, so that it can be kept and sent; a form that is posted where it holds a position. */
export function filters(ask: MapAsk, reader: Reader): Html {
  const { say, name } = reader
  const { near, matter, city, isOpenOnly, words } = ask
  return html`<form class="card" ${near ? html`method="post" action="/map/near"` : html`method="get" action="/map"`} role="search">${near ? positionFields(near) : ''}
<div class="row foot"><div class="grow"><label for="city">${say('城市', 'City')}</label><select id="city" name="city"><option value="">${say('全部 41 座城市', 'All 41 cities')}</option>${cityChoices(city, reader)}</select></div>
<div class="grow">${
    matter
      ? html`<input type="hidden" name="matter" value="${matter.id}"><p class="fixed">${say('能办', 'Takes')}: <strong>${name(matter.name)}</strong><br><a href="${mapPath({ ...ask, matter: undefined })}">${say('不限事项', 'Any matter')}</a></p>`
      : html`<label for="what">${say('要办的事', 'Matter')}</label><input type="search" id="what" name="what" value="${words}" maxlength="60" autocomplete="off" data-suggestions="/matters/suggestions">`
  }</div></div>
<div class="row"><label class="choice grow"><input type="checkbox" name="open" value="1"${isOpenOnly ? html` checked` : ''}> ${say('只看现在开门的', 'Open now only')}</label><button>${say('查看', 'Show')}</button></div></form>`
}

export const positionFields = ({
  lon,
  lat,
}: {
  readonly lon: number | ''
  readonly lat: number | ''
}): Html =>
  html`<input type="hidden" name="lon" value="${lon}"><input type="hidden" name="lat" value="${lat}">`

/** Shown by its script alone: without one, the list by city does. */
export const nearForm = ({ matter, isOpenOnly }: MapAsk, { say }: Reader): Html =>
  html`<form id="near" method="post" action="/map/near" hidden data-denied="${say('浏览器没有给出位置。请在上面选城市。', 'The browser did not tell where you are. Choose a city above.')}" data-waiting="${say('正在取位置…', 'Asking the browser…')}">${positionFields({ lon: '', lat: '' })}${matter ? html`<input type="hidden" name="matter" value="${matter.id}">` : ''}${isOpenOnly ? html`<input type="hidden" name="open" value="1">` : ''}
<button class="plain">${say('找离我近的', 'Near me')}</button> <span class="quiet" role="status">${say('位置只精确到约 100 米, 用完就丢, 不保存。', 'To about 100 m, used once, never kept.')}</span></form>`

/** Which matter is meant by the words. */
export function matterChoices(services: readonly Service[], ask: MapAsk, reader: Reader): Html {
  const { say, name } = reader
  if (services.length === 0)
    return html`<p role="status">${say('没有找到这件事, 下面是全部窗口。', 'No such matter was found; all windows are below.')}</p>`
  return html`<h2>${say('您要办的是哪一件?', 'Which matter is it?')}</h2><ul class="tiles">${services.flatMap(
    (service) => {
      const id = offerFor(service, ask.city)?.id
      return id === undefined
        ? []
        : [
            html`<li><a href="${mapPath({ ...ask, matter: { id, name: service.name } })}">${name(service.name)}</a></li>`,
          ]
    },
  )}</ul>`
}

const shadeOf = (count: number | undefined): Shade =>
  count === undefined ? 'unknown' : count > 0 ? 'good' : 'none'

const countWords = (count: number | undefined, { say }: Reader): string =>
  count === undefined
    ? say('窗口名单还没读到', 'windows not known yet')
    : count === 0
      ? say('没有', 'none')
      : say(`${count} 个窗口`, count === 1 ? '1 window' : `${count} windows`)

/** All 41 cities, on the map and in a list. */
export function overview(counts: WindowCounts, ask: MapAsk, reader: Reader): Html {
  const { say } = reader
  const link = (city: string) => mapPath({ ...ask, city })
  const shades = new Set([...counts.values()].map(shadeOf))
  const words = {
    good: say('有窗口', 'Has windows'),
    none: say('没有', 'None'),
    unknown: say('还不知道', 'Not known yet'),
  }
  const map = cityMap(reader, {
    title: say('四地 41 座城市的窗口', 'Windows of the 41 cities'),
    colourOf: (division) => shadeOf(counts.get(division)),
    words: Object.fromEntries(Object.entries(words).filter(([shade]) => shades.has(shade as Shade))),
    link,
  })
  return html`<div class="withmap">${map}<div id="map-list" tabindex="-1">${REGIONS.map(
    (region) =>
      html`<h2>${say(region.zh, region.en)}</h2><ul class="cities">${CITIES.filter(
        (city) => city.region === region.id,
      ).map(
        ({ division }) =>
          html`<li><a href="${link(division)}">${cityWords(division, reader)}</a> <span class="quiet">${countWords(counts.get(division), reader)}</span></li>`,
      )}</ul>`,
  )}</div></div>`
}

function windowItem(window: FoundWindow, number: number, ask: MapAsk, now: Date, reader: Reader): Html {
  const { say } = reader
  return html`<li id="window-${number}"><span class="number">${number}</span><div><a href="${windowPath(window.id, ask)}" lang="zh-CN">${window.name}</a>${window.isCrossRegion ? html` <span class="tag">${say('长三角专窗', 'Cross-region')}</span>` : ''}${window.distance === null ? '' : html` <span class="quiet">${distanceWords(window.distance, reader)}</span>`}
<br>${stateWords(window, now, reader)}${window.address ? html`<br><span class="quiet" lang="zh-CN">${window.address}</span>` : ''}</div></li>`
}

/** One mark for all that stand at one place: the counters of a hall. It leads to the first of them in the list. */
function pointsOf(items: readonly FoundWindow[], { say }: Reader): MapPoint[] {
  const places = Map.groupBy(
    items
      .map((window, index) => ({ ...window, number: index + 1 }))
      .filter(({ lon, lat }) => lon !== undefined && lat !== undefined),
    ({ lon, lat }) => `${lon?.toFixed(2)} ${lat?.toFixed(2)}`,
  )
  return [...places.values()].flatMap((at): MapPoint[] => {
    const [first] = at
    if (first?.lon === undefined || first.lat === undefined) return []
    const number = at.length === 1 ? String(first.number) : `${first.number}+`
    const name = say(
      `${at.map((one) => one.number).join('、')} 号, ${first.hall ?? first.name}`,
      `numbers ${at.map((one) => one.number).join(', ')}, ${first.hall ?? first.name}`,
    )
    return [{ lon: first.lon, lat: first.lat, number, name, link: `#window-${first.number}` }]
  })
}

/** The windows of one city, or those nearby: numbered on the map and in the list. */
export function windowsFound(
  { items, nextCursor, completeness }: WindowPage,
  ask: MapAsk,
  now: Date,
  reader: Reader,
): Html {
  const { say } = reader
  const unread = completeness.cities.filter(({ state }) => state !== 'fresh').length
  const list = html`<div id="map-list" tabindex="-1"><p role="status">${
    items.length === 0
      ? say('没有符合的窗口。', 'No window fits.')
      : say(`${items.length} 个窗口`, `${items.length} windows`)
  }</p>${ask.city && unread > 0 ? html`<p class="note">${say('这座城市的窗口名单现在读不到最新的, 请先打电话确认。', 'The newest list of this city cannot be read now; ask by phone first.')}</p>` : ''}
<ol class="windows">${items.map((window, index) => windowItem(window, index + 1, ask, now, reader))}</ol>
${nextCursor && !ask.near ? html`<p><a class="button plain" href="${mapPath(ask, { cursor: nextCursor })}">${say('更多窗口', 'More windows')}</a></p>` : ''}</div>`
  const city = ask.city ?? (ask.near ? items[0]?.city : undefined)
  if (city === undefined) return list
  const map = cityMap(reader, {
    title: say(`${cityWords(city, reader)}的窗口`, `Windows of ${cityWords(city, reader)}`),
    colourOf: (division) => (division === city ? 'good' : 'none'),
    words: {},
    link: (division) => mapPath({ ...ask, city: division }),
    city,
    points: pointsOf(items, reader),
  })
  return html`<div class="withmap">${map}${list}</div>`
}
