/** Which matters of ours the codes of windows name, and by which codes windows name a matter of ours. */
import type { Matter } from '../../schemas/matter.ts'
import { REGION_IDS } from '../../schemas/regions.ts'
import type { WindowMatter } from '../../schemas/window.ts'
import type { WindowSearch } from '../../store/index.ts'
import type { Deps } from '../deps.ts'

/** Codes in one question to the store. */
const AT_ONCE = 5_000

/** The matters of a city by the codes that its windows use: the region's own, or the national implementation code (实施编码). */
export async function mattersByCode(
  city: string,
  codes: readonly string[],
  { store }: Pick<Deps, 'store'>,
): Promise<ReadonlyMap<string, WindowMatter>> {
  const known = new Map<string, WindowMatter>()
  for (let from = 0; from < codes.length; from += AT_ONCE)
    for (const row of await store.windows.mattersOf(city, codes.slice(from, from + AT_ONCE))) {
      // The names of stored matters were checked when they were put there.
      const name = row.name as Matter['name']
      for (const code of [row.implementationCode, row.code])
        if (code !== null) known.set(code, { code, id: row.id, name })
    }
  return known
}

/**
 * The codes by which windows name a matter or its equivalents, region by region.
 * @throws GatewayError `MATTER_NOT_FOUND`
 */
export async function codesOf(
  id: string,
  { catalogue }: Pick<Deps, 'catalogue'>,
): Promise<NonNullable<WindowSearch['takes']>> {
  const matter = await catalogue.read(id)
  const others = await Promise.all(matter.equivalents.map((one) => catalogue.current(one.id)))
  const all = [matter, ...others.flatMap((one) => (one ? [one.matter] : []))]
  return REGION_IDS.map((region) => ({
    region,
    codes: all
      .filter((one) => one.region === region)
      .flatMap(({ regional, implementationCode }) =>
        [regional?.code, implementationCode].filter((code) => code !== undefined),
      ),
  }))
}
