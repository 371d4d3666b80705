/** How the pages say what a mandate is. */
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { matterNames } from '../../federation/mandates/present.ts'
import { REGIONS } from '../../schemas/division.ts'
import { EVERY_MATTER, type Mandate, type MandateState } from '../../schemas/mandate.ts'
import { en, type Html } from '../frame/frame.ts'

const STATES: Readonly<Record<MandateState, readonly [zh: string, en: string]>> = {
  offered: ['等待对方接受', 'waits to be accepted'],
  waiting: ['已接受, 尚未开始', 'accepted, not begun'],
  active: ['有效', 'in force'],
  declined: ['对方已谢绝或放弃', 'declined or laid down'],
  revoked: ['已收回', 'revoked'],
  expired: ['已过期', 'expired'],
}

/** A moment as people read it, in Asia/Shanghai. */
export const whenOf = (instant: string): string => instant.slice(0, 16).replace('T', ' ')

/** Whether anything can still become of it. */
export const isOpen = ({ state }: Mandate): boolean => ['offered', 'waiting', 'active'].includes(state)

export const stateWords = ({ state }: Mandate): Html => html`${STATES[state][0]} ${en(STATES[state][1])}`

const regionName = (id: string) => REGIONS.find((one) => one.id === id)?.zh ?? id

/** What a mandate covers, as a list of terms. */
export async function coverage(mandate: Mandate, deps: Deps): Promise<Html> {
  const names = await matterNames(mandate.matters, deps)
  const matters = mandate.matters.map((one) =>
    one === EVERY_MATTER
      ? html`<li><strong>全部事项</strong> ${en('every matter')}</li>`
      : html`<li>${names.get(one) ?? one}</li>`,
  )
  return html`<dl><dt>事项</dt><dd><ul>${matters}</ul></dd>
<dt>地区</dt><dd>${mandate.regions.map(regionName).join('、')}</dd>
<dt>时间</dt><dd>${whenOf(mandate.from)} 至 ${whenOf(mandate.until)}</dd></dl>`
}
