/** What differs between regions for one matter, member by member. */
import type { Matter } from '../../schemas/matter.ts'
import type { RegionId } from '../../schemas/regions.ts'
import type { Catalogue } from './catalogue.ts'

const COMPARED = [
  'name',
  'subjects',
  'mode',
  'handling',
  'statutory',
  'commitment',
  'deliveryModes',
  'hasFee',
  'visits',
  'isOnline',
  'state',
  'loa',
] as const

/** One member, and what each region says of it. */
export interface Difference {
  readonly member: string
  readonly values: Readonly<Record<string, unknown>>
  readonly same: boolean
}

/** Compares a matter with its equivalents in the named regions; a region without one is named as missing. */
export async function differences(
  matter: Matter,
  between: readonly RegionId[],
  catalogue: Catalogue,
): Promise<{ matters: Record<string, string | null>; items: readonly Difference[] }> {
  const found = new Map<RegionId, Matter>()
  for (const region of between) {
    if (matter.region === region) found.set(region, matter)
    const id = matter.equivalents.find((one) => one.region === region)?.id
    const other = id === undefined || found.has(region) ? undefined : await catalogue.current(id)
    if (other) found.set(region, other.matter)
  }
  const compare = (member: string, pick: (one: Matter) => unknown): Difference => {
    const values = Object.fromEntries([...found].map(([region, one]) => [region, pick(one) ?? null]))
    return {
      member,
      values,
      same: new Set(Object.values(values).map((value) => JSON.stringify(value))).size <= 1,
    }
  }
  return {
    matters: Object.fromEntries(between.map((region) => [region, found.get(region)?.id ?? null])),
    items: [
      ...COMPARED.map((member) => compare(`/${member}`, (one) => one[member])),
      compare('/documents', (one) =>
        one.documents.map((document) => ({ name: document.name.zh, necessity: document.necessity })),
      ),
      compare('/form/fields', (one) =>
        one.form.fields.map((field) => ({
          label: field.label.zh,
          type: field.type,
          required: field.required,
        })),
      ),
    ],
  }
}
