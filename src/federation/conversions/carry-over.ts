/**
 * Carries a filled form over from one region's matter to the equivalent matter of another region. Which field is which, and
 * which choice is which, stands in a table that people made (`data/equivalences.json`); a name alone proves nothing.
 */
import type { Arrow } from '../../adapters/kit/ledger.ts'
import { GatewayError } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import type { Matter } from '../../schemas/matter.ts'
import { leaves } from '../../schemas/pointers.ts'
import type { RegionId } from '../../schemas/regions.ts'
import { carryDocuments } from './carry-documents.ts'
import { carryForm } from './carry-form.ts'
import type { Equivalence } from './equivalence.ts'

/** The application for the other matter, and the arrows that say where each leaf went. */
export interface CarriedOver {
  readonly application: Application
  readonly arrows: readonly Arrow[]
}

/** One region's matter has one form in all of its cities: each field and document is its own equivalent. */
const sameForm = (region: RegionId, to: Matter): Equivalence => ({
  key: 'same region',
  name: to.name.zh,
  because: '同一地区各城市的同一事项共用一张表单',
  members: {},
  fields: to.form.fields.map(({ name, label }) => ({
    field: name,
    label: label.zh,
    in: { [region]: name },
  })),
  documents: to.documents.map(({ id, name }) => ({ document: id, in: { [region]: name.zh } })),
})

/**
 * @param curated the equivalence that both matters belong to; within one region none is needed
 * @throws GatewayError `MATTER_NO_EQUIVALENT` when a matter belongs to no region
 */
export function carryOver(
  application: Application,
  from: Matter,
  to: Matter,
  curated: Equivalence | undefined,
  division: string,
): CarriedOver {
  if (!from.region || !to.region) throw new GatewayError('MATTER_NO_EQUIVALENT', { matter: from.id })
  const row = from.region === to.region ? sameForm(to.region, to) : curated
  if (!row) throw new GatewayError('MATTER_NO_EQUIVALENT', { matter: from.id, division })
  const arrows: Arrow[] = []
  const form = carryForm(application, to, row, from.region, to.region)
  const documents = carryDocuments(application.documents, from, to, row)
  arrows.push(
    ...form.arrows,
    ...documents.arrows,
    { how: 'coded', from: ['/matter'], to: ['/matter'], label: '事项', rule: `equivalence ${row.key}` },
    application.division === division
      ? { how: 'copied', from: ['/division'], to: ['/division'], label: '办理地', rule: 'text' }
      : { how: 'derived', from: ['/division'], to: ['/division'], label: '办理地', rule: 'asked division' },
  )
  for (const [member, value] of Object.entries(application)) {
    if (['form', 'documents', 'matter', 'matterVersion', 'division'].includes(member)) continue
    for (const leaf of leaves(value, `/${member}`))
      arrows.push({ how: 'copied', from: [leaf], to: [leaf], label: '', rule: 'text' })
  }
  const { matterVersion, ...rest } = application
  if (matterVersion !== undefined)
    arrows.push({
      how: 'dropped',
      from: ['/matterVersion'],
      to: [],
      label: '事项版本',
      rule: 'version',
      reason: '事项版本属于原地区的事项; 网关已核对',
    })
  return {
    application: { ...rest, matter: to.id, division, form: form.form, documents: documents.documents },
    arrows,
  }
}
