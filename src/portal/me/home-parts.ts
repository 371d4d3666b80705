/** What my page shows beside who I am: what needs me now, and the ways to what is mine. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { Followed } from '../../federation/cases/follow-cases.ts'
import type { Deps } from '../../federation/deps.ts'
import { waitingForMe } from '../../federation/desk/agree.ts'
import { type NeedsMe, readNeedsMe, SOON_DAYS } from '../../federation/services/needs-me.ts'
import { readFitting } from '../../federation/services/read-fitting.ts'
import type { Licence } from '../../schemas/licence.ts'
import type { PortalEnv } from '../env.ts'
import { offerFor } from '../find/parts.ts'
import { whoseOf } from '../follow/case-card.ts'
import { inWords } from '../follow/words.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

/** Whoever only gave a number is shown nobody's papers, and is told how to see them. */
export async function needsMe(c: Context<PortalEnv>, deps: Deps): Promise<Html> {
  const reader = c.get('reader')
  const { say } = reader
  const head = html`<h2>${say('现在需要您做的', 'What needs you now')}</h2>`
  try {
    const needed = await readNeedsMe(c.get('actor'), deps)
    const { cases, ending } = needed
    const windows = (await waitingForMe(c.get('actor'), deps)).filter(({ row }) => row.consent === null)
    return html`${head}${countsOf(needed, windows.length, reader)}
${windows.length === 0 ? '' : html`<p class="note"><a href="/me/at-window">${say('有窗口在等您确认', 'A window waits for your word')}</a></p>`}
${cases.length === 0 ? '' : html`<ul class="plainlist">${cases.map((one) => caseLine(one, reader))}</ul>`}
${ending.length === 0 ? '' : html`<h3>${say(`${SOON_DAYS} 天内到期的证照`, `Licences ending within ${SOON_DAYS} days`)}</h3><ul class="plainlist">${ending.map((one) => licenceLine(one, reader))}</ul>`}
<p class="quiet extra">${say('这里只看已经知道的; 打开“办件”或“证照”会向各城市查询。', 'Shown from what is known; “Cases” and “Licences” ask the cities.')}</p>
${await fittingServices(c, deps)}`
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'ASSURANCE_TOO_LOW') throw error
    return html`${head}<p class="note">${say('用实名等级更高的账号登录后, 这里显示您的办件和证照。', 'Log in with an account of a higher assurance level to see your cases and licences here.')}</p>`
  }
}

/** How many of each; a sentence where there are none at all. */
function countsOf({ counts }: NeedsMe, windows: number, { say }: Reader): Html {
  if (counts.cases + counts.ending + counts.drafts + windows === 0)
    return html`<p class="card">${say('没有要您做的事。', 'Nothing at the moment.')}</p>`
  const tile = (count: number, path: string, zh: string, en: string) =>
    html`<li><a href="${path}"><strong class="count">${count}</strong>${say(zh, en)}</a></li>`
  return html`<ul class="tiles">${tile(counts.cases, '/me/cases?stage=mine', '件等您办', 'waiting for you')}${tile(counts.drafts, '/me/drafts', '份没填完', 'not finished')}${tile(counts.ending, '/me/licences', '张证照快到期', 'licences ending soon')}</ul>`
}

/** What fits, for those who agreed to that: a few, each with its reason. Few choices in 长者版, where the tile leads there. */
async function fittingServices(c: Context<PortalEnv>, deps: Deps): Promise<Html | ''> {
  const { say, name, isElder } = c.get('reader')
  if (isElder) return ''
  const { services } = await readFitting(c.get('actor'), deps)
  if (services.length === 0) return ''
  return html`<h2>${say('适合您的服务', 'Services that fit')}</h2><ul class="plainlist">${services
    .slice(0, LIMITS.fittingShown)
    .map(
      ({ service, reasons: [first] }) =>
        html`<li><a href="/matters/${encodeURIComponent(offerFor(service, undefined)?.id ?? '')}"><strong>${name(service.name)}</strong></a>${first ? html`<br><span class="quiet">${say(first.rule.zh, first.rule.en)}</span>` : ''}</li>`,
    )}</ul><p><a href="/me/services">${say('全部, 以及为什么显示', 'All of them, and why')}</a></p>`
}

const caseLine = ({ case: one, of }: Followed, reader: Reader): Html => {
  const { say, name } = reader
  const { id, matter, sentence, next } = one
  return html`<li><a href="/me/cases/${id}"><strong>${name(matter.name)}</strong></a>${of === null ? '' : html` ${whoseOf(of, reader)}`}<br>${inWords(sentence, reader)}${next?.by ? html`<br><strong>${say(`请在 ${next.by.slice(0, 10)} 前补正`, `Due by ${next.by.slice(0, 10)}`)}</strong>` : ''}</li>`
}

const licenceLine = ({ id, name: licence, validTo }: Licence, { say, name }: Reader): Html =>
  html`<li><a href="/me/licences/${id}"><strong>${name({ zh: licence })}</strong></a><br>${say(`${validTo} 到期, 请尽早换领`, `ends on ${validTo}: renew it early`)}</li>`

const WAYS: readonly (readonly [path: string, zh: string, en: string, elder?: 'elder'])[] = [
  ['/me/cases', '我的办件', 'My cases', 'elder'],
  ['/me/code', '身份码', 'Identity code', 'elder'],
  ['/me/at-window', '窗口待我确认', 'Waiting at the window', 'elder'],
  ['/me/licences', '我的证照', 'My licences', 'elder'],
  ['/me/photos', '我的照片', 'My photos'],
  ['/me/services', '适合我的服务', 'Services that fit', 'elder'],
  ['/me/mandates', '授权代办', 'Mandates', 'elder'],
  ['/me/consents', '我的同意', 'My consents'],
  ['/me/accesses', '谁看了我的材料', 'Who looked at what is mine', 'elder'],
  ['/me/scans', '谁扫过我的码', 'Who scanned my codes'],
]

/** Big tiles; few of them in 长者版. */
export const ways = ({ say, isElder }: Reader): Html =>
  html`<h2>${say('我的东西', 'What is mine')}</h2><ul class="tiles">${WAYS.filter(([, , , elder]) => !isElder || elder).map(([path, zh, en]) => html`<li><a href="${path}">${say(zh, en)}</a></li>`)}</ul>`
