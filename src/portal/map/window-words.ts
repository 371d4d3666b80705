/** How a window is told: whether it is open, when it opens next, how far it is, and where map apps show it. */
import gcoord from 'gcoord'
import { html } from 'hono/html'
import { dayAfter, isHoliday, isWorkingDay, today, weekdayOf } from '../../federation/working-days.ts'
import type { FoundWindow, Opening } from '../../schemas/window.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

// Its types tell of an ES module, and what Node loads is CommonJS: the same object, one step nearer.
const { transform, CRSTypes } = gcoord as unknown as typeof gcoord.default

const WEEKDAYS: readonly (readonly [zh: string, en: string])[] = [
  ['星期一', 'Monday'],
  ['星期二', 'Tuesday'],
  ['星期三', 'Wednesday'],
  ['星期四', 'Thursday'],
  ['星期五', 'Friday'],
  ['星期六', 'Saturday'],
  ['星期日', 'Sunday'],
]

/** @param weekday 1 is Monday */
export const weekdayWords = (weekday: number, { say }: Reader): string =>
  say(...(WEEKDAYS[weekday - 1] ?? ['', '']))

// Made once: making one takes longer than the rest of a window's line.
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Shanghai',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const timeIn = (instant: string): string => clock.format(new Date(instant))

/** A day as people call it: today, tomorrow, or its date. */
function dayWords(day: string, now: Date, reader: Reader): string {
  const { say } = reader
  if (day === today(now)) return say('今天', 'today')
  if (day === dayAfter(today(now), 1)) return say('明天', 'tomorrow')
  const [, month, date] = day.split('-').map(Number)
  const weekday = weekdayWords(weekdayOf(day), reader)
  return say(`${month}月${date}日(${weekday})`, `${weekday} ${day}`)
}

export function openingWords({ from, to, isProvisional }: Opening, now: Date, reader: Reader): string {
  const { say } = reader
  const day = dayWords(today(new Date(from)), now, reader)
  const caution = isProvisional ? say('(节假日安排还没公布)', ' (holidays not announced yet)') : ''
  return say(
    `${day} ${timeIn(from)} 到 ${timeIn(to)} 开门${caution}`,
    `Opens ${day}, ${timeIn(from)} to ${timeIn(to)}${caution}`,
  )
}

/** Open or not, by a sign, a colour and words; with the next opening where it is closed. */
export function stateWords(
  { isOpen, nextOpening }: Pick<FoundWindow, 'isOpen' | 'nextOpening'>,
  now: Date,
  reader: Reader,
): Html {
  const { say } = reader
  if (isOpen === null)
    return html`<span class="quiet">? ${say('开门时间请电话确认', 'Ask by phone when it is open')}</span>`
  if (isOpen) return html`<span class="good">✓ ${say('现在开门', 'Open now')}</span>`
  return html`<span class="wait">✕ ${say('现在没开门', 'Closed now')}</span>${nextOpening ? html` <span class="quiet">${openingWords(nextOpening, now, reader)}</span>` : ''}`
}

/** Why today is not as the week says: a holiday, or a weekend day that is worked (调休). */
export function todayWords(now: Date, { say }: Reader): string | undefined {
  const day = today(now)
  if (isHoliday(day))
    return say('今天是法定节假日, 窗口不开门。', 'Today is a public holiday: windows are closed.')
  if (weekdayOf(day) > 5 && isWorkingDay(day))
    return say('今天是调休上班日, 按工作日开门。', 'Today is a working weekend day: hours of a weekday.')
  return undefined
}

export const distanceWords = (metres: number, { say }: Reader): string =>
  metres < 950
    ? say(
        `约 ${Math.max(50, Math.round(metres / 50) * 50)} 米`,
        `about ${Math.max(50, Math.round(metres / 50) * 50)} m`,
      )
    : say(`约 ${(metres / 1000).toFixed(1)} 公里`, `about ${(metres / 1000).toFixed(1)} km`)

/** Map apps by link, nothing of theirs is fetched. Amap counts in GCJ-02, to which a place is converted here, at the edge. */
export function directionLinks(
  { lon, lat, name }: { readonly lon: number; readonly lat: number; readonly name: string },
  { say }: Reader,
): readonly { readonly href: string; readonly words: string }[] {
  const [east, north] = transform([lon, lat], CRSTypes.WGS84, CRSTypes.GCJ02)
  const amap = new URLSearchParams({
    position: `${east.toFixed(6)},${north.toFixed(6)}`,
    name,
    coordinate: 'gaode',
    callnative: '1',
  })
  const apple = new URLSearchParams({ ll: `${lat},${lon}`, q: name })
  const osm = new URLSearchParams({ mlat: String(lat), mlon: String(lon) })
  return [
    { href: `https://uri.amap.com/marker?${amap}`, words: say('高德地图', 'Amap') },
    { href: `https://maps.apple.com/?${apple}`, words: say('苹果地图', 'Apple Maps') },
    {
      href: `https://www.openstreetmap.org/?${osm}#map=17/${lat}/${lon}`,
      words: say('开放街道地图', 'OpenStreetMap'),
    },
  ]
}
