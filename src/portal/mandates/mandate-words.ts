/** How the pages say what a mandate is. */
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { matterNames } from '../../federation/mandates/present.ts'
import { EVERY_MATTER, type Mandate, type MandateState } from '../../schemas/mandate.ts'
import { REGIONS } from '../../schemas/regions.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

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

export const stateWords = ({ state }: Mandate, { say }: Reader): string => say(...STATES[state])

const regionOf = (id: string) => REGIONS.find((one) => one.id === id) ?? { zh: id, en: id }

/** What a mandate covers, as a list of terms. */
export async function coverage(mandate: Mandate, { say, name }: Reader, deps: Deps): Promise<Html> {
  const names = await matterNames(mandate.matters, deps)
  const matters = mandate.matters.map((one) =>
    one === EVERY_MATTER
      ? html`<li><strong>${say('全部事项', 'every matter')}</strong></li>`
      : html`<li>${name({ zh: names.get(one) ?? one })}</li>`,
  )
  const regions = mandate.regions.map(regionOf)
  const [from, until] = [whenOf(mandate.from), whenOf(mandate.until)]
  return html`<dl><dt>${say('事项', 'Matters')}</dt><dd><ul>${matters}</ul></dd>
<dt>${say('地区', 'Where')}</dt><dd>${say(regions.map(({ zh }) => zh).join('、'), regions.map(({ en }) => en).join(', '))}</dd>
<dt>${say('时间', 'When')}</dt><dd>${say(`${from} 至 ${until}`, `${from} to ${until}`)}</dd></dl>`
}
