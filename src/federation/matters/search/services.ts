/** What people look for: each service once, in however many cities it is offered. */
import domains from '../../../../data/domains.json' with { type: 'json' }
import events from '../../../../data/life-events.json' with { type: 'json' }
import { regionOf } from '../../../schemas/division.ts'
import type { MatterBrief } from '../../../store/index.ts'
import type { Equivalence } from '../../conversions/equivalence.ts'
import { englishOf } from '../english.ts'
import { isQuickBy } from '../quick.ts'

export type Audience = 'person' | 'organisation'

/** One of the 18 domains, or an event of a life: a way to matters for somebody who does not know their names. */
export interface Topic {
  readonly key: string
  readonly zh: string
  readonly en: string
  readonly for: Audience
  readonly words: readonly string[]
}

// JSON modules widen literals; a test of the data checks the shapes.
export const DOMAINS = domains.domains as readonly Topic[]
export const LIFE_EVENTS = events.events as readonly Topic[]

/** A service where it is offered. */
export interface Offer {
  readonly id: string
  /** `null` for the seed list, which no city offers yet. */
  readonly division: string | null
  readonly fileable: boolean
  readonly mode: string | null
  /** 快办: see `quick.ts`. */
  readonly isQuick: boolean
  /** Why it stands with the others: people have found it to be the same matter, or it is called the same. */
  readonly by: 'table' | 'name'
}

export interface Service {
  readonly name: { readonly zh: string; readonly en?: string }
  /** Every name under which it is offered, with `name.zh`. */
  readonly names: readonly string[]
  readonly domain: string | undefined
  readonly audiences: readonly Audience[]
  readonly offers: readonly Offer[]
}

const has = (name: string, { words }: Topic): boolean => words.some((word) => name.includes(word))

/** A region's matter comes without a domain: the seed's is taken where the name is the same, else the first whose words fit. */
const domainOf = (name: string, told: string | undefined): string | undefined =>
  (told === undefined ? undefined : DOMAINS.find(({ zh }) => zh === told)?.key) ??
  DOMAINS.find((domain) => has(name, domain))?.key

/** Whether a service belongs to an event of a life. */
export const isOfEvent = ({ name }: Service, event: Topic): boolean => has(name.zh, event)

/** The row of the table that names a matter, by its region's code or as the seed's. */
function rowOf({ id, division, baseCode }: MatterBrief, table: readonly Equivalence[]): string | undefined {
  const region = division === null ? undefined : regionOf(division)
  return table.find(({ members, seed }) =>
    region === undefined ? seed === id : baseCode !== null && members[region] === baseCode,
  )?.key
}

/**
 * Matters that the table of equivalences holds to be one are shown as one, whatever each region calls them; the others where they have one
 * name. A name is a way of showing: it says nothing of whether an application for one can be carried over to another, and each offer
 * says by which of the two it stands here.
 */
export function servicesOf(
  briefs: readonly MatterBrief[],
  table: readonly Equivalence[] = [],
): readonly Service[] {
  const rows = briefs.map((brief) => ({ brief, row: rowOf(brief, table) }))
  const rowOfName = new Map<string, string>()
  for (const { brief, row } of rows) if (row && !rowOfName.has(brief.name)) rowOfName.set(brief.name, row)
  const groups = Map.groupBy(rows, ({ brief, row }) => {
    const key = row ?? rowOfName.get(brief.name)
    return key === undefined ? `name ${brief.name}` : `row ${key}`
  })
  return [...groups.values()].map((group) => serviceFrom(group, table))
}

function serviceFrom(
  group: readonly { readonly brief: MatterBrief; readonly row: string | undefined }[],
  table: readonly Equivalence[],
): Service {
  const row = table.find(({ key }) => group.some((one) => one.row === key))
  const names = [...new Set(group.map(({ brief }) => brief.name))]
  const zh = names.find((name) => name === row?.name) ?? names[0] ?? ''
  const told = group.find(({ brief }) => brief.domain !== null)?.brief.domain ?? undefined
  const isByName = (one: { readonly row: string | undefined }) => (one.row === undefined ? 1 : 0)
  const offered = group
    .filter(({ brief }) => brief.division !== null)
    .toSorted((one, other) => isByName(one) - isByName(other))
  const en = englishOf(zh)
  return {
    name: { zh, ...(en === undefined ? {} : { en }) },
    names,
    domain: domainOf(zh, told),
    audiences: audiencesOf(group.map(({ brief }) => brief)),
    offers: (offered.length > 0 ? offered : group).map(({ brief, row: key }) => ({
      id: brief.id,
      division: brief.division,
      fileable: brief.fileable,
      mode: brief.mode,
      isQuick: isQuickBy(brief),
      by: key === undefined ? 'name' : 'table',
    })),
  }
}

function audiencesOf(rows: readonly MatterBrief[]): readonly Audience[] {
  const subjects = new Set(rows.flatMap(({ subjects }) => subjects))
  const isFirm = [...subjects].some((one) => one !== 'person')
  return [
    ...(subjects.has('person') ? (['person'] as const) : []),
    ...(isFirm ? (['organisation'] as const) : []),
  ]
}
