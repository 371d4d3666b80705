/** Can I deploy: what a change of a region's document does to what the gateway reads and writes, and in which cities. */
import type { Explained } from '../../adapters/kit/contract.ts'
import { CITIES } from '../../schemas/division.ts'
import type { RegionId } from '../../schemas/regions.ts'
import { type Change, schemaChanges } from './schema-diff.ts'

/** `breaks`: documents will be refused · `loses`: something is no longer carried over · `watch`: it may come to that · `fine`. */
export type Verdict = 'breaks' | 'loses' | 'watch' | 'fine'

/** One change with what it does. */
export interface Consequence extends Change {
  readonly verdict: Verdict
  /** The canonical fields that stand in this member. */
  readonly canonical: readonly string[]
  readonly zh: string
  readonly en: string
}

/** All of it. */
export interface Deployable {
  readonly region: RegionId
  readonly message: string
  readonly isSafe: boolean
  /** The cities that speak this document: those of the region but those with a dialect of their own. */
  readonly cities: readonly string[]
  readonly consequences: readonly Consequence[]
}

type Judged = readonly [Verdict, zh: string, en: string]
type Rule = (change: Change, isMapped: boolean) => Judged

const UNUSED: Judged = ['fine', '网关不用此项', 'the gateway does not use it']

/** Applications: the gateway writes them, the region checks them. */
const WRITTEN: Readonly<Record<Change['change'], Rule>> = {
  added: ({ isRequired }) =>
    isRequired
      ? ['breaks', '新的必填项, 网关不填', 'a new required member that the gateway does not write']
      : ['fine', '新的选填项, 网关不填', 'a new optional member that the gateway does not write'],
  removed: (_change, isMapped) =>
    isMapped ? ['loses', '此项内容不再有去处', 'its content has no place any more'] : UNUSED,
  required: (_change, isMapped) =>
    isMapped
      ? ['watch', '没有此项内容的申请会被退回', 'applications without this content will be refused']
      : ['breaks', '成为必填, 网关不填', 'became required, and the gateway does not write it'],
  optional: () => ['fine', '不再必填', 'no longer required'],
  retyped: (_change, isMapped) =>
    isMapped
      ? ['breaks', '类型变了, 写出的会被退回', 'another type: what is written will be refused']
      : UNUSED,
  narrowed: (_change, isMapped) =>
    isMapped
      ? ['watch', '允许的值变少, 部分申请会被退回', 'fewer values: some applications will be refused']
      : UNUSED,
  widened: () => ['fine', '允许的值变多', 'more values are allowed'],
}

/** Matters and cases: the region writes them, the gateway checks and reads them. */
const READ: Readonly<Record<Change['change'], Rule>> = {
  added: () => ['fine', '新的项, 不会被读出', 'a new member that is not read'],
  removed: ({ isRequired }, isMapped) => {
    if (isRequired)
      return ['breaks', '网关要求此项, 读不下去', 'the gateway requires it: documents cannot be read']
    return isMapped ? ['loses', '此项内容不再读到', 'its content is no longer read'] : UNUSED
  },
  required: () => ['fine', '从此必有', 'is always there from now on'],
  optional: (_change, isMapped) =>
    isMapped
      ? [
          'breaks',
          '网关要求此项, 没有时读不下去',
          'the gateway requires it: documents without it cannot be read',
        ]
      : UNUSED,
  retyped: (_change, isMapped) =>
    isMapped ? ['breaks', '类型变了, 读不下去', 'another type: documents cannot be read'] : UNUSED,
  narrowed: () => ['fine', '可能的值变少', 'fewer values can come'],
  widened: (_change, isMapped) =>
    isMapped
      ? ['watch', '可能来不认识的值: 照录并告警', 'unknown values may come: kept, and alarmed']
      : UNUSED,
}

/** A row is about a member that it maps, one inside it, or one around it. Rows name members without the first stroke. */
const isAbout = ({ wire }: Explained, member: string): boolean =>
  wire.some(
    (one) => `/${one}` === member || `/${one}/`.startsWith(`${member}/`) || member.startsWith(`/${one}/`),
  )

/**
 * @param rows how the gateway maps the document · @param ownDialects cities whose dialect is their own
 */
export function canDeploy(
  region: RegionId,
  message: 'application' | 'matter' | 'case',
  [before, after]: readonly [object, object],
  rows: readonly Explained[],
  ownDialects: readonly string[],
): Deployable {
  const rules = message === 'application' ? WRITTEN : READ
  const consequences = schemaChanges(before as never, after as never).map((change): Consequence => {
    const about = rows.filter((row) => isAbout(row, change.member))
    const [verdict, zh, en] = rules[change.change](change, about.length > 0)
    return { ...change, verdict, canonical: [...new Set(about.map(({ canon }) => canon))], zh, en }
  })
  return {
    region,
    message,
    isSafe: consequences.every(({ verdict }) => verdict === 'fine'),
    cities: CITIES.filter((one) => one.region === region && !ownDialects.includes(one.division)).map(
      ({ division }) => division,
    ),
    consequences,
  }
}
