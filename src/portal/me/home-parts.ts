/** What my page shows beside who I am: what needs me now, and the ways to what is mine. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { waitingForMe } from '../../federation/desk/agree.ts'
import { readNeedsMe, SOON_DAYS } from '../../federation/services/needs-me.ts'
import type { Case } from '../../schemas/case.ts'
import type { Licence } from '../../schemas/licence.ts'
import type { PortalEnv } from '../env.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

/** Whoever only gave a number is shown nobody's papers, and is told how to see them. */
export async function needsMe(c: Context<PortalEnv>, deps: Deps): Promise<Html> {
  const reader = c.get('reader')
  const { say } = reader
  const head = html`<h2>${say('现在需要您做的', 'What needs you now')}</h2>`
  try {
    const { cases, ending } = await readNeedsMe(c.get('actor'), deps)
    const windows = (await waitingForMe(c.get('actor'), deps)).filter(({ row }) => row.consent === null)
    const none = cases.length + ending.length + windows.length === 0
    return html`${head}${none ? html`<p class="card">${say('没有要您做的事。', 'Nothing at the moment.')}</p>` : ''}
${windows.length === 0 ? '' : html`<p class="note"><a href="/me/at-window">${say('有窗口在等您确认', 'A window waits for your word')}</a></p>`}
${cases.length === 0 ? '' : html`<ul class="plainlist">${cases.map((one) => caseLine(one, reader))}</ul>`}
${ending.length === 0 ? '' : html`<h3>${say(`${SOON_DAYS} 天内到期的证照`, `Licences ending within ${SOON_DAYS} days`)}</h3><ul class="plainlist">${ending.map((one) => licenceLine(one, reader))}</ul>`}
<p class="quiet extra">${say('这里只看已经知道的; 打开“办件”或“证照”会向各城市查询。', 'Shown from what is known; “Cases” and “Licences” ask the cities.')}</p>`
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code !== 'ASSURANCE_TOO_LOW') throw error
    return html`${head}<p class="note">${say('用实名等级更高的账号登录后, 这里显示您的办件和证照。', 'Log in with an account of a higher assurance level to see your cases and licences here.')}</p>`
  }
}

const caseLine = ({ id, matter, sentence, next }: Case, { say, name }: Reader): Html =>
  html`<li><a href="/me/cases/${id}"><strong>${name(matter.name)}</strong></a><br>${name(sentence)}${next?.by ? html`<br><strong>${say(`请在 ${next.by.slice(0, 10)} 前补正`, `Due by ${next.by.slice(0, 10)}`)}</strong>` : ''}</li>`

const licenceLine = ({ id, name: licence, validTo }: Licence, { say, name }: Reader): Html =>
  html`<li><a href="/me/licences/${id}"><strong>${name({ zh: licence })}</strong></a><br>${say(`${validTo} 到期, 请尽早换领`, `ends on ${validTo}: renew it early`)}</li>`

const WAYS: readonly (readonly [path: string, zh: string, en: string, elder?: 'elder'])[] = [
  ['/me/cases', '我的办件', 'My cases', 'elder'],
  ['/me/code', '身份码', 'Identity code', 'elder'],
  ['/me/at-window', '窗口待我确认', 'Waiting at the window', 'elder'],
  ['/me/licences', '我的证照', 'My licences', 'elder'],
  ['/me/photos', '我的照片', 'My photos'],
  ['/me/mandates', '授权代办', 'Mandates', 'elder'],
  ['/me/consents', '我的同意', 'My consents'],
  ['/me/accesses', '谁看了我的材料', 'Who looked at what is mine', 'elder'],
  ['/me/scans', '谁扫过我的码', 'Who scanned my codes'],
]

/** Big tiles; few of them in 长者版. */
export const ways = ({ say, isElder }: Reader): Html =>
  html`<h2>${say('我的东西', 'What is mine')}</h2><ul class="tiles">${WAYS.filter(([, , , elder]) => !isElder || elder).map(([path, zh, en]) => html`<li><a href="${path}">${say(zh, en)}</a></li>`)}</ul>`
