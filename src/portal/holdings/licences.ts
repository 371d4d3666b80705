/** 证照: which electronic licences the regions hold of me, those that end soon first; opened one by one, each look recorded. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { scopeIn } from '../../federation/holdings/places.ts'
import { listLicences, readLicence } from '../../federation/licences/licences.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Licence } from '../../schemas/licence.ts'
import type { PortalEnv } from '../env.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { completenessWords, minuteOf, placeWords, STATUS_WORDS, scopeLinks } from './holding-words.ts'

/** A licence that ends within so many days stands first. */
const SOON_DAYS = 90
const DAY_MS = 86_400_000

/** Routes for somebody who is logged in. */
export function licenceRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/me/licences', async (c) => {
    const cities = c.req.query('cities')
    const { items, completeness } = await listLicences(
      { scope: scopeIn(cities, 'all') },
      c.get('actor'),
      deps,
    )
    const soon = formatInstant(new Date(deps.now().getTime() + SOON_DAYS * DAY_MS)).slice(0, 10)
    const isEnding = ({ status, validTo }: Licence) =>
      status === 'valid' && validTo !== null && validTo <= soon
    const ending = items.filter(isEnding)
    const others = items.filter((one) => !isEnding(one))
    const reader = c.get('reader')
    const { say } = reader
    const cardOf = (one: Licence) => card(one, reader)
    return view(c, {
      title: say('证照', 'Licences'),
      nav: 'me',
      body: html`<h1>${say('我的电子证照', 'My licences')}</h1>
<p>${say('办事时可以代替纸质材料; 交给谁、为什么事, 每次由您单独同意。', 'They stand for paper, each time with your own consent.')}</p>
${scopeLinks('/me/licences', cities, reader)}
${completenessWords(completeness, ['证照', 'licence'], reader)}
${ending.length === 0 ? '' : html`<h2>${say(`${SOON_DAYS} 天内到期`, `Ending within ${SOON_DAYS} days`)}</h2><p>${say('请尽早换领, 到期后不能再用来办事。', 'Renew them early: when they have ended they serve no more.')}</p>${ending.map(cardOf)}${others.length === 0 ? '' : html`<h2>${say('其他证照', 'Others')}</h2>`}`}
${items.length === 0 ? html`<p class="card">${say('没有查到电子证照。办事时请带纸质证件。', 'None was found. Bring the papers.')}</p>` : others.map(cardOf)}`,
    })
  })

  app.get('/me/licences/:id', async (c) => {
    const { face = {}, ...licence } = await readLicence(c.req.param('id'), c.get('actor'), deps)
    const printed = Object.entries(face).filter(([, value]) => value !== '')
    const reader = c.get('reader')
    const { say, name } = reader
    return view(c, {
      title: licence.name,
      nav: 'me',
      body: html`<h1>${name({ zh: licence.name })}</h1>
<p role="status">${say('这次查看已经记录, 在上面的“谁看了”里可以看到。', 'This look was recorded: see “Who looked” above.')}</p>
<section class="card"><dl>${terms(licence, reader)}
<dt>${say('持有人', 'Holder')}</dt><dd>${name({ zh: licence.holder.name })}</dd><dt>${say('证件号码', 'Document number')}</dt><dd>${licence.holder.idDocument.number}</dd>
${licence.identifier === null ? '' : html`<dt>${say('证照标识', 'Identifier')}</dt><dd>${licence.identifier}</dd>`}</dl></section>
${printed.length === 0 ? html`<p class="quiet">${say('发证地区没有提供照面内容。', 'Its region tells nothing of what is printed on it.')}</p>` : html`<h2>${say('照面内容', 'Printed on it')}</h2><section class="card"><dl lang="zh-CN">${printed.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl></section>`}
<p><a href="/me/licences">${say('返回证照', 'Back to the licences')}</a></p>`,
    })
  })
  return app
}

const terms = (licence: Licence, reader: Reader): Html => {
  const { say, name } = reader
  return html`<dt>${say('状态', 'State')}</dt><dd>${say(...STATUS_WORDS[licence.status])}${licence.status === 'unknown' ? html` ${name({ zh: licence.rawStatus.label })}` : ''}</dd><dt>${say('号码', 'Number')}</dt><dd>${licence.number}</dd><dt>${say('发证机关', 'Issuer')}</dt><dd>${name({ zh: licence.issuer.name })}</dd><dt>${say('地区', 'Region')}</dt><dd>${placeWords(licence.source, reader)}</dd><dt>${say('有效期', 'Valid')}</dt><dd>${licence.validTo === null ? say('长期', 'without end') : say(`至 ${licence.validTo}`, `until ${licence.validTo}`)}</dd><dt class="extra">${say('查询', 'Asked')}</dt><dd class="extra">${minuteOf(licence.asOf)}</dd>`
}

/** Numbers are masked in the list. */
const card = (licence: Licence, reader: Reader): Html =>
  html`<section class="card"><h2>${reader.name({ zh: licence.name })}</h2><dl>${terms(licence, reader)}</dl><p><a class="button plain" href="/me/licences/${licence.id}">${reader.say('打开', 'Open')}</a></p></section>`
