/** What people look for: each service once, in however many cities it is offered. */
import domains from '../../../../data/domains.json' with { type: 'json' }
import events from '../../../../data/life-events.json' with { type: 'json' }
import type { MatterBrief } from '../../../store/index.ts'
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
}

export interface Service {
  readonly name: { readonly zh: string; readonly en?: string }
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

/**
 * Matters of one name are shown once. That is a way of showing: it says nothing of whether an application for one can be carried over to
 * another, which only the table of equivalences says.
 */
export function servicesOf(briefs: readonly MatterBrief[]): readonly Service[] {
  return [...Map.groupBy(briefs, ({ name }) => name)].map(([zh, rows]) => {
    const told = rows.find(({ domain }) => domain !== null)?.domain ?? undefined
    const offered = rows.filter(({ division }) => division !== null)
    const en = englishOf(zh)
    return {
      name: { zh, ...(en === undefined ? {} : { en }) },
      domain: domainOf(zh, told),
      audiences: audiencesOf(rows),
      offers: (offered.length > 0 ? offered : rows).map((row) => ({
        id: row.id,
        division: row.division,
        fileable: row.fileable,
        mode: row.mode,
        isQuick: isQuickBy(row),
      })),
    }
  })
}

function audiencesOf(rows: readonly MatterBrief[]): readonly Audience[] {
  const subjects = new Set(rows.flatMap(({ subjects }) => subjects))
  const isFirm = [...subjects].some((one) => one !== 'person')
  return [
    ...(subjects.has('person') ? (['person'] as const) : []),
    ...(isFirm ? (['organisation'] as const) : []),
  ]
}
