/** How one region's fields map to the canonical ones, out of its adapter's own tables: for the pages and for `docs/regions/*.md` alike. */
import type { CityDifference, Explained, RegionAdapter } from '../../adapters/kit/contract.ts'

interface Words {
  readonly zh: string
  readonly en: string
}

/** One document of the region. */
export interface Part {
  readonly id: 'application' | 'matter' | 'case' | 'window'
  readonly title: Words
  /** Canonical fields that have fields over there. */
  readonly kept: readonly Explained[]
  /** Fields over there that no canonical field fills: from the matter, the options, or a constant. */
  readonly filled: readonly Explained[]
  /** Canonical fields without a field of their own: lost with a reason, or known from the context. */
  readonly without: readonly Explained[]
}

/** A code table: word, and the region's codes for it; the first is sent, all are read. */
export interface CodeSheet {
  readonly name: string
  readonly rows: readonly (readonly [word: string, codes: readonly string[]])[]
  /** Words that the region never says. */
  readonly never: readonly string[]
}

export type Mark = RegionAdapter['honesty']

export interface RegionSheet {
  readonly id: string
  readonly place: RegionAdapter['place']
  readonly honesty: Mark
  readonly operations: readonly (readonly [operation: string, mark: Mark])[]
  readonly parts: readonly Part[]
  readonly codes: readonly CodeSheet[]
  /** Cities that differ from their region. */
  readonly cities: readonly Pick<CityDifference, 'division' | 'because'>[]
}

/** The marks in the order of how sure we are, and what each says (`contracts/README.md`). */
export const MARKS: readonly (readonly [mark: Mark, name: Words, means: Words])[] = [
  [
    'documented',
    { zh: '有依据', en: 'documented' },
    {
      zh: '真实平台的公开对接用的就是这个样子',
      en: 'Public integrations of the real platform use this shape',
    },
  ],
  [
    'mixed',
    { zh: '部分有依据', en: 'mixed' },
    {
      zh: '一部分见于公开对接, 其余是我们按该地区的风格设计的',
      en: 'A part of it is seen in public integrations; the rest is ours, in the region’s style',
    },
  ],
  [
    'designed',
    { zh: '自行设计', en: 'designed' },
    {
      zh: '没有公开资料, 是我们按该地区的风格设计的, 拿到正式文档前不可当作官方接口',
      en: 'Ours, in the region’s style, until the real document is at hand: not to be taken for an official interface',
    },
  ],
]

const TITLES: Readonly<Record<Part['id'], Words>> = {
  application: { zh: '申请', en: 'Application' },
  matter: { zh: '事项', en: 'Matter' },
  case: { zh: '办件', en: 'Case' },
  window: { zh: '服务窗口', en: 'Service window' },
}

function partOf(id: Part['id'], rows: readonly Explained[]): Part {
  return {
    id,
    title: TITLES[id],
    kept: rows.filter((row) => row.canon !== '' && row.wire.length > 0),
    filled: rows.filter((row) => row.canon === ''),
    without: rows.filter((row) => row.canon !== '' && row.wire.length === 0),
  }
}

/** @param differences of all cities; those of the region are told */
export function regionSheet(
  adapter: RegionAdapter,
  differences: readonly Pick<CityDifference, 'division' | 'because'>[],
): RegionSheet {
  const { id, place, honesty, dialect, window, marks, codes = [] } = adapter
  return {
    id,
    place,
    honesty,
    operations: Object.entries(marks),
    parts: [
      partOf('application', dialect.application.explain()),
      partOf('matter', dialect.matter.explain()),
      partOf('case', dialect.case.explain()),
      ...(window ? [partOf('window', window.explain())] : []),
    ],
    codes: codes.map(({ name, table }) => ({
      name,
      rows: Object.entries(table).filter(([, some]) => some.length > 0),
      never: Object.entries(table).flatMap(([word, some]) => (some.length === 0 ? [word] : [])),
    })),
    cities: differences.filter(({ division }) => division.slice(0, 2) === place.division.slice(0, 2)),
  }
}
