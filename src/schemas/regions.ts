/**
 * The regions, each named here and nowhere else: whatever must know a region by its name is keyed by `RegionId`, and does not compile
 * until the region stands there too. `docs/adding-a-region.md` lists those places.
 */
export const REGIONS = [
  { id: 'shanghai', short: 'sh', division: '310000', zh: '上海市', en: 'Shanghai', account: '随申办' },
  { id: 'jiangsu', short: 'js', division: '320000', zh: '江苏省', en: 'Jiangsu', account: '苏服办' },
  { id: 'zhejiang', short: 'zj', division: '330000', zh: '浙江省', en: 'Zhejiang', account: '浙里办' },
  { id: 'anhui', short: 'ah', division: '340000', zh: '安徽省', en: 'Anhui', account: '皖事通' },
] as const satisfies readonly NamedRegion[]

/** One region; Shanghai, a municipality, is a region of one city. */
interface NamedRegion {
  /** By what the API and the folders call it. */
  readonly id: string
  /** By what addresses of callbacks and log-ins call it: `/sh/callback/…`. */
  readonly short: string
  /** Six digits, GB/T 2260. */
  readonly division: string
  readonly zh: string
  readonly en: string
  /** What people call its account: the name of its app. Absent where it has no log-in. */
  readonly account?: string
}

export type RegionId = (typeof REGIONS)[number]['id']
export type Region = NamedRegion & { readonly id: RegionId }

export const REGION_IDS: readonly RegionId[] = REGIONS.map(({ id }) => id)

/** Names and division of a region. */
export const regionNamed = (id: RegionId): Region => {
  const found = (REGIONS as readonly Region[]).find((region) => region.id === id)
  if (!found) throw new Error(`no region is named ${id}`)
  return found
}
