/** What was found. */
import { html } from 'hono/html'
import { guideTo } from '../../federation/matters/guides.ts'
import type { Found } from '../../federation/matters/search/finder.ts'
import type { Topic } from '../../federation/matters/search/services.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { guideNote } from './guides.ts'
import { type Asked, searchForm, serviceItem } from './parts.ts'

export function list(
  { items, total }: Found,
  asked: Asked & { readonly topic: Topic | undefined },
  reader: Reader,
): Html {
  const { say } = reader
  const title = asked.topic ? say(asked.topic.zh, asked.topic.en) : say('查找结果', 'What was found')
  const [best] = items
  const guide = best && guideTo(best.name.zh)
  return html`<h1>${title}</h1>${searchForm(asked, reader)}
<p role="status">${
    total === 0
      ? say('没有找到。换个说法试试, 或者拨打 12345。', 'Nothing was found. Try other words, or call 12345.')
      : say(
          `找到 ${total} 项${total > items.length ? `, 这里是最合适的 ${items.length} 项` : ''}`,
          `${total} found${total > items.length ? `, the best ${items.length} are here` : ''}`,
        )
  }</p>
${guide ? guideNote(guide, reader) : ''}
${items.length === 0 ? '' : html`<ul class="plainlist">${items.map((service) => serviceItem(service, asked, reader))}</ul>`}`
}
