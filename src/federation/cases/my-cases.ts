/** All cases of a person: every city is asked at once, and what was filed here and elsewhere is one list. */
import type { ListedCase } from '../../adapters/kit/contract.ts'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { Case } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import type { Completeness } from '../../schemas/completeness.ts'
import { accessRow } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { auditOf, regionsOf, type Subject, subjectIn } from '../holdings/holder.ts'
import { citiesOf, type Place, placesOf, type Scope } from '../holdings/places.ts'
import { askAll, type Said } from '../holdings/question.ts'
import { countQuestion, statementOf, statesOf } from '../holdings/statement.ts'
import { showCases } from './clock/show-cases.ts'
import { type Holding, takeListed } from './take-listed.ts'

/** A page of the list, and how far the list can be trusted to be all. */
export interface MyCases {
  readonly items: readonly Case[]
  readonly next: { readonly changedAt: Date; readonly id: string } | undefined
  readonly completeness: Completeness
}

/** What a person wants to see of their cases. */
export interface MyCasesAsked {
  readonly scope: Scope
  readonly status?: readonly CaseStatus[]
  readonly city?: string
  /** A later page: nobody is asked again for it. */
  readonly before?: { readonly changedAt: Date; readonly id: string }
  readonly limit: number
}

/**
 * @throws GatewayError `PERSON_REQUIRED`, `ASSURANCE_TOO_LOW`, `AUDIENCE_MISMATCH`, `DIVISION_UNKNOWN`, `RATE_LIMITED`
 */
export async function listMyCases(asked: MyCasesAsked, actor: Actor, deps: Deps): Promise<MyCases> {
  const subject = await subjectIn(actor, deps)
  const known = await regionsOf(subject, deps)
  const scope = asked.city === undefined ? asked.scope : [asked.city]
  const cities = citiesOf(scope, { home: subject.home, known }, actor.audience)
  const { places, unasked } = placesOf('case', cities, subject.home, deps)
  const who: Holding = { ...subject, keys: deps.sealing.identities(subject.holder.idDocument) }
  const { number } = auditOf(actor, deps, undefined)
  const said = asked.before ? new Map() : await ask(places, { subject, who, number }, deps)
  const [answers, rows] = await Promise.all([
    deps.store.caseAnswers.known(subject.key),
    deps.store.cases.listOwn(
      { holderKeys: who.keys, mandateIds: [] },
      {
        cities,
        ...(asked.status ? { status: asked.status } : {}),
        ...(asked.before ? { before: asked.before } : {}),
        limit: asked.limit + 1,
      },
    ),
  ])
  const shown = rows.slice(0, asked.limit)
  const last = shown.at(-1)
  const record = accessRow(
    {
      holder: subject.key,
      clock: 'access',
      act: 'cases.list',
      matter: null,
      caseIds: shown.map(({ id }) => id),
      purpose: 'case',
      basis: 'holder',
      fields: ['caseStatus'],
      outcome: 'granted',
      number,
      role: 'holder',
    },
    actor,
    deps,
  )
  await deps.store.accesses.append([record])
  return {
    items: await showCases(shown, deps),
    next: rows.length > asked.limit && last ? { changedAt: last.changedAt, id: last.id } : undefined,
    completeness: statementOf(statesOf(places, said, answers, deps.now()), unasked),
  }
}

type Asking = { readonly subject: Subject; readonly who: Holding; readonly number: string }

/** Asks every place, and takes in what they list. What comes too late for this question is there at the next one. */
async function ask(
  places: readonly Place<'case'>[],
  { subject, who, number }: Asking,
  deps: Deps,
): Promise<ReadonlyMap<Place<'case'>, Said<ListedCase>>> {
  countQuestion(subject, deps)
  const askedAt = deps.now()
  const take = (place: Place<'case'>, items: readonly ListedCase[]) =>
    takeListed({ place, items, askedAt }, who, deps)
  const said = await askAll(
    places,
    (place) => pagesOf(place, subject, number),
    (place, items) => void keepLate(place, () => take(place, items), who, askedAt, deps),
    LIMITS.casesAnswerMs,
  )
  const answered = [...said].flatMap(([place, one]) => ('items' in one ? [{ place, items: one.items }] : []))
  const kept = await Promise.allSettled(
    answered.map(({ place, items }) => (items.length > 0 ? take(place, items) : undefined)),
  )
  // Of a list that could not be kept nothing may be said to be known.
  const failed = kept.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
  await deps.store.caseAnswers.put(
    who.key,
    answered.map(({ place }) => place.name),
    askedAt,
  )
  return said
}

/** The pages of one place, the newest cases first, as far as the limit goes. */
async function pagesOf(
  { link, division }: Place<'case'>,
  { holder }: Subject,
  auditNumber: string,
): Promise<readonly ListedCase[]> {
  const items: ListedCase[] = []
  for (let page = 1; page <= LIMITS.casePagesOfPlace; page += 1) {
    const found = await link.list({ division, holder, page, pageSize: LIMITS.casesOfPage, auditNumber })
    if (found.items.length > LIMITS.casesOfPage)
      throw new GatewayError('REGION_ANSWER_INVALID', { division, reason: 'too many' })
    items.push(...found.items)
    if (found.items.length === 0 || items.length >= found.total) break
  }
  // A case that is filed between two pages moves the others on: one may be on both.
  return [...new Map(items.map((item) => [item.caseNumber, item])).values()]
}

/** An answer that came too late for its question is there at the next one. */
async function keepLate(
  place: Place<'case'>,
  take: () => Promise<void>,
  { key }: Holding,
  askedAt: Date,
  { store, log }: Deps,
): Promise<void> {
  try {
    await take()
    await store.caseAnswers.put(key, [place.name], askedAt)
  } catch (error) {
    log.warn(
      { place: place.name, reason: error instanceof Error ? error.message : 'unknown' },
      'a late answer was not kept',
    )
  }
}
