/** Finding a matter by words of its name, to look at its preview. */
import { html } from 'hono/html'
import type { Deps } from '../federation/deps.ts'
import { cityName, REGIONS } from '../schemas/division.ts'
import { en, type Html } from './frame.ts'

const FOUND_AT_MOST = 30
const MOST_CHARACTERS = 100

/** The form, and what was found. */
export async function chooseMatter(text: string, { store }: Deps): Promise<Html> {
  const words = text.trim().slice(0, MOST_CHARACTERS)
  const rows =
    words === ''
      ? []
      : await store.matters.search({ q: words, limit: FOUND_AT_MOST, document: { fileable: true } })
  return html`<h1>一次预览 ${en('Preview')}</h1>
<p>先选要办的事, 再看哪些材料不用交、哪些内容不用填。<br>${en('Choose a matter, and see which documents and fields are already known.')}</p>
<form method="get" action="/me/preview"><label for="words">按名称查找 ${en('Search by name')}</label><div class="row"><input class="grow" id="words" name="words" value="${words}" maxlength="${MOST_CHARACTERS}" required><button class="plain">查找 Search</button></div></form>
${words !== '' && rows.length === 0 ? html`<p role="status">没有找到名称含“${words}”的事项。 ${en('Nothing found.')}</p>` : ''}
<ul>${rows.map(({ id, name, region, division }) => html`<li><a href="/me/preview?matter=${encodeURIComponent(id)}">${name}</a> <span class="quiet">${placeOf(region, division)}</span></li>`)}</ul>`
}

const placeOf = (region: string | null, division: string | null): string =>
  (division === null ? undefined : cityName(division)?.zh) ??
  REGIONS.find(({ id }) => id === region)?.zh ??
  ''
