/** Which rules fit, and by which fact: pure, over facts that were read with consent. */
import type { FoundLicence } from '../../adapters/kit/contract.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { RegionId } from '../../schemas/regions.ts'
import type { Rule, When } from './rules.ts'

/** What is known; a fact that no rule needs is not read, and is absent. */
export interface Facts {
  /** Whole years. */
  readonly age?: number | undefined
  /** Where the number was given; null for a place outside the four regions. Absent where the number tells no place. */
  readonly home?: RegionId | null | undefined
  /** Valid ones. */
  readonly licences?: readonly HeldLicence[]
  /** Granted ones, the newest first. */
  readonly cases?: readonly ConcludedCase[]
}

export interface HeldLicence
  extends Pick<FoundLicence, 'kind' | 'name' | 'validFrom' | 'validTo' | 'issuedOn'> {
  readonly region: RegionId
}

export interface ConcludedCase {
  readonly matter: string
  /** `yyyy-MM-dd`. */
  readonly on: string
}

/** The fact by which a rule fits: what the page shows beside the rule's sentence. */
export type Datum =
  | { readonly kind: 'age'; readonly years: number }
  | {
      readonly kind: 'licenceEnds' | 'licenceBegun'
      readonly name: string
      readonly region: RegionId
      readonly on: string
    }
  | {
      readonly kind: 'licenceElsewhere'
      readonly name: string
      readonly region: RegionId
      readonly home: RegionId | null
    }
  | { readonly kind: 'caseConcluded'; readonly matter: string; readonly on: string }

/** A rule that fits. */
export interface Reason {
  readonly rule: Rule
  readonly datum: Datum
}

const DAY_MS = 86_400_000
const dayIn = (now: Date, days: number): string =>
  formatInstant(new Date(now.getTime() + days * DAY_MS)).slice(0, 10)

/** In the order of the rules. */
export const fitting = (rules: readonly Rule[], facts: Facts, now: Date): readonly Reason[] =>
  rules.flatMap((rule) => {
    const datum = datumOf(rule.when, facts, now)
    return datum ? [{ rule, datum }] : []
  })

function datumOf(when: When, facts: Facts, now: Date): Datum | undefined {
  if (when.fact === 'age') return ageDatum(when, facts)
  if (when.fact === 'licenceElsewhere') return elsewhereDatum(when, facts)
  if (when.fact === 'caseConcluded') {
    const { words, days } = when
    const found = facts.cases?.find(
      ({ matter, on }) => on >= dayIn(now, -days) && words.some((word) => matter.includes(word)),
    )
    return found && { kind: 'caseConcluded', ...found }
  }
  return dayDatum(when, facts, now)
}

const ageDatum = (
  { from, to = Number.POSITIVE_INFINITY }: When & { fact: 'age' },
  { age }: Facts,
): Datum | undefined =>
  age !== undefined && age >= from && age <= to ? { kind: 'age', years: age } : undefined

function elsewhereDatum(
  { kinds }: When & { fact: 'licenceElsewhere' },
  { licences = [], home }: Facts,
): Datum | undefined {
  if (home === undefined) return undefined
  const found = licences.find(({ kind, region }) => kinds.includes(kind) && region !== home)
  return found && { kind: 'licenceElsewhere', name: found.name, region: found.region, home }
}

/** The licence whose day is nearest to today. A licence that tells no day fits no such rule. */
function dayDatum(
  { fact, kinds, days }: When & { fact: 'licenceEnds' | 'licenceBegun' },
  { licences = [] }: Facts,
  now: Date,
): Datum | undefined {
  const [first, last] =
    fact === 'licenceEnds' ? [dayIn(now, 0), dayIn(now, days)] : [dayIn(now, -days), dayIn(now, 0)]
  const [found] = licences
    .flatMap(({ kind, name, region, validTo, validFrom, issuedOn }) => {
      const on = fact === 'licenceEnds' ? validTo : (issuedOn ?? validFrom)
      return on !== undefined && kinds.includes(kind) && on >= first && on <= last
        ? [{ name, region, on }]
        : []
    })
    .toSorted((one, other) => (one.on < other.on ? -1 : 1) * (fact === 'licenceEnds' ? 1 : -1))
  return found && { kind: fact, ...found }
}
