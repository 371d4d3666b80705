/** Which of the 41 cities offer a service, and how. */
import { html } from 'hono/html'
import type { Offer, Service } from '../../federation/matters/search/services.ts'
import { CITIES } from '../../schemas/division.ts'
import { REGIONS } from '../../schemas/regions.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { cityMap, type Shade } from '../map/city-map.ts'
import { cityWords } from './parts.ts'

const offerWords = (offer: Offer | undefined, { say }: Reader): Html =>
  offer === undefined
    ? html`<span class="quiet">${say('没有这项服务', 'not offered')}</span>`
    : offer.fileable
      ? html`<span class="good">✓ ${say('可以网上申请', 'online')}</span>`
      : html`<span class="wait">▲ ${say('要到窗口办', 'at a window')}</span>`

const shadeOf = (offer: Offer | undefined): Shade =>
  offer === undefined ? 'none' : offer.fileable ? 'good' : 'part'

/** By what they stand on one page: the table that people made, or the name alone. */
function togetherBecause({ name, names, offers }: Service, reader: Reader): Html {
  const { say } = reader
  const by = new Set(offers.map((offer) => offer.by))
  const others = names.filter((one) => one !== name.zh)
  const words = !by.has('table')
    ? say(
        '这些事项因为名称相同列在一起, 没有人核对过是不是同一件事。',
        'These stand together since they have one name; nobody has compared them.',
      )
    : by.has('name')
      ? say(
          '标“名称相同”的只是名称相同, 其余按对照表核对过是同一件事。',
          'Those marked “same name” have only the name in common; the table of equivalences holds the others to be the same matter.',
        )
      : say(
          '这些事项按对照表核对过是同一件事。',
          'The table of equivalences holds these to be the same matter.',
        )
  return html`<p class="quiet">${words}${others.length === 0 ? '' : html` ${say('别处的叫法', 'Elsewhere it is called')}: ${others.map((zh, at) => html`${at === 0 ? '' : say('、', ', ')}${reader.name({ zh })}`)}`}</p>`
}

export function cities(service: Service, id: string, reader: Reader): Html {
  const { say, name } = reader
  const at = new Map(service.offers.toReversed().map((offer) => [offer.division, offer]))
  const online = service.offers.filter(({ fileable }) => fileable).length
  const isMixed = service.offers.some(({ by }) => by === 'table')
  return html`<h1>${name(service.name)}: ${say('哪些城市能办', 'in which cities')}</h1>
<p>${say(`41 座城市中 ${online} 座可以网上申请。`, `It can be filed online in ${online} of 41 cities.`)} <a href="/matters/${encodeURIComponent(id)}">${say('回到事项', 'Back')}</a></p>
${togetherBecause(service, reader)}
${cityMap(reader, {
  title: say('哪些城市能办', 'In which cities'),
  colourOf: (division) => shadeOf(at.get(division)),
  words: {
    good: say('可以网上申请', 'online'),
    part: say('要到窗口办', 'at a window'),
    none: say('没有这项服务', 'not offered'),
  },
  link: (division) => {
    const offer = at.get(division)
    return offer ? `/matters/${encodeURIComponent(offer.id)}` : '#map-list'
  },
})}<div id="map-list" tabindex="-1">${REGIONS.map(
    (region) =>
      html`<h2>${say(region.zh, region.en)}</h2><ul class="tiles">${CITIES.filter(
        (city) => city.region === region.id,
      ).map(({ division }) => {
        const offer = at.get(division)
        const words = html`${cityWords(division, reader)}<br>${offerWords(offer, reader)}${isMixed && offer?.by === 'name' ? html`<br><span class="quiet">${say('名称相同', 'same name')}</span>` : ''}`
        return html`<li>${offer ? html`<a href="/matters/${encodeURIComponent(offer.id)}">${words}</a>` : html`<span class="tile">${words}</span>`}</li>`
      })}</ul>`,
  )}</div>`
}
