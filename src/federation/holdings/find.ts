/**
 * Finds what the regions hold of a person: one question to many cities, answers merged by source and never over one another, and a
 * statement of what is known and what is not. The index remembers who holds what, so that a silent city's last answer can stand.
 */
import type { Audit, FoundLicence, FoundPhoto } from '../../adapters/kit/contract.ts'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { Completeness } from '../../schemas/completeness.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { AnswersOf, HoldingKind, HoldingRow } from '../../store/index.ts'
import { accessRow } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import { auditOf, regionsOf, type Subject, subjectIn } from './holder.ts'
import { citiesOf, type Place, placesOf, type Scope } from './places.ts'
import { askAll, type Said } from './question.ts'
import { countQuestion, statementOf, statesOf } from './statement.ts'

/** What a region told of one holding, by kind. */
export interface FoundOf {
  readonly photo: FoundPhoto
  readonly licence: FoundLicence
}

/** What was found, and how far it can be trusted to be all. */
export interface FoundHoldings {
  readonly subject: Subject
  readonly rows: readonly HoldingRow[]
  readonly completeness: Completeness
}

const PREFIX = { photo: 'ph', licence: 'lic' } as const

/** How a region's answer is recognised when it names the same thing again, however it numbers it that day. */
const keyOf: { readonly [K in HoldingKind]: (found: FoundOf[K]) => string } = {
  photo: ({ takenOn, rawSource, width, height, size, digest }) =>
    JSON.stringify([takenOn, rawSource.code, width, height, size, digest?.value]),
  licence: ({ id }) => id,
}

/** Asks one place for one kind, for one holder. */
const questions: {
  readonly [K in HoldingKind]: (
    place: Place<K>,
    subject: Subject,
    audit: Audit,
  ) => Promise<readonly FoundOf[K][]>
} = {
  photo: ({ link, division }, { holder }, audit) =>
    link.find({ division, holder, audit, purpose: 'crossProvince' }),
  licence: ({ link, division }, { holder }, audit) => link.find({ division, holder, audit }),
}

/**
 * @param asked.matter for which matter, where it is for one
 * @throws GatewayError `PERSON_REQUIRED`, `ASSURANCE_TOO_LOW`, `AUDIENCE_MISMATCH`, `DIVISION_UNKNOWN`, `RATE_LIMITED`
 */
export async function findHoldings<K extends HoldingKind>(
  kind: K,
  asked: { readonly scope: Scope; readonly matter?: Matter },
  actor: Actor,
  deps: Deps,
): Promise<FoundHoldings> {
  const subject = await subjectIn(actor, deps)
  countQuestion(subject, deps)
  const known = await regionsOf(subject, deps)
  const cities = citiesOf(asked.scope, { home: subject.home, known }, actor.audience)
  const { places, unasked } = placesOf(kind, cities, subject.home, deps)
  const audit = auditOf(actor, deps, asked.matter)
  const askedAt = deps.now()
  const rowsFrom = rowsOf(kind, subject, askedAt, deps)

  const said = await askAll(
    places,
    async (place) => bearable(place, await questions[kind](place, subject, audit)),
    (place, items) =>
      keepLate(
        { personId: subject.id, kind, places: [place.name], rows: rowsFrom(place, items), askedAt },
        deps,
      ),
  )
  const answered = places.filter((place) => 'items' in (said.get(place) as Said<unknown>))
  const rows = answered.flatMap((place) => rowsFrom(place, itemsOf(said.get(place))))
  const record = accessRow(
    {
      holder: subject.key,
      clock: 'access',
      act: `${kind}s.find`,
      matter: asked.matter?.id ?? null,
      purpose: 'crossProvince',
      basis: 'holder',
      fields: [kind === 'photo' ? 'photoDetails' : 'licenceDetails'],
      outcome: 'granted',
      number: audit.number,
      ...(actor.principal ? { role: 'holder' as const } : {}),
    },
    actor,
    deps,
  )
  await deps.store.holdings.keep(
    { personId: subject.id, kind, places: answered.map(({ name }) => name), rows, askedAt },
    [record],
  )
  const { rows: index, answers } = await deps.store.holdings.known(subject.id, kind)
  const states = statesOf(places, said, answers, deps.now())
  const shown = new Set(
    places
      .filter((place) =>
        states.some(({ division, state }) => state !== 'failed' && place.cities.includes(division)),
      )
      .map(({ name }) => name),
  )
  return {
    subject,
    // What the person took here is there whoever is asked.
    rows: index.filter(({ region, place }) => region === null || shown.has(place)),
    completeness: statementOf(states, unasked),
  }
}

/** @throws GatewayError `REGION_ANSWER_INVALID` for a list that no person's papers make */
function bearable<T>({ division }: Place, items: readonly T[]): readonly T[] {
  if (items.length > LIMITS.holdingsOfPlace)
    throw new GatewayError('REGION_ANSWER_INVALID', { division, reason: 'too many' })
  return items
}

const itemsOf = <T>(said: Said<T> | undefined): readonly T[] => (said && 'items' in said ? said.items : [])

/** The rows of one place's answer. Two things that a region tells with the same words are two all the same. */
const rowsOf =
  <K extends HoldingKind>(kind: K, { id: personId }: Subject, at: Date, { sealing }: Deps) =>
  (place: Place<K>, items: readonly FoundOf[K][]): readonly Omit<HoldingRow, 'goneAt'>[] => {
    const seen = new Map<string, number>()
    return items.map((found) => {
      const text = keyOf[kind](found)
      const before = seen.get(text) ?? 0
      seen.set(text, before + 1)
      return {
        personId,
        id: newId(PREFIX[kind], at),
        kind,
        region: place.region,
        place: place.name,
        key: sealing.hash('holding', `${text}\0${before}`),
        sealed: sealing.seal(found),
        firstAt: at,
        asOf: at,
      }
    })
  }

/** An answer that came too late for its question is there at the next one. */
function keepLate(answers: AnswersOf, { store, log }: Deps): void {
  store.holdings
    .keep(answers, [])
    .catch((error: unknown) =>
      log.warn(
        { kind: answers.kind, reason: error instanceof Error ? error.message : 'unknown' },
        'a late answer was not kept',
      ),
    )
}
