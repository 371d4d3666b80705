/** How far a list of cases is all there is: in words, from when each city last answered. A silent city is never shown as one without cases. */
import { html } from 'hono/html'
import type { CityState, Completeness } from '../../schemas/completeness.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { cityWords, minuteWords } from './words.ts'

/** Reasons for which a city will not answer later either, as far as we are concerned. */
const NOT_THERE: ReadonlySet<string | undefined> = new Set(['NOT_OFFERED', 'REGION_NOT_CONNECTED'])

const DAY_MS = 86_400_000

/** What the statement is made of. */
interface Counted {
  readonly today: number
  readonly yesterday: number
  readonly earlier: number
  readonly silent: number
}

/** @param today `yyyy-MM-dd` in Shanghai */
function countOf(cities: readonly CityState[], today: string): Counted {
  const yesterday = new Date(Date.parse(`${today}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10)
  const count = (is: (day: string | undefined) => boolean) =>
    cities.filter(({ asOf }) => is(asOf?.slice(0, 10))).length
  return {
    today: count((day) => day !== undefined && day >= today),
    yesterday: count((day) => day === yesterday),
    earlier: count((day) => day !== undefined && day < yesterday),
    silent: count((day) => day === undefined),
  }
}

/** `36 座城市今天已答复, 2 座用的是昨天的答复, 3 座没有答复。` */
function sentence({ today, yesterday, earlier, silent }: Counted, { say }: Reader): string {
  const parts = [
    say(`${today} 座城市今天已答复`, `${today} cities answered today`),
    ...(yesterday > 0
      ? [say(`${yesterday} 座用的是昨天的答复`, `${yesterday} are shown as they answered yesterday`)]
      : []),
    ...(earlier > 0 ? [say(`${earlier} 座用的是更早的答复`, `${earlier} as they answered before that`)] : []),
    ...(silent > 0 ? [say(`${silent} 座没有答复`, `${silent} did not answer`)] : []),
  ]
  return `${parts.join(say(', ', ', '))}${say('。', '.')}`
}

/** The statement; a warning where something may be missing. @param isAsked the reader has just had the cities asked */
export function completenessOf(
  { asked, cities }: Completeness,
  today: string,
  isAsked: boolean,
  reader: Reader,
): Html {
  const { say } = reader
  const counted = countOf(cities, today)
  if (counted.silent === asked && !isAsked)
    return html`<p>${say('还没有城市答复过: 这里只有在本网站办的事。', 'No city has answered yet: here is what was filed on this site.')}</p>`
  const old = cities.filter(({ asOf }) => (asOf ?? '') < today)
  return html`<p data-announce>${sentence(counted, reader)}${
    counted.silent > 0
      ? html` <strong>${say('没有答复不等于没有办件。', 'A city that is silent may still have a case of yours.')}</strong>`
      : ''
  }</p>${
    old.length === 0
      ? ''
      : html`<details class="extra"><summary>${say(`哪 ${old.length} 座城市今天没有答复`, `Which ${old.length} cities did not answer today`)}</summary><ul>${old.map((one) => html`<li>${cityLine(one, reader)}</li>`)}</ul></details>`
  }`
}

function cityLine({ division, asOf, reason }: CityState, reader: Reader): string {
  const { say } = reader
  const city = cityWords(division, reader)
  if (asOf !== null) {
    const at = minuteWords(asOf, reader)
    return say(`${city}: 上次答复是${at}`, `${city}: last answered on ${at}`)
  }
  return NOT_THERE.has(reason)
    ? say(`${city}: 还没有接通`, `${city}: not connected yet`)
    : say(`${city}: 没有答复`, `${city}: no answer`)
}
