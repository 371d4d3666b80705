/** Applications for any matter of a region, as its own form and its list of documents want them. */
import fc from 'fast-check'
import type { SimulatedRegionId } from '../../src/sandbox/simulated.ts'
import type { Applicant, Application, DocumentEntry } from '../../src/schemas/application.ts'
import type { FormField, Matter, MatterDocument } from '../../src/schemas/matter.ts'
import type { Draw } from './draw.ts'
import {
  agentFor,
  applicantOf,
  creditCode,
  mobile,
  personName,
  residentNumber,
  typed,
  underOldCode,
} from './persons.ts'

/** What an applicant can show of his own: the region's licence identifiers by its type code. */
export type Shown = ReadonlyMap<string, string>

const SOURCES = ['310000', '320500', '330100', '340100', '341300', '321200', '331000']

const day = fc
  .tuple(
    fc.integer({ min: 1950, max: 2026 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .map((parts) => parts.map((one) => String(one).padStart(2, '0')).join('-'))

const amount = fc
  .tuple(
    fc.integer({ min: 0, max: 999_999_999 }),
    fc.option(fc.integer({ min: 0, max: 99 }), { nil: undefined }),
  )
  .map(([whole, part]) => (part === undefined ? String(whole) : `${whole}.${String(part).padStart(2, '0')}`))

const landline = fc.integer({ min: 1_000_000, max: 9_999_999 }).map((value) => `0551-${value}`)

/** A division in a form has six digits in every region; a city of Zhejiang's ends in 00 there. */
const area = fc.constantFrom(...SOURCES)

/** A value that the field takes. */
export function fieldValue(region: SimulatedRegionId, field: FormField): fc.Arbitrary<string> {
  const longest = Math.min(field.maxLength ?? 200, 500)
  switch (field.type) {
    case 'select':
      return fc.constantFrom(...(field.options ?? []).map(({ value }) => value))
    case 'date':
      return day
    case 'number':
      return amount.filter((value) => value.length <= longest)
    case 'area':
      return area
    case 'idcard':
      return residentNumber
    case 'uscc':
      return creditCode('91')
    case 'mobile':
      return mobile
    case 'phone':
      return region === 'zhejiang' ? mobile : fc.oneof(mobile, landline)
    default:
      return typed(longest)
  }
}

/** Every field that is required, and the others now and then, some of them empty. */
export function formOf(region: SimulatedRegionId, { form }: Matter, draw: Draw): Record<string, string> {
  const values: Record<string, string> = {}
  for (const field of form.fields) {
    const presence = field.required ? 'filled' : draw(fc.constantFrom('filled', 'empty', 'absent'))
    if (presence === 'filled') values[field.name] = draw(fieldValue(region, field))
    if (presence === 'empty') values[field.name] = ''
  }
  return values
}

/** Ways in which a document may be handed in by this applicant. */
function waysOf({ necessity, modes, exemptedBy }: MatterDocument, region: SimulatedRegionId, shown: Shown) {
  const ways = modes.filter((mode) => mode !== 'licence')
  const licence = exemptedBy.map(({ licenceType }) => shown.get(licenceType)).find((one) => one !== undefined)
  // Jiangsu's application and Shanghai's have files and licences alone; Anhui takes no promise for what it needs.
  const ofRequired =
    region === 'jiangsu' || region === 'shanghai' ? ['upload', 'scan'] : ['upload', 'scan', 'paper']
  const told = necessity === 'required' ? ways.filter((mode) => ofRequired.includes(mode)) : ways
  return { ways: told, licence: region === 'jiangsu' ? undefined : licence }
}

/** An upload of its own, of a type that the document takes. */
export const uploadFor = ({ formats = ['pdf'] }: MatterDocument, draw: Draw): string =>
  `${draw(fc.uuid())}.${formats.includes('pdf') ? 'pdf' : formats[0]}`

function entryOf(
  document: MatterDocument,
  region: SimulatedRegionId,
  shown: Shown,
  draw: Draw,
): DocumentEntry {
  const { ways, licence } = waysOf(document, region, shown)
  const mode =
    licence !== undefined && draw(fc.boolean()) ? ('licence' as const) : draw(fc.constantFrom(...ways))
  if (mode === 'licence' && licence !== undefined) return { id: document.id, mode, licence }
  if (mode !== 'upload' && mode !== 'scan') return { id: document.id, mode }
  const count = draw(fc.constantFrom(1, 1, 1, 2))
  return {
    id: document.id,
    mode,
    uploads: Array.from({ length: count }, () => uploadFor(document, draw)),
  }
}

/** Zhejiang wants a promise in writing where a document follows later. */
const isWanted = (region: SimulatedRegionId, { necessity }: MatterDocument) =>
  necessity === 'required' || (region === 'zhejiang' && necessity === 'deferrable')

/** Documents that are needed, and the others now and then. */
const documentsOf = (region: SimulatedRegionId, matter: Matter, shown: Shown, draw: Draw) =>
  matter.documents
    .filter((one) => isWanted(region, one) || draw(fc.constantFrom(true, true, false)))
    .map((document) => entryOf(document, region, shown, draw))

function deliveryOf({ deliveryModes = [] }: Matter, draw: Draw): Application['delivery'] {
  const mode = draw(fc.constantFrom(...deliveryModes, undefined))
  if (mode === undefined) return undefined
  if (mode !== 'post') return { mode }
  return { mode, name: draw(personName(50)), mobile: draw(mobile), address: draw(typed(200)) }
}

/** What one application is drawn for. */
export interface Wanted {
  readonly region: SimulatedRegionId
  readonly division: string
  readonly matter: Matter
  readonly shown: Shown
  /** Somebody of the region's test environment, who has licences to show; anybody when absent. */
  readonly applicant?: Applicant
}

/** In Jiangsu a legal person may still come under the code that it had before credit codes. */
function somebodyFor(region: SimulatedRegionId, who: Applicant, draw: Draw): Applicant {
  const isLegal = who.kind === 'organisation' && who.idDocument.number.startsWith('9')
  const mayBeOld = region === 'jiangsu' && isLegal && who.idDocument.number[1] === '1'
  return mayBeOld && draw(fc.boolean()) ? underOldCode(who) : who
}

export function applicationFor(
  { region, division, matter, shown, applicant }: Wanted,
  draw: Draw,
): Application {
  const subjects = matter.subjects.length > 0 ? matter.subjects : (['person'] as const)
  const who = applicant ?? somebodyFor(region, draw(fc.constantFrom(...subjects).chain(applicantOf)), draw)
  // Shanghai's acting person has a name of at most 50 characters, whoever he is.
  const isLong = region === 'shanghai' && [...who.name].length > 50
  const isActed = who.kind === 'organisation' || isLong || draw(fc.constantFrom(true, false, false))
  const delivery = deliveryOf(matter, draw)
  const mode = matter.modes ? draw(fc.constantFrom(...matter.modes, undefined)) : undefined
  return {
    matter: matter.id,
    division,
    sourceDivision: draw(fc.constantFrom(...SOURCES)),
    applicant: who,
    ...(isActed ? { agent: draw(agentFor(region, who)) } : {}),
    form: formOf(region, matter, draw),
    documents: documentsOf(region, matter, shown, draw),
    ...(delivery ? { delivery } : {}),
    ...(mode ? { mode } : {}),
    ...(draw(fc.boolean()) ? { note: draw(typed(500)) } : {}),
    appliedAt: '2026-03-02T08:59:58+08:00',
  }
}
