/** The values of a form, carried over field by field. */
import type { Arrow } from '../../adapters/kit/ledger.ts'
import type { Application } from '../../schemas/application.ts'
import type { FormField, Matter } from '../../schemas/matter.ts'
import { pointerTo } from '../../schemas/pointers.ts'
import type { RegionId } from '../../schemas/regions.ts'
import type { Equivalence, EquivalentField } from './equivalence.ts'

/** One field's way: what it becomes (nothing where it is lost), and the arrow that says so. */
interface Carried {
  readonly value?: string
  readonly arrow: Arrow
}

/** The form of the other matter, and where each value of the first went. */
export function carryForm(
  application: Application,
  to: Matter,
  row: Equivalence,
  source: RegionId,
  target: RegionId,
): { readonly form: Record<string, string>; readonly arrows: readonly Arrow[] } {
  const form: Record<string, string> = {}
  const arrows: Arrow[] = []
  const fields = row.fields ?? []
  for (const field of fields) {
    const definition = to.form.fields.find((one) => one.name === field.in[target])
    for (const { value, arrow } of waysOf(application, field, definition, source, target)) {
      arrows.push(arrow)
      if (definition && value !== undefined) form[definition.name] = value
    }
  }
  const known = new Set(fields.map((field) => field.in[source]))
  for (const name of Object.keys(application.form).filter((one) => !known.has(one)))
    arrows.push({
      how: 'dropped',
      from: [pointerTo('form', name)],
      to: [],
      label: name,
      rule: `equivalence ${row.key}`,
      reason: '对应事项的表单没有这一项',
    })
  return { form, arrows }
}

/** The way of what stands in the form, and, where that leaves the field empty, of what is known from elsewhere. */
function waysOf(
  application: Application,
  field: EquivalentField,
  definition: FormField | undefined,
  source: RegionId,
  target: RegionId,
): readonly Carried[] {
  const here = field.in[source]
  const value = here === undefined ? undefined : application.form[here]
  const carried =
    here === undefined || value === undefined
      ? undefined
      : carryField(field, definition, { here, value, source, target })
  const filled = definition && carried?.value === undefined ? fillField(application, field, definition) : []
  return carried ? [carried, ...filled] : filled
}

function carryField(
  field: EquivalentField,
  definition: FormField | undefined,
  move: { here: string; value: string; source: RegionId; target: RegionId },
): Carried {
  const step = { from: [pointerTo('form', move.here)], label: field.label, rule: `field ${field.field}` }
  const lost = (reason: string): Carried => ({ arrow: { ...step, how: 'dropped', to: [], reason } })
  if (!definition) return lost(`对应事项的表单没有“${field.label}”`)
  const to = [pointerTo('form', definition.name)]
  if (!field.choices || move.value === '') return { value: move.value, arrow: { ...step, how: 'copied', to } }
  const choice = Object.values(field.choices).find((one) => one[move.source] === move.value)?.[move.target]
  return choice === undefined
    ? lost(`“${field.label}”的这一选项在对应事项中没有`)
    : { value: choice, arrow: { ...step, how: 'coded', to } }
}

/** A field that the first form did not fill may be known from elsewhere in the application. */
function fillField(
  application: Application,
  field: EquivalentField,
  definition: FormField,
): readonly Carried[] {
  let value: unknown = application
  for (const token of (field.from ?? '').split('/').slice(1))
    value =
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[token] : undefined
  if (field.from === undefined || typeof value !== 'string' || value === '') return []
  return [
    {
      value,
      arrow: {
        how: 'derived',
        from: [field.from],
        to: [pointerTo('form', definition.name)],
        label: field.label,
        rule: `field ${field.field}`,
      },
    },
  ]
}
