/** A rating of every grade, with every tag and channel, told once and then once more. */
import fc from 'fast-check'
import type { FiledCase } from '../../../src/adapters/kit/contract.ts'
import { GatewayError } from '../../../src/errors.ts'
import { GRADES, needsReason, type Rating, type RatingGrade, TAGS } from '../../../src/schemas/rating.ts'
import type { Draw } from '../draw.ts'
import { agreeInAll } from '../judge.ts'
import { typed } from '../persons.ts'
import type { Reading } from '../readings/reading.ts'
import { readerOf } from '../tables.ts'
import type { World } from '../world.ts'

/** The grades that were given least so far. */
function rareGrades({ ledger, id }: World): readonly RatingGrade[] {
  const count = (grade: RatingGrade) => ledger.met(id, OUR_GRADES, grade, 'written')
  const least = Math.min(...GRADES.map(count))
  return GRADES.filter((grade) => count(grade) === least)
}
/** Not a table of a contract: our own words, counted beside them. */
const OUR_GRADES = 'our grades'

const ratingOf = (grades: readonly RatingGrade[], ratedAt: string, round: 1 | 2): fc.Arbitrary<Rating> =>
  fc
    .record({
      grade: fc.constantFrom(...grades),
      tags: fc.subarray([...TAGS]),
      comment: fc.option(typed(200), { nil: null }),
      channel: fc.constantFrom('pc' as const, 'mobile' as const, 'window' as const, 'sms' as const),
      ratedAt: fc.constant(ratedAt),
      round: fc.constant(round),
      sourceDivision: fc.constantFrom('310000', '320500', '330100', '340100'),
    })
    .filter((rating) => !needsReason(rating))

const wallClock = (at: Date) => `${new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`

export async function rated(world: World, reading: Reading, filed: FiledCase, draw: Draw): Promise<void> {
  const { rate } = world.link
  if (!rate) return
  for (const round of [1, 2] as const) {
    world.pass(60)
    const rating = draw(ratingOf(rareGrades(world), wallClock(world.now()), round))
    if (!(await taken(rate(filed, rating), round))) return
    world.ledger.code(world.id, OUR_GRADES, rating.grade, 'written')
    agreeInAll(
      'rating',
      reading.ratingMeant(rating),
      reading.ratingKept(world, filed.caseNumber, readerOf(world.id, world.ledger, 'written')),
    )
    if (round === 1 && draw(fc.boolean())) return
  }
}

/** Anhui rates states, not rounds: a case that has been in one alone takes no second rating, and our side says so before it asks. */
const taken = (telling: Promise<void>, round: 1 | 2): Promise<boolean> =>
  telling.then(
    () => true,
    (error: unknown) => {
      const isOnly = error instanceof GatewayError && error.facts['reason'] === 'no other step'
      if (round === 2 && isOnly) return false
      throw error
    },
  )
