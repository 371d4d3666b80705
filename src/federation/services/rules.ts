/** By which rules services are shown to whom (主动服务), and the words in which somebody agrees to that: data, which the page shows. */
import { createHash } from 'node:crypto'
import book from '../../../data/service-rules.json' with { type: 'json' }
import type { LicenceKind } from '../../schemas/licence.ts'
import type { Audience } from '../matters/search/services.ts'

/** The one fact that a rule looks at. Days count from today. */
export type When =
  | { readonly fact: 'age'; readonly from: number; readonly to?: number }
  | {
      readonly fact: 'licenceEnds' | 'licenceBegun'
      readonly kinds: readonly LicenceKind[]
      readonly days: number
    }
  /** A licence of another region than the one where the holder's number was given. */
  | { readonly fact: 'licenceElsewhere'; readonly kinds: readonly LicenceKind[] }
  /** A case that was granted, whose matter's name has one of the words. */
  | { readonly fact: 'caseConcluded'; readonly words: readonly string[]; readonly days: number }

export interface Rule {
  readonly key: string
  readonly for: Audience
  readonly when: When
  /** Names of matters, to the letter. */
  readonly matters: readonly string[]
  /** Whom the matters are shown to, and why. */
  readonly zh: string
  readonly en: string
}

// JSON modules widen literals; a test of the data checks the shapes.
export const RULES = book.rules as readonly Rule[]

/** What must be read to judge a rule, by the names that records of access use. */
export const FIELDS_OF: Readonly<Record<When['fact'], readonly string[]>> = {
  age: ['age'],
  licenceEnds: ['licenceDetails'],
  licenceBegun: ['licenceDetails'],
  licenceElsewhere: ['licenceDetails', 'numberPlace'],
  caseConcluded: ['caseStatus'],
}

/** What can be switched off: a rule with all its services, or one service whichever rule names it. */
export const ruleKey = ({ key }: Pick<Rule, 'key'>): string => `rule:${key}`
export const serviceKey = (matter: string): string => `service:${matter}`

const KEYS: ReadonlySet<string> = new Set(
  RULES.flatMap((rule) => [ruleKey(rule), ...rule.matters.map(serviceKey)]),
)
export const isKey = (text: string): boolean => KEYS.has(text)

/** The rules of a person's or a firm's page that still have something to show. */
export const rulesOn = (audience: Audience, hidden: readonly string[]): readonly Rule[] =>
  RULES.filter(
    (rule) =>
      rule.for === audience &&
      !hidden.includes(ruleKey(rule)) &&
      rule.matters.some((matter) => !hidden.includes(serviceKey(matter))),
  )

/** The words of the consent. */
export interface ServiceWording {
  readonly version: string
  readonly zh: string
  readonly en: string
  /** SHA-256 in hex over version, both texts and the rules as they are shown: another rule asks for another consent. */
  readonly digest: string
}

const wordingFrom = (words: Omit<ServiceWording, 'digest'>, audience: Audience): ServiceWording => ({
  ...words,
  digest: createHash('sha256')
    .update(JSON.stringify([words, RULES.filter((rule) => rule.for === audience)]))
    .digest('hex'),
})

export const WORDINGS: Readonly<Record<Audience, ServiceWording>> = {
  person: wordingFrom(book.wording, 'person'),
  organisation: wordingFrom(book.firmWording, 'organisation'),
}
