/**
 * Carries a filled form over from one region's matter to the equivalent matter of another region. Which field is which, and
 * which choice is which, stands in a table that people made (`data/equivalences.json`); a name alone proves nothing.
 */
import type { Arrow } from '../../adapters/kit/ledger.ts'
import { leaves } from '../../adapters/kit/table.ts'
import { GatewayError } from '../../errors.ts'
import type { Application, DocumentEntry } from '../../schemas/application.ts'
import type { RegionId } from '../../schemas/common.ts'
import type { FormField, Matter } from '../../schemas/matter.ts'

/** One field as the regions name it. `choices` maps a word to each region's option value. */
export interface EquivalentField {
  readonly field: string
  readonly label: string
  readonly in: Readonly<Partial<Record<RegionId, string>>>
  readonly choices?: Readonly<Record<string, Readonly<Partial<Record<RegionId, string>>>>>
  /** Pointer into the application whose value fills the field where the source form has none. */
  readonly from?: string
}

/** One document as the regions name it. */
export interface EquivalentDocument {
  readonly document: string
  readonly in: Readonly<Partial<Record<RegionId, string>>>
}

/** One matter in several regions. `members` are catalogue codes of each region. */
export interface Equivalence {
  readonly key: string
  readonly name: string
  readonly seed?: string | null
  readonly because: string
  readonly members: Readonly<Partial<Record<RegionId, string>>>
  readonly fields?: readonly EquivalentField[]
  readonly documents?: readonly EquivalentDocument[]
}

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
  const form = carryForm(application, to, row, from.region, to.region, arrows)
  const documents = carryDocuments(application.documents, from, to, row, arrows)
  arrows.push(
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
  return { application: { ...rest, matter: to.id, division, form, documents }, arrows }
}

function carryForm(
  application: Application,
  to: Matter,
  row: Equivalence,
  source: RegionId,
  target: RegionId,
  arrows: Arrow[],
): Record<string, string> {
  const form: Record<string, string> = {}
  const taken = new Set<string>()
  for (const field of row.fields ?? []) {
    const there = field.in[target]
    const definition = there === undefined ? undefined : to.form.fields.find((one) => one.name === there)
    const here = field.in[source]
    const value = here === undefined ? undefined : application.form[here]
    if (here !== undefined && value !== undefined) {
      taken.add(here)
      carryField(field, definition, { here, value, source, target }, form, arrows)
      if (definition && form[definition.name] !== undefined) continue
    }
    if (definition && field.from !== undefined && form[definition.name] === undefined)
      fillField(application, field, definition, form, arrows)
  }
  for (const name of Object.keys(application.form)) {
    if (!taken.has(name))
      arrows.push({
        how: 'dropped',
        from: [`/form/${name}`],
        to: [],
        label: name,
        rule: `equivalence ${row.key}`,
        reason: '对应事项的表单没有这一项',
      })
  }
  return form
}

function carryField(
  field: EquivalentField,
  definition: FormField | undefined,
  move: { here: string; value: string; source: RegionId; target: RegionId },
  form: Record<string, string>,
  arrows: Arrow[],
): void {
  const from = [`/form/${move.here}`]
  const rule = `field ${field.field}`
  if (!definition) {
    arrows.push({
      how: 'dropped',
      from,
      to: [],
      label: field.label,
      rule,
      reason: `对应事项的表单没有“${field.label}”`,
    })
    return
  }
  const to = [`/form/${definition.name}`]
  if (!field.choices || move.value === '') {
    form[definition.name] = move.value
    arrows.push({ how: 'copied', from, to, label: field.label, rule })
    return
  }
  const choice = Object.values(field.choices).find((one) => one[move.source] === move.value)?.[move.target]
  if (choice === undefined) {
    arrows.push({
      how: 'dropped',
      from,
      to: [],
      label: field.label,
      rule,
      reason: `“${field.label}”的这一选项在对应事项中没有`,
    })
    return
  }
  form[definition.name] = choice
  arrows.push({ how: 'coded', from, to, label: field.label, rule })
}

function fillField(
  application: Application,
  field: EquivalentField,
  definition: FormField,
  form: Record<string, string>,
  arrows: Arrow[],
): void {
  let value: unknown = application
  for (const token of (field.from ?? '').split('/').slice(1))
    value =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[token] : undefined
  if (typeof value !== 'string' || value === '') return
  form[definition.name] = value
  arrows.push({
    how: 'derived',
    from: [field.from ?? ''],
    to: [`/form/${definition.name}`],
    label: field.label,
    rule: `field ${field.field}`,
  })
}

function carryDocuments(
  documents: readonly DocumentEntry[],
  from: Matter,
  to: Matter,
  row: Equivalence,
  arrows: Arrow[],
): DocumentEntry[] {
  const out: DocumentEntry[] = []
  documents.forEach((entry, index) => {
    const there = equivalentDocument(entry.id, from, to, row)
    const own = leaves(entry, `/documents/${index}`)
    if (there === undefined) {
      arrows.push({
        how: 'dropped',
        from: own,
        to: [],
        label: '材料',
        rule: `equivalence ${row.key}`,
        reason: '对应事项不要这份材料',
      })
      return
    }
    const at = out.length
    out.push({ ...entry, id: there })
    for (const leaf of own) {
      const rest = leaf.slice(`/documents/${index}`.length)
      arrows.push({
        how: rest === '/id' ? 'coded' : 'copied',
        from: [leaf],
        to: [`/documents/${at}${rest}`],
        label: '材料',
        rule: rest === '/id' ? `equivalence ${row.key}` : 'text',
      })
    }
  })
  return out
}

function equivalentDocument(id: string, from: Matter, to: Matter, row: Equivalence): string | undefined {
  const name = from.documents.find((one) => one.id === id)?.name.zh
  const target = to.region
  const source = from.region
  if (name === undefined || target === undefined || source === undefined) return undefined
  const known = row.documents?.find((one) => one.in[source] === name)?.in[target]
  return to.documents.find((one) => one.name.zh === known)?.id
}
