/** How the pages say what a photo or a licence is, where it is, and how far an answer of many cities can be trusted to be all. */
import { html } from 'hono/html'
import type { CityState, Completeness } from '../../schemas/completeness.ts'
import { CITIES, cityName } from '../../schemas/division.ts'
import type { LicenceStatus } from '../../schemas/licence.ts'
import type { PhotoSource } from '../../schemas/photo.ts'
import { REGIONS, type RegionId } from '../../schemas/regions.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

type Words = readonly [zh: string, en: string]

export const TAKEN_FOR_WORDS: Readonly<Record<PhotoSource, Words>> = {
  idCard: ['居民身份证照片', 'Identity card photo'],
  socialSecurityCard: ['社会保障卡照片', 'Social security card photo'],
  drivingLicence: ['驾驶证照片', 'Driving licence photo'],
  passport: ['护照照片', 'Passport photo'],
  upload: ['我在本网站拍的照片', 'Photo that I took here'],
  unknown: ['照片', 'Photo'],
}

export const STATUS_WORDS: Readonly<Record<LicenceStatus, Words>> = {
  valid: ['有效', 'valid'],
  suspended: ['已暂扣', 'suspended'],
  revoked: ['已撤销或注销', 'revoked'],
  expired: ['已过期', 'expired'],
  invalid: ['已失效', 'not valid'],
  unknown: ['状态不明', 'of unknown state'],
}

export type Verdict = 'fits' | 'canBeMadeToFit' | 'doesNotFit' | 'unchecked'
export const VERDICT_WORDS: Readonly<Record<Verdict, Words>> = {
  fits: ['合格, 可以直接用', 'fits'],
  canBeMadeToFit: ['可以用, 系统会替您调整好', 'will be made to fit'],
  doesNotFit: ['不能用', 'does not fit'],
  unchecked: ['没有核对', 'not checked'],
}

/** Day and minute of an instant. */
export const minuteOf = (instant: string): string => instant.slice(0, 16).replace('T', ' ')

/** The region, and the city where it is one that answered. */
export function placeWords(
  { region, division }: { readonly region: RegionId | null; readonly division: string | null },
  { name, say }: Reader,
): Html {
  if (region === null) return html`${say('本网站', 'this website')}`
  const home = REGIONS.find(({ id }) => id === region) ?? { zh: region }
  const city = division === null ? undefined : cityName(division)
  // Shanghai is both.
  if (city === undefined || division === null || city.zh === home.zh.replace('市', ''))
    return html`${name(home)}`
  return say(html`${home.zh} ${cityWords(division) ?? ''}`, html`${city.en}, ${name(home)}`)
}

/** A city as people write it; `undefined` for what is none of the 41. */
export function cityWords(division: string): string | undefined {
  const city = cityName(division)
  // All 41 are called 市; the table leaves it out.
  return city && `${city.zh}市`
}

/** The same in the reader's language, and the digits for what is none of the 41. */
export const cityFor = (division: string, { say }: Reader): string =>
  say(cityWords(division) ?? division, cityName(division)?.en ?? division)

/** Reasons for which a city will not answer later either, as far as the gateway is concerned. */
const NOT_THERE: ReadonlySet<string | undefined> = new Set(['NOT_OFFERED', 'REGION_NOT_CONNECTED'])

function silentCity({ division, asOf, reason }: CityState, reader: Reader): Html {
  const { say } = reader
  const city = cityFor(division, reader)
  if (asOf !== null)
    return html`<li>${say(`${city} 没有回答, 上次回答是 ${minuteOf(asOf)}`, `${city}: silent, its answer of ${minuteOf(asOf)} is shown`)}</li>`
  if (NOT_THERE.has(reason)) return html`<li>${say(`${city} 还没有接通`, `${city}: not connected`)}</li>`
  return html`<li>${say(`${city} 没有回答, 以前也没有回答过`, `${city}: silent, never answered`)}</li>`
}

/**
 * One sentence, and the silent cities behind it. A city that did not answer is never shown as one that holds nothing.
 * @param what 照片 or 证照, in both languages
 */
export function completenessWords(
  { asked, fresh, cached, failed, cities }: Completeness,
  what: Words,
  reader: Reader,
): Html {
  const { say } = reader
  if (fresh === asked)
    return html`<p role="status">${say(`已问 ${asked} 个城市, 都回答了。`, `All ${asked} cities answered.`)}</p>`
  const silent = cities.filter(({ state }) => state !== 'fresh')
  const parts = [
    `${fresh} 个刚刚回答`,
    ...(cached > 0 ? [`${cached} 个用的是以前的回答`] : []),
    ...(failed > 0 ? [`${failed} 个没有回答`] : []),
  ]
  return html`<p role="status">${say(
    `已问 ${asked} 个城市: ${parts.join(', ')}。没有回答不等于没有${what[0]}。`,
    `${fresh} of ${asked} cities answered now${cached > 0 ? `, ${cached} before` : ''}${failed > 0 ? `, ${failed} did not` : ''}. A city that is silent may still hold a ${what[1]}.`,
  )}</p>
<details class="extra"><summary>${say(`哪 ${silent.length} 个城市没有回答`, `Which ${silent.length} cities did not answer`)}</summary><ul>${silent.map((one) => silentCity(one, reader))}</ul></details>`
}

const SCOPES = [
  ['home', '本地', 'Home'],
  ['known', '认识我的地区', 'Regions that know me'],
  ['*', `全部 ${CITIES.length} 城`, `All ${CITIES.length} cities`],
] as const

/** Which cities a page asks. @param path of the page, maybe with a query @param chosen as the address names it; all without */
export const scopeLinks = (path: string, chosen: string | undefined, { say }: Reader): Html =>
  html`<nav class="scopes extra" aria-label="${say('问哪些城市', 'Which cities')}">${SCOPES.map(
    ([scope, zh, en]) => {
      const isHere = (chosen || '*') === scope
      return html`<a href="${scope === '*' ? path : `${path}${path.includes('?') ? '&' : '?'}cities=${scope}`}"${isHere ? html` aria-current="page"` : ''}>${say(zh, en)}</a>`
    },
  )}</nav>`
