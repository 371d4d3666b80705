/** What the pages of finding share: the search form, cities to choose from, a service in a list. */
import { html } from 'hono/html'
import type { Service } from '../../federation/matters/search/services.ts'
import { CITIES, cityName } from '../../schemas/division.ts'
import { REGIONS } from '../../schemas/regions.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { MODE_WORDS } from './words.ts'

/** A city as people write it. */
export const cityWords = (division: string, { say }: Reader): string => {
  const city = cityName(division)
  return city ? say(`${city.zh}市`, city.en) : division
}

/** Cities in the order of their regions. @param only those that may be chosen; all when absent */
export const cityChoices = (chosen: string | undefined, reader: Reader, only?: ReadonlySet<string>): Html[] =>
  REGIONS.map(
    ({ id, zh, en }) =>
      html`<optgroup label="${reader.say(zh, en)}">${CITIES.filter(
        ({ region, division }) => region === id && (only === undefined || only.has(division)),
      ).map(
        ({ division }) =>
          html`<option value="${division}"${division === chosen ? html` selected` : ''}>${cityWords(division, reader)}</option>`,
      )}</optgroup>`,
  )

/** What was asked, as the address holds it. */
export interface Asked {
  readonly q: string
  readonly from: string | undefined
  readonly to: string | undefined
}

/** One box, and the two cities. */
export const searchForm = ({ q, from, to }: Asked, reader: Reader): Html => {
  const { say } = reader
  return html`<form action="/matters" method="get" role="search"><label for="q">${say('要办什么事?', 'What do you need?')}</label><p class="hint" id="q-hint">${say('可以写大白话, 也可以写拼音首字母, 如 gjj', 'Plain words will do: housing fund, marriage, company')}</p>
<div class="row"><div class="grow suggest"><input type="search" id="q" name="q" value="${q}" maxlength="60" autocomplete="off" aria-describedby="q-hint" data-suggestions="/matters/suggestions"></div><button>${say('查找', 'Search')}</button></div>
<div class="row extra"><div class="grow"><label for="from">${say('我住在', 'I live in')}</label><select id="from" name="from"><option value="">${say('不限', 'Anywhere')}</option>${cityChoices(from, reader)}</select></div><div class="grow"><label for="to">${say('要在哪里办', 'I need it from')}</label><select id="to" name="to"><option value="">${say('不限', 'Anywhere')}</option>${cityChoices(to, reader)}</select></div></div></form>`
}

/** The offer that answers best: the wanted city's, else one that can be filed online, else any. */
export const offerFor = ({ offers }: Service, to: string | undefined) =>
  offers.find(({ division }) => division === to && to !== undefined) ??
  offers.find(({ fileable }) => fileable) ??
  offers[0]

const modeOf = (mode: string | null): keyof typeof MODE_WORDS | undefined =>
  (Object.keys(MODE_WORDS) as (keyof typeof MODE_WORDS)[]).find((one) => one === mode)

/** How the address of a matter carries the two cities on. */
export const cityQuery = ({ from, to }: Pick<Asked, 'from' | 'to'>): string => {
  const query = new URLSearchParams({ ...(from ? { from } : {}), ...(to ? { to } : {}) }).toString()
  return query === '' ? '' : `?${query}`
}

/** 快办, where the matter's own data allow it. */
export const quickTag = ({ say }: Reader): Html =>
  html`<span class="tag">${say('快办 · 约 3 分钟, 不用材料', 'Quick: about 3 minutes, no material')}</span>`

/** A service, how it is done, and where. */
export function serviceItem(service: Service, asked: Asked, reader: Reader): Html {
  const { say, name } = reader
  const offer = offerFor(service, asked.to)
  const online = service.offers.filter(({ fileable }) => fileable).length
  const mode = modeOf(offer?.mode ?? null)
  const others = service.names.filter((one) => one !== service.name.zh)
  return html`<li><a class="big" href="/matters/${encodeURIComponent(offer?.id ?? '')}${cityQuery(asked)}">${name(service.name)}</a>${offer?.isQuick ? html` ${quickTag(reader)}` : ''}<br><span class="${online > 0 ? 'good' : 'quiet'}">${
    online > 0
      ? say(`41 座城市中 ${online} 座可以网上申请`, `can be filed online in ${online} of 41 cities`)
      : say('还不能网上申请', 'cannot be filed online yet')
  }</span>${mode ? html` <span class="quiet extra">· ${say(...MODE_WORDS[mode])}</span>` : ''}${others.length === 0 ? '' : html`<br><span class="quiet extra">${say('别处的叫法', 'Elsewhere it is called')}: ${others.map((zh, at) => html`${at === 0 ? '' : say('、', ', ')}${name({ zh })}`)}</span>`}</li>`
}
