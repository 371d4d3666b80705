/** A matter as people read it: who, what, how long, what for papers, where, and what differs elsewhere. */
import { html } from 'hono/html'
import { guideTo } from '../../federation/matters/guides.ts'
import { isQuick } from '../../federation/matters/quick.ts'
import type { Service } from '../../federation/matters/search/services.ts'
import type { Matter, MatterDocument } from '../../schemas/matter.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { guideNote } from './guides.ts'
import { cityChoices, cityWords, quickTag } from './parts.ts'
import { daysWords, deliveryWords, feeWords, MODE_WORDS, NECESSITY_WORDS, subjectWords } from './words.ts'

export interface Shown {
  readonly matter: Matter
  readonly service: Service | undefined
  /** The table of what differs between the regions; empty where only one offers it. */
  readonly differences: Html | string
}

/** Can it be done here: the first sentence that somebody reads. */
function verdict({ fileable, mode, phone, divisions }: Matter, reader: Reader): Html {
  const { say } = reader
  if (divisions.length === 0)
    return html`<p class="note">${say('四个地区还没有把这件事放到网上。可以先问 12345 或到窗口办。', 'No region offers this online yet. Ask 12345 or a window.')}</p>`
  if (fileable)
    return html`<p class="good big">${say('可以在这里申请', 'You can apply here')}${mode ? html`<span class="quiet"> · ${say(...MODE_WORDS[mode])}</span>` : ''}</p>`
  return html`<p class="note">${say('这件事现在不能在网上申请, 请到窗口办。', 'This cannot be applied for online now; go to a window.')}${phone ? html` ${say('电话', 'Phone')} <a href="tel:${phone.replaceAll(/[^\d+]/g, '')}">${phone}</a>` : ''}</p>`
}

const buttons = (matter: Matter, reader: Reader): Html => {
  const { id, fileable } = matter
  const { say } = reader
  const query = `?matter=${encodeURIComponent(id)}`
  return html`${isQuick(matter) ? html`<p>${quickTag(reader)}</p>` : ''}<p class="row">${fileable ? html`<a class="button" href="/apply${query}">${isQuick(matter) ? say('马上办', 'Apply now') : say('开始办理', 'Apply')}</a>` : ''}<a class="button plain" href="/preflight${query}">${say('先看看我能不能办', 'Check whether I can')}</a><a class="button plain extra" href="/map${query}">${say('去窗口办', 'At a window')}</a></p>`
}

export const documentItem = (
  { name, necessity, exemptedBy, copies, requirement }: MatterDocument,
  reader: Reader,
): Html => {
  const { say } = reader
  return html`<li><strong>${reader.name(name)}</strong> <span class="tag">${say(...NECESSITY_WORDS[necessity])}</span>${exemptedBy.length > 0 ? html`<br><span class="good">${say('有对应的电子证照就不用交', 'not needed where you have the electronic licence')}</span>` : ''}${copies === undefined || copies < 2 ? '' : html`<br><span class="quiet">${say(`${copies} 份`, `${copies} copies`)}</span>`}${requirement ? html`<br><span class="quiet words" lang="zh-CN">${requirement}</span>` : ''}</li>`
}

const term = (label: string, value: Html | string): Html | string =>
  value === '' ? '' : html`<dt>${label}</dt><dd>${value}</dd>`

/** A region's own text, folded away, in the region's language. */
const folded = (label: string, text: string | undefined): Html | string =>
  text ? html`<details><summary>${label}</summary><p class="words" lang="zh-CN">${text}</p></details>` : ''

/** The same service in another city: a form, so that it works without script. */
function elsewhere({ id, divisions }: Matter, service: Service | undefined, reader: Reader): Html | string {
  const cities = new Set(service?.offers.flatMap(({ division }) => division ?? []) ?? [])
  if (cities.size < 2) return ''
  const { say } = reader
  return html`<form method="get" action="/matters/${encodeURIComponent(id)}" class="row"><div class="grow"><label for="to">${say('换一座城市办', 'In another city')}</label><select id="to" name="to">${cityChoices(divisions[0], reader, cities)}</select></div><button class="plain">${say('看这座城市', 'Show')}</button></form>
<p><a href="/matters/${encodeURIComponent(id)}/cities">${say(`41 座城市中 ${cities.size} 座提供, 都列在这里`, `Offered in ${cities.size} of 41 cities: see them all`)}</a></p>`
}

export function matterPage({ matter, service, differences }: Shown, reader: Reader): Html {
  const { say, name } = reader
  const place = matter.divisions[0]
  const english = service?.name ?? matter.name
  const guide = guideTo(matter.name.zh)
  return html`<h1>${name(english)}</h1>
${place ? html`<p class="quiet">${say(`${cityWords(place, reader)}办理`, `Handled in ${cityWords(place, reader)}`)}${matter.agency ? html` · <span lang="zh-CN">${matter.agency.name}</span>` : ''}</p>` : ''}
${verdict(matter, reader)}${buttons(matter, reader)}${guide ? guideNote(guide, reader) : ''}
<dl>${term(say('谁可以办', 'Who'), subjectWords(matter, reader))}${term(say('多久', 'How long'), daysWords(matter, reader))}${term(say('费用', 'Fee'), feeWords(matter, reader))}${matter.visits === undefined ? '' : term(say('要跑几趟', 'Visits'), say(`${matter.visits} 趟`, String(matter.visits)))}${matter.resultName ? term(say('办成得到', 'Result'), html`<span lang="zh-CN">${matter.resultName}</span>`) : ''}${term(say('怎么拿', 'How it comes'), deliveryWords(matter, reader))}${matter.phone ? term(say('咨询', 'Questions'), matter.phone) : ''}${matter.loa > 2 ? term(say('登录要求', 'Log-in'), say(`实名等级 ${matter.loa} 级`, `assurance level ${matter.loa}`)) : ''}</dl>
<h2>${say('要准备的材料', 'Documents')}</h2>
${matter.documents.length === 0 ? html`<p>${say('不用交材料。', 'None.')}</p>` : html`<ul class="plainlist">${matter.documents.map((one) => documentItem(one, reader))}</ul>`}
${elsewhere(matter, service, reader)}
<div class="extra">${folded(say('办理条件', 'Conditions'), matter.conditions)}${folded(say('办理流程', 'Steps'), matter.flow)}${folded(say('依据', 'Legal basis'), matter.legalBasis)}${folded(say('收费依据', 'Basis of the fee'), matter.feeBasis)}
${differences}
<p class="quiet">${say('来源', 'Source')}: <span lang="zh-CN">${matter.source}</span>${matter.confidence === 'high' ? '' : say(' (未经核实)', ' (not verified)')}</p></div>`
}
