/** 好差评: which ratings stand. */
import { expect, test } from 'vitest'
import { needsReason, Rating } from './rating.ts'
import { validator } from './validate.ts'

const good: Rating = {
  grade: 'verySatisfied',
  tags: [],
  comment: null,
  channel: 'mobile',
  ratedAt: '2026-03-02T09:37:00+08:00',
  round: 1,
  sourceDivision: '320500',
}
const check = validator(Rating)

test('a grade is a word of the five, never a number', () => {
  expect(check(good)).toBeUndefined()
  for (const grade of [5, '5', 'A', 'neutral'])
    expect(check({ ...good, grade })).toEqual([expect.objectContaining({ pointer: '/grade' })])
})

test('there is a first and a follow-up rating, and no third', () => {
  expect(check({ ...good, round: 2 })).toBeUndefined()
  expect(check({ ...good, round: 3 })).toBeDefined()
})

test('the two worst grades need a tag or a comment, and blanks are none', () => {
  for (const grade of ['dissatisfied', 'veryDissatisfied'] as const) {
    expect(needsReason({ ...good, grade })).toBe(true)
    expect(needsReason({ ...good, grade, comment: ' \u3000\n' })).toBe(true)
    expect(needsReason({ ...good, grade, comment: '多跑了一次' })).toBe(false)
    expect(needsReason({ ...good, grade, tags: ['slow'] })).toBe(false)
  }
  for (const grade of ['verySatisfied', 'satisfied', 'fairlySatisfied'] as const)
    expect(needsReason({ ...good, grade })).toBe(false)
})
