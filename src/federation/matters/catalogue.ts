/** The catalogue: found by name, code or equivalence, in the version that is in force at a time. */
import { createHash } from 'node:crypto'
import { GatewayError } from '../../errors.ts'
import type { Matter } from '../../schemas/matter.ts'
import { REGION_IDS, type RegionId } from '../../schemas/regions.ts'
import type { MatterRow, Store } from '../../store/index.ts'
import type { Profile } from '../conversions/dialects.ts'
import type { Equivalence } from '../conversions/equivalence.ts'
import type { MatterBook } from '../conversions/read-application.ts'

/** A matter of the seed list: known to exist, without a region's code. */
export interface SeedMatter {
  readonly id: string
  readonly name: string
  readonly subject: string
  readonly domain: string
  readonly department: string
  readonly mode: string
  readonly source: string
  readonly confidence: 'high' | 'medium' | 'low'
}

/** A matter and the number of its version. */
export interface Versioned {
  readonly matter: Matter
  readonly version: number
}

const HOT = 5_000

/** Binds the catalogue to the store. Versions never change once stored, so they are kept in memory. */
export function catalogue(store: Store, equivalences: readonly Equivalence[], now: () => Date) {
  const kept = new Map<string, { found: Versioned; until: number }>()
  /** What a dialect's own code led to: an id, whose matter is at hand or is looked for again. */
  const referred = new Map<string, string>()

  const documentOf = (row: MatterRow): Versioned => ({ matter: row.document as Matter, version: row.version })

  /** The row of the curated table that a matter belongs to. */
  const equivalenceOf = (matter: Matter): Equivalence | undefined => {
    const { region, baseCode } = matter
    if (!region || !baseCode) return undefined
    return equivalences.find((one) => one.members[region] === baseCode)
  }

  /** Equivalents in other regions: by national base code first, by the curated table where there is none; never by name. */
  const equivalentsOf = async (matter: Matter): Promise<Matter['equivalents']> => {
    if (!matter.region || !matter.baseCode) return []
    const curated = equivalenceOf(matter)
    const codes = [
      matter.baseCode,
      ...(curated ? Object.values(curated.members).filter((code) => code !== undefined) : []),
    ]
    const rows = await store.matters.byBaseCodes(codes)
    return rows.flatMap((row) => equivalentOf(matter, row, curated) ?? []).slice(0, 200)
  }

  /** The current version of a matter that was read a few seconds ago: a version that is over is noticed after that. */
  const atHand = (id: string): Versioned | undefined => {
    const hit = kept.get(id)
    return hit && hit.until > now().getTime() ? hit.found : undefined
  }

  /** The current version of a matter. */
  const current = async (id: string): Promise<Versioned | undefined> => {
    const known = atHand(id)
    if (known) return known
    const at = now().getTime()
    const row = await store.matters.current(id)
    return row && keep(row, at)
  }

  /** @param at when it was read: what is newer is noticed five seconds after that */
  const keep = (row: MatterRow, at: number): Versioned => {
    const found = documentOf(row)
    if (kept.size >= HOT) kept.clear()
    kept.set(row.id, { found, until: at + 5_000 })
    return found
  }

  /** A matter by a region's own code: in the named division first, else wherever the region has it. */
  const byCode = async (region: RegionId, code: string, division: string | undefined) => {
    const known = division === undefined ? undefined : await current(`${region}:${division}:${code}`)
    if (known) return known
    const at = now().getTime()
    const row = (await store.matters.byCode(region, code))[0]
    return row && keep(row, at)
  }

  /** By canonical id, else by the code of a region, the dialect's own first. */
  const search = async (
    { code, division }: Parameters<MatterBook['find']>[0],
    dialect: Profile,
  ): Promise<Versioned | undefined> => {
    const direct = await current(code)
    if (direct) return direct
    const regions = REGION_IDS.toSorted((a, b) => Number(b === dialect) - Number(a === dialect))
    for (const region of regions) {
      const found = await byCode(region, code, division)
      if (found) return found
    }
    return undefined
  }

  const book: MatterBook = {
    find: (reference, dialect) => {
      const key = `${dialect}\0${reference.code}\0${reference.division ?? ''}`
      return (
        atHand(reference.code) ??
        atHand(referred.get(key) ?? '') ??
        search(reference, dialect).then((found) => {
          if (referred.size >= HOT) referred.clear()
          if (found) referred.set(key, found.matter.id)
          return found
        })
      )
    },
  }

  /** A matter as of a time, with its equivalents. @throws GatewayError `MATTER_NOT_FOUND`. */
  const read = async (id: string, asOf?: Date): Promise<Matter> => {
    const row = asOf ? await store.matters.asOf(id, asOf) : await store.matters.current(id)
    if (!row) throw new GatewayError('MATTER_NOT_FOUND', { matter: id })
    const { matter } = documentOf(row)
    return { ...matter, equivalents: await equivalentsOf(matter) }
  }

  /** The equivalent of a matter at a division. @throws GatewayError `MATTER_NO_EQUIVALENT`. */
  const equivalentAt = async (
    matter: Matter,
    division: string,
  ): Promise<Versioned & { row: Equivalence | undefined }> => {
    const row = equivalenceOf(matter)
    const equivalents = await equivalentsOf(matter)
    for (const { id } of equivalents) {
      const found = await current(id)
      const comparable = row !== undefined || found?.matter.region === matter.region
      if (found && comparable && found.matter.divisions.includes(division)) return { ...found, row }
    }
    throw new GatewayError('MATTER_NO_EQUIVALENT', { matter: matter.id, division })
  }

  /** Stores what a region offers. @returns whether it was a new version. */
  const put = async (matter: Matter): Promise<boolean> => {
    const document: Matter = { ...matter, equivalents: [] }
    const digest = createHash('sha256').update(JSON.stringify(document)).digest('hex')
    kept.delete(matter.id)
    return store.matters.put({
      id: matter.id,
      region: matter.region ?? null,
      division: matter.divisions[0] ?? null,
      code: matter.regional?.code ?? null,
      baseCode: matter.baseCode ?? null,
      name: matter.name.zh,
      state: matter.state,
      fileable: matter.fileable,
      digest,
      document,
      validFrom: now(),
    })
  }

  /** Puts the seed list into the catalogue: matters that can be found, and that only a region can make fileable. */
  const seed = async (rows: readonly SeedMatter[]): Promise<void> => {
    for (const row of rows) await put(seedMatter(row))
  }

  return { book, read, current, equivalentAt, equivalenceOf, put, seed }
}

/** A stored matter as an equivalent of another, and by what; nothing where it is none. */
function equivalentOf(
  matter: Matter,
  { id, region, baseCode }: MatterRow,
  curated: Equivalence | undefined,
): Matter['equivalents'][number] | undefined {
  const other = REGION_IDS.find((one) => one === region)
  if (!other || id === matter.id) return undefined
  if (baseCode === matter.baseCode) return { region: other, id, by: 'baseCode' }
  if (other === matter.region || curated?.members[other] !== baseCode) return undefined
  return { region: other, id, by: 'curated' }
}

export type Catalogue = ReturnType<typeof catalogue>

const MODE_WORDS: Readonly<Record<string, Matter['mode']>> = {
  全程网办: 'online',
  异地代收代办: 'onBehalf',
  多地联办: 'joint',
}

function seedMatter(row: SeedMatter): Matter {
  const mode = MODE_WORDS[row.mode]
  return {
    id: row.id,
    kind: 'matter',
    name: { zh: row.name },
    divisions: [],
    equivalents: [],
    subjects:
      row.subject === 'enterprise'
        ? ['organisation']
        : row.subject === 'both'
          ? ['person', 'organisation']
          : ['person'],
    domain: row.domain,
    department: row.department,
    ...(mode ? { mode } : {}),
    form: { fields: [] },
    documents: [],
    state: 'active',
    availability: [],
    fileable: false,
    loa: 2,
    source: row.source,
    confidence: row.confidence,
  }
}
