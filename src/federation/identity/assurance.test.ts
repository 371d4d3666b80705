import { expect, test } from 'vitest'
import { REGION_IDS } from '../../schemas/regions.ts'
import { acrOf, loaAsked, loaOf } from './assurance.ts'

test.each(REGION_IDS)(
  'every level of %s has its assurance, and a higher level never a lower one',
  (region) => {
    const levels = ([0, 1, 2, 3] as const).map((level) => loaOf(region, level))
    expect(levels).toEqual(levels.toSorted((a, b) => a - b))
    expect(levels[0]).toBe(1)
    expect(levels[3]).toBe(4)
  },
)

test('of several classes the lowest is enough, and foreign ones ask for nothing', () => {
  expect(loaAsked([acrOf(4), acrOf(3)])).toBe(3)
  expect(loaAsked(['urn:elsewhere:loa:4'])).toBeUndefined()
})
