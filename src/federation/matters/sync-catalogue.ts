/** Reads the catalogues of the connected cities: by pages, and only what changed since the last reading. */
import { formatInstant } from '../../adapters/kit/codecs.ts'
import type { MatterRow } from '../../adapters/kit/contract.ts'
import { GatewayError } from '../../errors.ts'
import type { Store } from '../../store/index.ts'
import type { RegionDirectory } from '../directory/regions.ts'
import type { Catalogue } from './catalogue.ts'

const PAGE_SIZE = 100
/** Two readings overlap by this much, since a region's clock and pages may move while they are read. */
const OVERLAP_MS = 5 * 60_000
/** A city's catalogue has hundreds of matters; more pages than this is a fault of the region. */
const MAX_PAGES = 1_000

/** What one reading found. */
export interface Synced {
  readonly division: string
  readonly read: number
  readonly changed: number
}

/**
 * Reads one city's catalogue into versions. A matter that cannot be read is left as it was and told; the rest goes on.
 * @throws GatewayError when the region does not answer; then the next reading starts from the same time again.
 */
export async function syncCity(
  division: string,
  deps: {
    directory: RegionDirectory
    catalogue: Catalogue
    store: Store
    now: () => Date
    warn: (facts: object, message: string) => void
  },
): Promise<Synced> {
  const { directory, store, now } = deps
  const { link, adapter } = directory.at(division)
  const before = await store.matters.sync(division)
  let newest = before?.changedSince ?? undefined
  let [read, changed, seen] = [0, 0, 0]
  try {
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const rows = await link.listMatters({
        division,
        ...(before?.changedSince ? { changedSince: before.changedSince } : {}),
        page,
        pageSize: PAGE_SIZE,
      })
      for (const row of rows.items) {
        seen += 1
        if (newest === undefined || row.updatedAt > newest) newest = row.updatedAt
        const outcome = await syncMatter(division, row, deps)
        read += outcome === 'unreadable' ? 0 : 1
        changed += outcome === 'changed' ? 1 : 0
      }
      if (rows.items.length === 0 || seen >= rows.total) break
    }
    const changedSince =
      newest === undefined ? null : formatInstant(new Date(Date.parse(newest) - OVERLAP_MS))
    await store.matters.putSync({
      division,
      region: adapter.id,
      changedSince,
      readAt: now(),
      failedAt: null,
      failure: null,
    })
    return { division, read, changed }
  } catch (error) {
    const failure = error instanceof GatewayError ? error.code : 'INTERNAL'
    await store.matters.putSync({
      division,
      region: adapter.id,
      changedSince: before?.changedSince ?? null,
      readAt: before?.readAt ?? null,
      failedAt: now(),
      failure,
    })
    throw error
  }
}

async function syncMatter(
  division: string,
  { code, state, updatedAt }: MatterRow,
  {
    directory,
    catalogue,
    warn,
  }: { directory: RegionDirectory; catalogue: Catalogue; warn: (facts: object, message: string) => void },
): Promise<'changed' | 'same' | 'unreadable'> {
  const { link, adapter } = directory.at(division)
  const before = await catalogue.current(`${adapter.id}:${division}:${code}`)
  if (before && before.matter.updatedAt === updatedAt && before.matter.state === state) return 'same'
  // A cancelled matter stays in the listing and can no longer be read: what was known of it is kept, and not fileable.
  if (state === 'cancelled') {
    if (!before) return 'same'
    return (await catalogue.put({ ...before.matter, state, fileable: false })) ? 'changed' : 'same'
  }
  try {
    return (await catalogue.put(await link.readMatter({ division, code }))) ? 'changed' : 'same'
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    if (error.code === 'REGION_UNAVAILABLE' || error.code === 'REGION_BUSY' || error.code === 'REGION_AUTH')
      throw error
    warn(
      { region: adapter.id, division, code, problem: error.code, ...error.facts },
      'a matter cannot be read',
    )
    return 'unreadable'
  }
}
