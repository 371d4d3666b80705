/** Reads the catalogues of the connected cities: by pages, and only what changed since the last reading. */

import type { MatterRow, RegionLink } from '../../adapters/kit/contract.ts'
import { GatewayError } from '../../errors.ts'
import { formatInstant } from '../../schemas/instants.ts'
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
  readonly changed: number
  readonly same: number
  readonly unreadable: number
}

interface SyncDeps {
  readonly directory: RegionDirectory
  readonly catalogue: Catalogue
  readonly store: Store
  readonly now: () => Date
  readonly warn: (facts: object, message: string) => void
}

/**
 * Reads one city's catalogue into versions. A matter that cannot be read is left as it was, told, and asked for again at the next
 * reading; the rest goes on.
 * @throws GatewayError when the region does not answer; then the next reading starts from the same time again.
 */
export async function syncCity(division: string, deps: SyncDeps): Promise<Synced> {
  const { directory, store, now } = deps
  const { link, adapter } = directory.at(division)
  const before = await store.matters.sync(division)
  const since = before?.changedSince ?? undefined
  const record = (changedSince: string | null, readAt: Date | null, failure: string | null) =>
    store.matters.putSync({
      division,
      region: adapter.id,
      changedSince,
      readAt,
      failedAt: failure === null ? null : now(),
      failure,
    })
  try {
    const found = { changed: 0, same: 0, unreadable: 0 }
    let newest = since ?? ''
    for await (const row of rowsOf(link, division, since)) {
      if (row.updatedAt > newest) newest = row.updatedAt
      found[await syncMatter(division, row, deps)] += 1
    }
    await record(found.unreadable > 0 ? (since ?? null) : startOfNext(newest), now(), null)
    return { division, ...found }
  } catch (error) {
    await record(
      since ?? null,
      before?.readAt ?? null,
      error instanceof GatewayError ? error.code : 'INTERNAL',
    )
    throw error
  }
}

const startOfNext = (newest: string): string | null =>
  newest === '' ? null : formatInstant(new Date(Date.parse(newest) - OVERLAP_MS))

/** All rows of a listing, page by page. */
async function* rowsOf(
  link: RegionLink,
  division: string,
  since: string | undefined,
): AsyncGenerator<MatterRow> {
  let seen = 0
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { items, total } = await link.listMatters({
      division,
      ...(since === undefined ? {} : { changedSince: since }),
      page,
      pageSize: PAGE_SIZE,
    })
    yield* items
    seen += items.length
    if (items.length === 0 || seen >= total) return
  }
}

async function syncMatter(
  division: string,
  { code, state, updatedAt }: MatterRow,
  { directory, catalogue, warn }: SyncDeps,
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
