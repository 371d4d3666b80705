/** The index of holdings: of two answers of a place the one counts that was asked for later, whenever it comes. */
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase } from '../../src/store/connection.ts'
import { type AnswersOf, openStore } from '../../src/store/index.ts'
import { freshDatabase } from '../support/database.ts'

const database = await freshDatabase()
const connection = openDatabase(database.url, 8)
const { holdings } = openStore(connection)
afterAll(async () => {
  await connection.close()
  await database.drop()
})

let person = 0
let personId = ''
beforeEach(() => {
  person += 1
  personId = `per_${person}`
})

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second))
let ids = 0
/** An answer of some places, each with the keys that it names. */
function answer(second: number, named: Readonly<Record<string, readonly string[]>>): AnswersOf {
  const rows = Object.entries(named).flatMap(([place, keys]) =>
    keys.map((key) => {
      ids += 1
      return {
        personId,
        id: `ph_${ids}`,
        kind: 'photo' as const,
        region: 'anhui' as const,
        place,
        key,
        sealed: Buffer.from(String(second)),
        firstAt: at(second),
        asOf: at(second),
      }
    }),
  )
  return { personId, kind: 'photo', places: Object.keys(named), rows, askedAt: at(second) }
}
const known = async () =>
  (await holdings.known(personId, 'photo')).rows
    .map(({ place, key, sealed }) => `${place} ${key} ${sealed}`)
    .toSorted()

test('a late answer neither overwrites newer knowledge nor takes it away', async () => {
  await holdings.keep(answer(20, { '340100': ['a', 'b'] }), [])
  await holdings.keep(answer(10, { '340100': ['a', 'c'] }), [])
  expect(await known()).toEqual(['340100 a 20', '340100 b 20'])
  expect((await holdings.known(personId, 'photo')).answers).toMatchObject([{ asOf: at(20) }])
})

test('a late answer of one place is kept beside a newer one of another', async () => {
  await holdings.keep(answer(20, { '340100': ['a'] }), [])
  await holdings.keep(answer(10, { '340100': ['old'], '340200': ['b'] }), [])
  expect(await known()).toEqual(['340100 a 20', '340200 b 10'])
})

test('what a place names no more is gone, though another place names the same', async () => {
  await holdings.keep(answer(10, { '340100': ['a'], '340200': ['a', 'b'] }), [])
  await holdings.keep(answer(20, { '340100': [], '340200': ['a'] }), [])
  expect(await known()).toEqual(['340200 a 20'])
})

test('what is named again keeps its id', async () => {
  await holdings.keep(answer(10, { '340100': ['a'] }), [])
  const [first] = (await holdings.known(personId, 'photo')).rows
  await holdings.keep(answer(20, { '340100': [] }), [])
  await holdings.keep(answer(30, { '340100': ['a'] }), [])
  const [again] = (await holdings.known(personId, 'photo')).rows
  expect([again?.id, again?.firstAt]).toEqual([first?.id, at(10)])
})

describe('many answers at once', () => {
  test('of one person, named in any order, wait for one another and for nothing else', async () => {
    const keys = Array.from({ length: 40 }, (_, index) => `k${index}`)
    const shuffled = (seed: number) => keys.toSorted((a, b) => (a + seed < b + seed ? (seed % 2) * 2 - 1 : 1))
    await Promise.all(
      Array.from({ length: 24 }, (_, index) =>
        holdings.keep(answer(index, { '340100': shuffled(index), '340200': shuffled(index + 1) }), []),
      ),
    )
    expect(await known()).toHaveLength(80)
    expect((await known())[0]).toContain(' 23')
  })

  test('a list of some thousand is taken in', async () => {
    const keys = Array.from({ length: 8_000 }, (_, index) => `k${index}`)
    await holdings.keep(answer(1, { '340100': keys }), [])
    expect(await known()).toHaveLength(8_000)
  })
})
