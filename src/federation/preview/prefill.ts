/** Fields that nobody needs to type: from who applies and from their licences, each with its source and the day of the knowledge. */
import table from '../../../data/prefill.json' with { type: 'json' }
import type { FoundLicence } from '../../adapters/kit/contract.ts'
import { CITIES } from '../../schemas/division.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { FormField, Matter } from '../../schemas/matter.ts'
import type { PreviewField } from '../../schemas/preview.ts'
import type { HoldingRow } from '../../store/index.ts'
import type { Subject } from '../holdings/holder.ts'
import { divisionOf } from '../holdings/places.ts'
import { regionName } from '../holdings/words.ts'
import { masked } from '../identity/me.ts'
import { statusOf } from '../licences/present.ts'

/** A licence with its row in the index. */
export interface Held {
  readonly row: HoldingRow
  readonly licence: FoundLicence
}

/** What a value is taken from. */
export interface Known {
  readonly subject: Subject
  /** When the person logged in last with that region. */
  readonly loggedInAt: Date
  readonly licences: readonly Held[]
  readonly now: Date
}

type Source = NonNullable<PreviewField['source']>
interface Found {
  readonly value: string
  readonly source: Source
  readonly isSensitive: boolean
}

const logInOf = ({ subject, loggedInAt }: Known): Source => ({
  from: 'logIn',
  region: subject.principal.region,
  division: null,
  name: `${regionName(subject.principal.region)}统一身份认证`,
  asOf: formatInstant(loggedInAt),
})

const licenceSource = ({ row, licence }: Held): Source => ({
  from: 'licence',
  region: row.region,
  division: licence.division ?? divisionOf(row),
  holding: row.id,
  name: licence.name,
  asOf: formatInstant(row.asOf),
})

type Row = (typeof table.fields)[number]

/** What is known for one field of a matter's form; `undefined` where it is left to type. */
function valueFor(field: FormField, known: Known): Found | undefined {
  const row = table.fields.find(({ labels }) => labels.includes(field.label.zh))
  if (row && 'subject' in row) return ofApplicant(row, known)
  const valid = known.licences.filter(({ licence }) => statusOf(licence, known.now) === 'valid')
  return (row && ofLicence(row, valid)) ?? ofFace(field.label.zh, valid)
}

/** Name or number of who applies, where the field asks for a person's or a firm's as they are one. */
function ofApplicant(row: Row, known: Known): Found | undefined {
  const { name, idDocument } = known.subject.holder
  const isFirm = idDocument.type === '001'
  if ((row.subject === 'organisation') !== isFirm) return undefined
  const isNumber = row.from === 'number'
  return {
    value: isNumber ? idDocument.number : name,
    source: logInOf(known),
    isSensitive: isNumber && !isFirm,
  }
}

/** Number of the licence that the row names, or the city that issued it. */
function ofLicence(row: Row, valid: readonly Held[]): Found | undefined {
  const held = valid.find(({ licence }) => licence.kind === row.from)
  const value = held && (row.member === 'number' ? held.licence.number : cityIn(held))
  return held && value !== undefined ? { value, source: licenceSource(held), isSensitive: true } : undefined
}

/** What is printed on a licence under the very name of the field. */
function ofFace(label: string, valid: readonly Held[]): Found | undefined {
  const held = valid.find(({ licence }) => (licence.face?.[label] ?? '') !== '')
  const value = held?.licence.face?.[label]
  return held && value !== undefined ? { value, source: licenceSource(held), isSensitive: true } : undefined
}

/** The city that issued a licence, where it is one of the 41. */
const cityIn = ({ licence, row }: Held): string | undefined => {
  const division = licence.division ?? divisionOf(row)
  return CITIES.some((city) => city.division === division) ? (division ?? undefined) : undefined
}

/** A value as the form would refuse it is not proposed: the person types it. */
const isTakenBy = (value: string, { options, maxLength }: FormField): boolean =>
  (options === undefined || options.length === 0 || options.some((one) => one.value === value)) &&
  (maxLength === undefined || [...value].length <= maxLength)

/** The plain values by field, for a form that is filled in. */
export function prefilledForm(matter: Pick<Matter, 'form'>, known: Known): Readonly<Record<string, string>> {
  return Object.fromEntries(
    matter.form.fields.flatMap((field) => {
      const found = valueFor(field, known)
      return found && isTakenBy(found.value, field) ? [[field.name, found.value] as const] : []
    }),
  )
}

/** Every field of the application with what is known of it, sensitive values masked. */
export function previewFields(matter: Pick<Matter, 'form'>, known: Known): readonly PreviewField[] {
  const { name, idDocument } = known.subject.holder
  const source = logInOf(known)
  const own: PreviewField[] = [
    {
      pointer: '/applicant/name',
      label: { zh: '申请人', en: 'Applicant' },
      required: true,
      value: name,
      isSensitive: false,
      source,
    },
    {
      pointer: '/applicant/idDocument/number',
      label: { zh: '证件号码', en: 'Number of the document' },
      required: true,
      value: masked(idDocument.number),
      isSensitive: true,
      source,
    },
    {
      pointer: '/applicant/mobile',
      label: { zh: '手机号码', en: 'Mobile' },
      required: true,
      value: null,
      isSensitive: false,
      source: null,
    },
  ]
  return [
    ...own,
    ...matter.form.fields.map((field): PreviewField => {
      const found = valueFor(field, known)
      const isUsed = found !== undefined && isTakenBy(found.value, field)
      return {
        pointer: `/form/${field.name}`,
        label: field.label,
        required: field.required,
        value: isUsed ? (found.isSensitive ? masked(found.value) : found.value) : null,
        isSensitive: isUsed && found.isSensitive,
        source: isUsed ? found.source : null,
      }
    }),
  ]
}
