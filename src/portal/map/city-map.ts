/**
 * The 41 cities drawn on the server, each a link: works without script. A city's meaning is told by a pattern and a colour, by its
 * name for voices, and by the list that the page puts beside it. A schematic: it says nothing about borders.
 */
import { html } from 'hono/html'
import { CITIES, cityName } from '../../schemas/division.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { SHEET, sheet } from './outlines.ts'

/** What a city can mean: each with a pattern of its own. */
export type Shade = 'good' | 'part' | 'none' | 'unknown'
const SHADES: readonly Shade[] = ['good', 'part', 'none', 'unknown']

/** A place on the map, by the numbers that it has in the list beside it. */
export interface MapPoint {
  readonly lon: number
  readonly lat: number
  readonly number: string
  readonly name: string
  readonly link: string
}

export interface CityMap {
  /** What the map shows. */
  readonly title: string
  /** What a city means on this map. */
  readonly colourOf: (division: string) => Shade
  /** What each meaning is called, in the reader's language; those without words do not occur. */
  readonly words: Partial<Readonly<Record<Shade, string>>>
  readonly link: (division: string) => string
  /** The one city that is looked at, large; all 41 when absent. */
  readonly city?: string | undefined
  readonly points?: readonly MapPoint[]
}

/** Ids of patterns are one page's: a page has one map. They are as large on every sheet, whatever its grain. */
const patterns = (grain: number): Html => {
  const pattern = (shade: Shade, size: number, turned: string, mark: Html) =>
    html`<pattern id="map-${shade}" width="${size}" height="${size}" patternUnits="userSpaceOnUse" patternTransform="scale(${(1 / grain).toFixed(3)})${turned}"><rect width="${size}" height="${size}" class="ground"/>${mark}</pattern>`
  return html`<defs>${pattern('part', 14, ' rotate(45)', html`<rect width="5" height="14" class="mark"/>`)}${pattern('none', 20, '', html`<circle cx="10" cy="10" r="1.8" class="mark"/>`)}${pattern('unknown', 36, '', html`<path d="M14 14l8 8m0-8l-8 8" class="mark"/>`)}</defs>`
}

/** Large enough for a finger on a phone: 24 px of 320. */
const RADIUS = 38

const fillOf = (shade: Shade): Html | string => (shade === 'good' ? '' : html` fill="url(#map-${shade})"`)

const nameOf = (division: string, { say }: Reader): string => {
  const city = cityName(division)
  return city ? say(`${city.zh}市`, city.en) : division
}

function cities(map: CityMap, reader: Reader): Html {
  const { paths, grain } = sheet(map.city)
  const drawn = CITIES.flatMap(({ division }) => {
    const path = paths.get(division)
    return path === undefined ? [] : [{ division, path, shade: map.colourOf(division) }]
  })
  return html`<g transform="scale(${grain})">${drawn.map(({ division, path, shade }) => {
    const words = map.words[shade]
    const label = `${nameOf(division, reader)}${words === undefined ? '' : `: ${words}`}`
    return html`<a href="${map.link(division)}" aria-label="${label}"${division === map.city ? html` aria-current="true"` : ''}><path class="${shade}"${fillOf(shade)} d="${path}"/></a>`
  })}</g>`
}

/** Names of neighbours that would lie on each other give way by so many units of the sheet. */
const NUDGED: Readonly<Record<string, readonly [right: number, down: number]>> = {
  '320200': [-16, -8],
  '320500': [14, 8],
  '321000': [-4, -12],
  '321100': [4, 10],
  '340800': [-14, 8],
  '341700': [8, -10],
}

/** Names stand at the seats; voices have them from the links. */
function names({ city }: CityMap, { say }: Reader): Html {
  const { placeOf, height } = sheet(city)
  const shown = CITIES.map((one) => ({ one, at: placeOf(one) })).filter(
    ({ at: [x, y] }) => x > 0 && y > 0 && x < SHEET && y < height,
  )
  return html`<g class="names" aria-hidden="true">${shown.map(({ one, at: [x, y] }) => {
    const [right, down] = NUDGED[one.division] ?? [0, 0]
    return html`<text x="${x + right}" y="${y + down}">${say(one.zh, one.en)}</text>`
  })}</g>`
}

const pointsOf = ({ city, points = [] }: CityMap): Html =>
  html`${points.map(({ number, name, link, ...place }) => {
    const [x, y] = sheet(city).placeOf(place)
    return html`<a class="point" href="${link}" aria-label="${number}: ${name}"><circle cx="${x}" cy="${y}" r="${RADIUS}"/><text x="${x}" y="${y}" aria-hidden="true">${number}</text></a>`
  })}`

function scaleBar({ city }: CityMap, { say }: Reader): Html {
  const { height, bar } = sheet(city)
  const [left, y] = [30, height - 30]
  return html`<g class="bar" aria-hidden="true"><path d="M${left} ${y - 10}v10h${bar.length}v-10"/><text x="${left + bar.length / 2}" y="${y - 24}">${say(`${bar.km} 公里`, `${bar.km} km`)}</text></g>`
}

const legend = ({ words }: CityMap, grain: number): Html | string =>
  Object.keys(words).length === 0
    ? ''
    : html`<ul class="legend">${SHADES.filter((shade) => words[shade] !== undefined).map(
        (shade) =>
          html`<li><svg viewBox="0 0 72 48" aria-hidden="true"><g transform="scale(${grain})"><rect width="${72 / grain}" height="${48 / grain}" class="${shade}"${fillOf(shade)}/></g></svg> ${words[shade]}</li>`,
      )}</ul>`

/** The map with its legend, and a way past its links for those who go by keyboard: `#map-list`, which the page's list carries. */
export function cityMap(reader: Reader, map: CityMap): Html {
  const { say } = reader
  const { height, grain } = sheet(map.city)
  return html`<figure class="citymap${map.city ? ' one' : ''}"><a class="skip" href="#map-list">${say('跳过地图, 看列表', 'Skip the map, read the list')}</a>
<svg viewBox="0 0 ${SHEET} ${height}" role="group" aria-label="${map.title}" lang="${say('zh-CN', 'en')}">${patterns(grain)}${cities(map, reader)}${names(map, reader)}${pointsOf(map)}${scaleBar(map, reader)}</svg>
${legend(map, grain)}<figcaption class="quiet">${say('示意图, 只用来找城市, 不代表界线。', 'A schematic for finding a city. It does not show borders.')}</figcaption></figure>`
}
