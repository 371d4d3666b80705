/** Every way through a guide ends at a matter of the catalogue. */
import { expect, test } from 'vitest'
import seed from '../../../data/matters.json' with { type: 'json' }
import { GUIDES, guideTo, walk } from './guides.ts'

const names = new Set(seed.matters.map(({ name }) => name))

/** All ways of a guide, as their choices' keys. @param before the way so far */
function waysOf(guide: string, before: readonly string[] = []): (readonly string[])[] {
  const standing = walk(guide, before)
  if (!standing) throw new Error(`${guide}/${before.join('/')} leads nowhere`)
  // Nobody is asked more than three questions.
  expect(before.length).toBeLessThanOrEqual(3)
  if ('matter' in standing.at) return [before]
  return standing.at.choices.flatMap(({ key }) => waysOf(guide, [...before, key]))
}

test.each(GUIDES.map(({ key }) => key))('every way of %s ends at a matter of the seed catalogue', (key) => {
  const ends = waysOf(key).map((way) => {
    const at = walk(key, way)?.at
    return at && 'matter' in at ? at.matter : ''
  })
  expect(ends.filter((name) => !names.has(name))).toEqual([])
  expect(new Set(ends).size).toBeGreaterThan(1)
})

test('every question is reached, and its choices have keys of their own', () => {
  for (const { key, questions } of GUIDES) {
    const asked = new Set(
      waysOf(key).flatMap((way) => way.map((_one, index) => walk(key, way.slice(0, index))?.at)),
    )
    expect([key, asked.size]).toEqual([key, Object.keys(questions).length])
    for (const { choices } of Object.values(questions))
      expect(new Set(choices.map((one) => one.key)).size).toBe(choices.length)
  }
})

test('a way that no guide has is none', () => {
  expect(walk('registration', ['why'])).toBeUndefined()
  expect(walk('nothing', [])).toBeUndefined()
  expect(walk('registration', ['work', 'more'])).toBeUndefined()
})

test('a matter knows the guide in which it is one of several', () => {
  expect(guideTo('夫妻投靠户口迁移')?.key).toBe('registration')
  expect(guideTo('出入境记录查询')).toBeUndefined()
})
