/** 证照: which electronic licences the regions hold of me, those that end soon first; opened one by one, each look recorded. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { scopeIn } from '../../federation/holdings/places.ts'
import { listLicences, readLicence } from '../../federation/licences/licences.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Licence } from '../../schemas/licence.ts'
import { both } from '../counter/counter-words.ts'
import type { PortalEnv } from '../env.ts'
import { en, type Html, page } from '../frame/frame.ts'
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
    return c.html(
      page(
        '证照',
        html`<h1>我的电子证照 ${en('My licences')}</h1>
<p>办事时可以代替纸质材料; 交给谁、为什么事, 每次由您单独同意。<br>${en('They stand for paper, each time with your own consent.')}</p>
${scopeLinks('/me/licences', cities)}
${completenessWords(completeness, ['证照', 'licence'])}
${ending.length === 0 ? '' : html`<h2>${SOON_DAYS} 天内到期 ${en('Ending soon')}</h2><p>请尽早换领, 到期后不能再用来办事。</p>${ending.map(card)}${others.length === 0 ? '' : html`<h2>其他证照 ${en('Others')}</h2>`}`}
${items.length === 0 ? html`<p class="card">没有查到电子证照。办事时请带纸质证件。<br>${en('None was found. Bring the papers.')}</p>` : others.map(card)}`,
        true,
      ),
    )
  })

  app.get('/me/licences/:id', async (c) => {
    const { face = {}, ...licence } = await readLicence(c.req.param('id'), c.get('actor'), deps)
    const printed = Object.entries(face).filter(([, value]) => value !== '')
    return c.html(
      page(
        licence.name,
        html`<h1>${licence.name}</h1>
<p role="status">这次查看已经记录, 在上面的“谁看了”里可以看到。 ${en('This look was recorded.')}</p>
<section class="card"><dl>${terms(licence)}
<dt>持有人</dt><dd>${licence.holder.name}</dd><dt>证件号码</dt><dd>${licence.holder.idDocument.number}</dd>
${licence.identifier === null ? '' : html`<dt>证照标识</dt><dd>${licence.identifier}</dd>`}</dl></section>
${printed.length === 0 ? html`<p class="quiet">发证地区没有提供照面内容。 <span lang="en">Its region tells nothing of what is printed on it.</span></p>` : html`<h2>照面内容 ${en('Printed on it')}</h2><section class="card"><dl>${printed.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl></section>`}
<p><a href="/me/licences">返回证照 Back</a></p>`,
        true,
      ),
    )
  })
  return app
}

const terms = (licence: Licence): Html =>
  html`<dt>状态</dt><dd>${both(STATUS_WORDS[licence.status])}${licence.status === 'unknown' ? html` ${licence.rawStatus.label}` : ''}</dd><dt>号码</dt><dd>${licence.number}</dd><dt>发证机关</dt><dd>${licence.issuer.name}</dd><dt>地区</dt><dd>${placeWords(licence.source)}</dd><dt>有效期</dt><dd>${licence.validTo === null ? '长期' : `至 ${licence.validTo}`}</dd><dt>查询</dt><dd>${minuteOf(licence.asOf)}</dd>`

/** Numbers are masked in the list. */
const card = (licence: Licence): Html =>
  html`<section class="card"><h2>${licence.name}</h2><dl>${terms(licence)}</dl><a class="button plain" href="/me/licences/${licence.id}">打开 ${en('Open')}</a></section>`
