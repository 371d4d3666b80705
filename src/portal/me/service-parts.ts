/** A service that fits with its reasons, and the switches of rules and services. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { Choices } from '../../federation/services/choices.ts'
import type { Datum } from '../../federation/services/fitting.ts'
import type { FittingService } from '../../federation/services/read-fitting.ts'
import { RULES, ruleKey, serviceKey } from '../../federation/services/rules.ts'
import { REGIONS, type RegionId } from '../../schemas/regions.ts'
import type { PortalEnv } from '../env.ts'
import { offerFor } from '../find/parts.ts'
import { tokenField } from '../frame/form-token.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

const placeOf = (region: RegionId | null, { say, name }: Reader): Html =>
  html`${region === null ? say('长三角以外', 'outside the Delta') : name(REGIONS.find(({ id }) => id === region) ?? { zh: region })}`

/** The one fact by which a rule fits. */
function datumWords(datum: Datum, reader: Reader): Html {
  const { say, name } = reader
  if (datum.kind === 'age')
    return html`${say(`您 ${datum.years} 周岁 (按登录时的证件号码)`, `You are ${datum.years} (by the number of your log-in)`)}`
  if (datum.kind === 'caseConcluded')
    return say(
      html`您的“${datum.matter}”于 ${datum.on} 办结`,
      html`Your case “${name({ zh: datum.matter })}” was concluded on ${datum.on}`,
    )
  const licence = html`${name({ zh: datum.name })} (${placeOf(datum.region, reader)})`
  if (datum.kind === 'licenceElsewhere')
    return say(
      html`您的${licence}; 证件号码登记在${placeOf(datum.home, reader)}`,
      html`Your ${licence}; your number was given in ${placeOf(datum.home, reader)}`,
    )
  return datum.kind === 'licenceEnds'
    ? say(html`您的${licence} ${datum.on} 到期`, html`Your ${licence} ends on ${datum.on}`)
    : say(html`您的${licence} ${datum.on} 签发`, html`Your ${licence}, issued on ${datum.on}`)
}

/** One button that switches one thing off or on. @param of what it is, for those who hear the button alone */
const switchForm = (
  { key, act, words, of }: { key: string; act: 'hide' | 'show'; words: string; of: Html | string },
  c: Context<PortalEnv>,
): Html =>
  html`<form method="post" action="/me/services/${act}">${tokenField(c)}<input type="hidden" name="key" value="${key}"><button class="plain">${words}<span class="unseen"> ${of}</span></button></form>`

export function serviceCard({ service, reasons }: FittingService, c: Context<PortalEnv>): Html {
  const reader = c.get('reader')
  const { say, name } = reader
  const offer = offerFor(service, undefined)
  return html`<section class="card"><h2><a href="/matters/${encodeURIComponent(offer?.id ?? '')}">${name(service.name)}</a></h2>
<p class="quiet">${say('为什么显示', 'Why you see this')}</p><ul>${reasons.map(({ rule, datum }) => html`<li>${say(rule.zh, rule.en)}<br><strong>${datumWords(datum, reader)}</strong></li>`)}</ul>
${switchForm({ key: serviceKey(service.name.zh), act: 'hide', words: say('不再显示这一项', 'Do not show this again'), of: name(service.name) }, c)}</section>`
}

/** Services that were switched off by themselves, each with its way back. */
export function switchedOff({ hidden, audience }: Choices, c: Context<PortalEnv>): Html | '' {
  const { say, name } = c.get('reader')
  const matters = new Set(RULES.filter((rule) => rule.for === audience).flatMap((rule) => rule.matters))
  const off = [...matters].filter((matter) => hidden.includes(serviceKey(matter)))
  if (off.length === 0) return ''
  return html`<details><summary>${say(`您关闭了 ${off.length} 项`, `You switched off ${off.length}`)}</summary><ul class="plainlist">${off.map((zh) => html`<li class="row"><span class="grow">${name({ zh })}</span>${switchForm({ key: serviceKey(zh), act: 'show', words: say('重新显示', 'Show again'), of: name({ zh }) }, c)}</li>`)}</ul></details>`
}

/** Every rule in its sentence; with a switch where services are shown. */
export function rulesList({ hidden, audience, state }: Choices, c: Context<PortalEnv>): Html {
  const { say } = c.get('reader')
  const own = RULES.filter((rule) => rule.for === audience)
  if (state !== 'on') return html`<ul>${own.map(({ zh, en }) => html`<li>${say(zh, en)}</li>`)}</ul>`
  return html`<ul class="plainlist">${own.map((rule) => {
    const isOff = hidden.includes(ruleKey(rule))
    const sentence = say(rule.zh, rule.en)
    return html`<li class="row"><span class="grow">${isOff ? html`<span class="tag">${say('已关闭', 'off')}</span>` : ''}${sentence}</span>${switchForm({ key: ruleKey(rule), act: isOff ? 'show' : 'hide', words: isOff ? say('重新打开', 'Switch on again') : say('关闭这条规则', 'Switch this rule off'), of: sentence }, c)}</li>`
  })}</ul>`
}
