/** Before anything is filled in twice: for every city whether it can be done there, what is missing, and the cheapest next step. */
import { type FieldError, fault, GatewayError } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import { CITIES, cityOf, isCity, regionOf } from '../../schemas/division.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Matter, MatterDocument } from '../../schemas/matter.ts'
import type { CityPreflight, PartialApplication } from '../../schemas/preflight.ts'
import { carryOver } from '../conversions/carry-over.ts'
import type { Deps } from '../deps.ts'
import type { Versioned } from '../matters/catalogue.ts'
import { checkEntries, missingDocuments } from '../matters/check-documents.ts'
import { checkForm } from '../matters/check-form.ts'
import { checkPersons } from '../matters/check-persons.ts'

type Needs = Pick<Deps, 'catalogue' | 'finder' | 'directory' | 'now'>

/**
 * Leaves nothing behind, and asks no region anything: it says what the catalogue and the rules say.
 * @param cities divisions of cities; all 41 when absent
 * @returns one row a city, in the order of the cities
 * @throws GatewayError `MATTER_NOT_FOUND`, `DIVISION_UNKNOWN`
 */
export async function preflight(
  application: PartialApplication,
  cities: readonly string[] | undefined,
  deps: Needs,
): Promise<readonly CityPreflight[]> {
  const unknown = cities?.find((city) => !isCity(city))
  if (unknown !== undefined) throw new GatewayError('DIVISION_UNKNOWN', { division: unknown })
  const matter = await deps.catalogue.read(application.matter)
  const asked = cities ?? CITIES.map(({ division }) => division)
  const there = await mattersAt(matter, deps)
  return asked.map((division) => preflightOf(application, matter, division, there.get(division), deps))
}

/** The matter as each city offers it: its equivalents, and where there is none that is proved, the city's own of that name. */
async function mattersAt(
  matter: Matter,
  { catalogue, finder }: Needs,
): Promise<ReadonlyMap<string, Offered>> {
  const service = await finder.serviceOf(matter.name.zh)
  const ids = new Map<string, boolean>([
    ...(service?.offers ?? []).map(({ id }) => [id, false] as const),
    ...matter.equivalents.map(({ id }) => [id, true] as const),
    [matter.id, true],
  ])
  const found = await Promise.all(
    [...ids].map(async ([id, isProved]) => ({ found: await catalogue.current(id), isProved })),
  )
  const offered = new Map<string, Offered>()
  for (const { found: one, isProved } of found)
    for (const division of one?.matter.divisions ?? []) {
      const city = cityOf(division)
      if (one && city && (isProved || !offered.has(city))) offered.set(city, { ...one, isProved })
    }
  return offered
}

interface Offered extends Versioned {
  /** A filled form can be carried over to it. */
  readonly isProved: boolean
}

type Verdict = Omit<CityPreflight, 'division'>
const cannot = (
  matter: string | null,
  rule: NonNullable<Verdict['rule']>,
  next: Verdict['next'],
  verdict: 'cannot' | 'unknown' = 'cannot',
): Verdict => ({ verdict, matter, rule, missing: [], next })

const WINDOW = { step: 'window', zh: '到窗口办', en: 'Go to a window' } as const
const OTHER_CITY = { step: 'otherCity', zh: '换一座城市办', en: 'Choose another city' } as const

function preflightOf(
  application: PartialApplication,
  matter: Matter,
  division: string,
  offered: Offered | undefined,
  deps: Needs,
): CityPreflight {
  const today = formatInstant(deps.now()).slice(0, 10)
  const verdict =
    refusal(application, division, offered, today, deps) ??
    whatIsMissing(application, matter, division, offered, today, deps)
  return { division, ...verdict }
}

/** Why it cannot be filed there at all, whatever is filled in. */
function refusal(
  { applicant }: PartialApplication,
  division: string,
  offered: Offered | undefined,
  today: string,
  { directory }: Needs,
): Verdict | undefined {
  if (!offered)
    return cannot(
      null,
      { code: 'MATTER_NOT_OFFERED', zh: '这座城市没有这个事项', en: 'This city does not offer the matter' },
      OTHER_CITY,
    )
  const { id, fileable, state, availability, subjects } = offered.matter
  if (!fileable || state !== 'active')
    return cannot(
      id,
      { code: 'MATTER_NOT_FILEABLE', zh: '这座城市还不能网上申请', en: 'It cannot be filed online there' },
      WINDOW,
    )
  const isOpen = availability.some(
    (one) => one.division === division && one.from <= today && (one.to === null || today < one.to),
  )
  if (!isOpen)
    return cannot(
      id,
      { code: 'MATTER_NOT_OFFERED', zh: '现在不在受理期内', en: 'It is not offered at this time' },
      OTHER_CITY,
    )
  const isPerson = applicant?.kind === 'person'
  if (
    applicant?.kind &&
    subjects.length > 0 &&
    !subjects.some((subject) => (subject === 'person') === isPerson)
  )
    return cannot(
      id,
      { code: 'SUBJECT', zh: '不面向这类申请人', en: 'It is not open to this kind of applicant' },
      OTHER_CITY,
    )
  const region = regionOf(division)
  if (!region || !directory.isConnected(region))
    return cannot(
      id,
      { code: 'REGION_NOT_CONNECTED', zh: '这个地区还没有接入', en: 'The region is not connected' },
      WINDOW,
      'unknown',
    )
  return undefined
}

/** What somebody still has to bring or write; nobody is asked for what a licence stands for. */
function whatIsMissing(
  application: PartialApplication,
  from: Matter,
  division: string,
  offered: Offered | undefined,
  today: string,
  { catalogue }: Needs,
): Verdict {
  if (!offered) throw new GatewayError('INTERNAL')
  const { matter } = offered
  const whole = filledUp(application, division)
  const carried =
    matter.id === from.id || !offered.isProved
      ? { ...whole, ...(offered.isProved ? {} : { form: {}, documents: [] }) }
      : carryOver(whole, from, matter, catalogue.equivalenceOf(from), division).application
  const missing: readonly Missing[] = [
    ...unsaid(application),
    ...(application.applicant?.idDocument && application.applicant.kind
      ? checkPersons(carried, matter, today)
      : []),
    ...checkForm(carried.form, matter.form.fields, today),
    ...checkEntries(carried, matter),
    // A document for which a licence may stand is asked for only after the licences were looked at.
    ...missingDocuments(carried, matter)
      .filter(({ exemptedBy }) => exemptedBy.length === 0)
      .map(missingOf),
  ]
  if (missing.length === 0)
    return {
      verdict: 'can',
      matter: matter.id,
      rule: null,
      missing: [],
      next: { step: 'apply', zh: '现在就可以申请', en: 'You can apply now' },
    }
  const count = missing.length
  return {
    verdict: 'needs',
    matter: matter.id,
    rule: null,
    missing: missing.map(({ pointer, code, zh, en, document }: Missing) => ({
      pointer,
      code,
      zh,
      en,
      ...(document ? { document } : {}),
    })),
    next: {
      step: 'complete',
      zh: `再补 ${count} 项就可以申请`,
      en: count === 1 ? 'One more item, then you can apply' : `${count} more items, then you can apply`,
    },
  }
}

type Missing = FieldError & Pick<CityPreflight['missing'][number], 'document'>

const missingOf = ({ id, name }: MatterDocument): Missing => ({
  ...fault('/documents', 'MISSING', `缺少必要材料“${name.zh}”`, `A required document is missing: ${name.zh}`),
  document: { id, name },
})

/** Members that every application has. */
const unsaid = ({ applicant }: PartialApplication): FieldError[] => [
  ...(applicant?.name ? [] : [fault('/applicant/name', 'MISSING', '请写明申请人', 'Name the applicant')]),
  ...(applicant?.idDocument
    ? []
    : [
        fault(
          '/applicant/idDocument',
          'MISSING',
          '请写明申请人的证件',
          'Name the applicant’s identity document',
        ),
      ]),
]

/** The partial application as a whole one, for checks that look at the parts that are there. */
const filledUp = ({ applicant, ...rest }: PartialApplication, division: string): Application => ({
  sourceDivision: division,
  form: {},
  documents: [],
  ...rest,
  division: rest.division && cityOf(rest.division) === division ? rest.division : division,
  applicant: {
    kind: 'person',
    name: '',
    idDocument: { type: '111', number: '' },
    ...applicant,
  },
})
