/** Finding a matter by words of its name, to look at its preview. */
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { CITIES, isCity } from '../../schemas/division.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { cityFor } from './holding-words.ts'

const FOUND_AT_MOST = 30
const MOST_CHARACTERS = 100

/** The form, and what was found. @param division the city that shall handle it; any when it is none */
export async function chooseMatter(
  text: string,
  division: string,
  reader: Reader,
  { store }: Deps,
): Promise<Html> {
  const { say } = reader
  const words = text.trim().slice(0, MOST_CHARACTERS)
  const at = isCity(division) ? { division } : {}
  const rows =
    words === ''
      ? []
      : await store.matters.search({ q: words, ...at, limit: FOUND_AT_MOST, document: { fileable: true } })
  return html`<h1>${say('一次预览', 'Preview')}</h1>
<p>${say('先选要办的事, 再看哪些材料不用交、哪些内容不用填。', 'Choose a matter, and see which documents and fields are already known.')}</p>
<form class="card" method="get" action="/me/preview"><label for="words">${say('事项名称', 'Name of the matter')}</label><input id="words" name="words" value="${words}" maxlength="${MOST_CHARACTERS}" required>
<label for="division">${say('在哪里办', 'Where')}</label><select id="division" name="division"><option value="">${say('不限', 'Anywhere')}</option>${CITIES.map(({ division: city }) => html`<option value="${city}"${city === division ? html` selected` : ''}>${cityFor(city, reader)}</option>`)}</select>
<p><button>${say('查找', 'Search')}</button></p></form>
${words === '' ? '' : found(words, rows, reader)}`
}

type Row = Awaited<ReturnType<Deps['store']['matters']['search']>>[number]

/** Matters by name, each with its cities. */
function found(words: string, rows: readonly Row[], reader: Reader): Html {
  const { say } = reader
  if (rows.length === 0)
    return html`<p role="status">${say(`没有找到名称含“${words}”、可以在线申请的事项。`, `No matter with “${words}” in its name can be filed online.`)}</p>`
  return html`<ul>${rows.map(({ id, name, division }) => html`<li><a href="/me/preview?matter=${encodeURIComponent(id)}">${reader.name({ zh: name })}</a> <span class="quiet">${division === null ? '' : cityFor(division, reader)}</span></li>`)}</ul>
${rows.length < FOUND_AT_MOST ? '' : html`<p class="quiet">${say(`只显示前 ${FOUND_AT_MOST} 项, 请选择城市或写得更具体。`, `The first ${FOUND_AT_MOST}; choose a city for more.`)}</p>`}`
}
