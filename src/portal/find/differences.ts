/** What differs between the regions for one matter, side by side; what is the same everywhere is not shown. */
import { html } from 'hono/html'
import type { differences } from '../../federation/matters/differences.ts'
import type { Matter } from '../../schemas/matter.ts'
import { REGIONS, type RegionId } from '../../schemas/regions.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'
import { daysWords, deliveryWords, feeWords, MODE_WORDS } from './words.ts'

type Compared = Awaited<ReturnType<typeof differences>>

/** The members that people ask about, and how a region's value is said. Others are for programmers. */
const ROWS: readonly {
  readonly member: string
  readonly zh: string
  readonly en: string
  readonly say: (value: unknown, reader: Reader) => string
}[] = [
  {
    member: '/mode',
    zh: '怎么办',
    en: 'How',
    say: (value, { say }) => say(...MODE_WORDS[value as NonNullable<Matter['mode']>]),
  },
  {
    member: '/commitment',
    zh: '承诺多久',
    en: 'Promised',
    say: (value, reader) => daysWords({ commitment: value } as Matter, reader),
  },
  {
    member: '/hasFee',
    zh: '费用',
    en: 'Fee',
    say: (value, reader) => feeWords({ hasFee: value } as Matter, reader),
  },
  { member: '/visits', zh: '跑几趟', en: 'Visits', say: String },
  {
    member: '/deliveryModes',
    zh: '怎么拿',
    en: 'How it comes',
    say: (value, reader) => deliveryWords({ deliveryModes: value } as Matter, reader),
  },
  {
    member: '/documents',
    zh: '材料',
    en: 'Documents',
    say: (value) => (value as readonly { name: string }[]).map(({ name }) => name).join('、'),
  },
]

export function differenceTable({ matters, items }: Compared, reader: Reader): Html | string {
  const { say } = reader
  const regions = REGIONS.filter(({ id }) => matters[id] !== null)
  const rows = ROWS.filter(({ member }) => items.some((item) => item.member === member && !item.same))
  if (regions.length < 2 || rows.length === 0) return ''
  const told = (member: string, region: RegionId) =>
    items.find((item) => item.member === member)?.values[region] ?? null
  return html`<h2>${say('四地有什么不同', 'What differs between the regions')}</h2><div class="scroll" tabindex="0" role="region" aria-label="${say('四地不同', 'Differences')}"><table><thead><tr><th scope="col"><span class="unseen">${say('项目', 'Item')}</span></th>${regions.map(({ zh, en }) => html`<th scope="col">${say(zh, en)}</th>`)}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr><th scope="row">${say(row.zh, row.en)}</th>${regions.map(({ id }) => {
        const value = told(row.member, id)
        return html`<td>${value === null ? '–' : row.say(value, reader)}</td>`
      })}</tr>`,
  )}</tbody></table></div>`
}
