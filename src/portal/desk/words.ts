/** What the desk's pages call things. */

import { html } from 'hono/html'
import type { GatewayError } from '../../errors.ts'
import { PROBLEMS } from '../../errors.ts'
import { statusOf } from '../../federation/cases/record.ts'
import { statusSays } from '../../federation/cases/words/status-words.ts'
import { CITIES, cityName } from '../../schemas/division.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { CaseRow } from '../../store/index.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

export const dayAndMinute = (at: Date): string => formatInstant(at).slice(0, 16).replace('T', ' ')

export const cityWord = (division: string | null, { say }: Reader): string => {
  const city = cityName(division ?? '')
  return city ? say(city.zh, city.en) : (division ?? '')
}

/** How a case stands, in a sentence. */
export const statusWord = (filed: CaseRow | undefined, { say }: Reader): string => {
  if (!filed) return ''
  const raw = filed.rawCode === null ? null : { code: filed.rawCode, label: filed.rawLabel ?? '' }
  const { zh, en } = statusSays(statusOf(filed.status), raw)
  return say(zh, en)
}

/** All cities to choose from. */
export const cityOptions = (chosen: string, { say }: Reader): Html =>
  html`${CITIES.map(({ division, zh, en }) => html`<option value="${division}"${division === chosen ? html` selected` : ''}>${say(zh, en)}</option>`)}`

/** What went wrong, on top of the page that can mend it. */
export function problemBox(error: GatewayError, { say }: Reader, idOf?: (pointer: string) => string): Html {
  const { title, fix } = PROBLEMS[error.code]
  return html`<div class="problems" role="alert" tabindex="-1"><h2>${say(title.zh, title.en)}</h2>${
    error.errors.length > 0
      ? html`<ul>${error.errors.map(({ pointer, zh, en }) => html`<li>${idOf ? html`<a href="#${idOf(pointer)}">${say(zh, en)}</a>` : say(zh, en)}</li>`)}</ul>`
      : html`<p>${say(`${fix.zh}。`, `${fix.en}.`)}</p>`
  }</div>`
}
