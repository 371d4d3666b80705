/** Finding a matter by words of its name, to look at its preview. */
import { html, raw } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { CITIES, isCity } from '../../schemas/division.ts'
import { en, type Html } from '../frame/frame.ts'
import { cityWords } from './holding-words.ts'

const FOUND_AT_MOST = 30
const MOST_CHARACTERS = 100

/** The form, and what was found. @param division the city that shall handle it; any when it is none */
export async function chooseMatter(text: string, division: string, { store }: Deps): Promise<Html> {
  const words = text.trim().slice(0, MOST_CHARACTERS)
  const at = isCity(division) ? { division } : {}
  const rows =
    words === ''
      ? []
      : await store.matters.search({ q: words, ...at, limit: FOUND_AT_MOST, document: { fileable: true } })
  return html`<h1>一次预览 ${en('Preview')}</h1>
<p>先选要办的事, 再看哪些材料不用交、哪些内容不用填。<br>${en('Choose a matter, and see which documents and fields are already known.')}</p>
<form class="card" method="get" action="/me/preview"><label for="words">事项名称 ${en('Name of the matter')}</label><input id="words" name="words" value="${words}" maxlength="${MOST_CHARACTERS}" required>
<label for="division">在哪里办 ${en('Where')}</label><select id="division" name="division"><option value="">不限 Anywhere</option>${CITIES.map(({ division: city, en: english }) => html`<option value="${city}"${city === division ? raw(' selected') : ''}>${cityWords(city)} ${english}</option>`)}</select>
<p><button>查找 Search</button></p></form>
${words === '' ? '' : found(words, rows)}`
}

type Row = Awaited<ReturnType<Deps['store']['matters']['search']>>[number]

/** Matters by name, each with its cities. */
function found(words: string, rows: readonly Row[]): Html {
  if (rows.length === 0)
    return html`<p role="status">没有找到名称含“${words}”、可以在线申请的事项。 ${en('Nothing found.')}</p>`
  return html`<ul>${rows.map(({ id, name, division }) => html`<li><a href="/me/preview?matter=${encodeURIComponent(id)}">${name}</a> <span class="quiet">${division === null ? '' : cityWords(division)}</span></li>`)}</ul>
${rows.length < FOUND_AT_MOST ? '' : html`<p class="quiet">只显示前 ${FOUND_AT_MOST} 项, 请选择城市或写得更具体。 <span lang="en">The first ${FOUND_AT_MOST}; choose a city for more.</span></p>`}`
}
