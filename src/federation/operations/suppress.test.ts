/** What is not told stays untold, whatever is added and taken away. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CITIES } from '../../schemas/division.ts'
import { REGIONS } from '../../schemas/regions.ts'
import { figuresOf } from './make-figures.ts'
import { type Branch, hiddenOf } from './suppress.ts'

const TOTAL = 'all'
const FEWEST = 10

/** Small numbers, zeros and large ones, in up to five regions of up to six cities. */
const count = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 500 }))
const table = fc
  .array(fc.array(count, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 5 })
  .map((regions): readonly Branch[] =>
    regions.map((leaves, region) => ({
      key: `r${region}`,
      leaves: leaves.map((one, leaf) => ({ key: `r${region}c${leaf}`, count: one })),
    })),
  )

const leavesOf = (branches: readonly Branch[]) => branches.flatMap(({ leaves }) => leaves)

/** Each number of a table with the cities that it sums. */
const nodesOf = (
  branches: readonly Branch[],
): readonly (readonly [key: string, leaves: readonly string[]])[] => [
  [TOTAL, leavesOf(branches).map(({ key }) => key)],
  ...branches.map(({ key, leaves }) => [key, leaves.map((leaf) => leaf.key)] as const),
  ...leavesOf(branches).map(({ key }) => [key, [key]] as const),
]

/** How many of some rows say something of their own (Gauss). */
function rankOf(rows: readonly (readonly number[])[]): number {
  const left = rows.map((row) => [...row])
  let rank = 0
  for (let column = 0; column < (rows[0]?.length ?? 0); column += 1) {
    const at = left.findIndex((row, index) => index >= rank && Math.abs(row[column] ?? 0) > 1e-9)
    const pivot = left[at]
    if (!pivot) continue
    left[at] = left[rank] ?? pivot
    left[rank] = pivot
    for (const [index, row] of left.entries()) {
      const factor = (row[column] ?? 0) / (pivot[column] ?? 1)
      if (index !== rank && factor !== 0) left[index] = row.map((one, n) => one - factor * (pivot[n] ?? 0))
    }
    rank += 1
  }
  return rank
}

test('no sum or difference of what is told is a number that is not', () => {
  fc.assert(
    fc.property(table, (branches) => {
      const hidden = hiddenOf(branches, TOTAL, FEWEST)
      const all = leavesOf(branches).map(({ key }) => key)
      const rowOf = (leaves: readonly string[]) => all.map((key) => (leaves.includes(key) ? 1 : 0))
      const nodes = nodesOf(branches)
      const told = nodes.filter(([key]) => !hidden.has(key)).map(([, leaves]) => rowOf(leaves))
      const rank = rankOf(told)
      for (const [key, leaves] of nodes)
        if (hidden.has(key)) expect(rankOf([...told, rowOf(leaves)]), key).toBe(rank + 1)
    }),
    { numRuns: 2_000 },
  )
})

test('every small number is hidden, no zero is, and what is hidden below a number that is told is ten together', () => {
  fc.assert(
    fc.property(table, (branches) => {
      const hidden = hiddenOf(branches, TOTAL, FEWEST)
      const counts = new Map(leavesOf(branches).map(({ key, count: one }) => [key, one]))
      const sum = (leaves: readonly string[]) => leaves.reduce((all, key) => all + (counts.get(key) ?? 0), 0)
      for (const [key, leaves] of nodesOf(branches)) {
        const value = sum(leaves)
        if (value === 0) expect(hidden.has(key), key).toBe(false)
        else if (value < FEWEST) expect(hidden.has(key), key).toBe(true)
      }
      const gone = (branch: Branch) => branch.leaves.map(({ key }) => key).filter((key) => hidden.has(key))
      const groups = branches.filter(({ key }) => !hidden.has(key)).map(gone)
      if (!hidden.has(TOTAL)) groups.push(branches.filter(({ key }) => hidden.has(key)).flatMap(gone))
      for (const group of groups) if (group.length > 0) expect(sum(group)).toBeGreaterThanOrEqual(FEWEST)
    }),
    { numRuns: 2_000 },
  )
})

test('where nothing is small nothing is hidden', () => {
  const branches = [
    { key: 'r0', leaves: [{ key: 'a', count: 10 }] },
    {
      key: 'r1',
      leaves: [
        { key: 'b', count: 0 },
        { key: 'c', count: 400 },
      ],
    },
  ]
  expect([...hiddenOf(branches, TOTAL, FEWEST)]).toEqual([])
})

test('shares in percent, taken for exact, give no small part away either, nor a small rest', () => {
  const city = fc.tuple(count, count).map(([online, rest]) => ({ online, rest }))
  fc.assert(
    fc.property(fc.array(city, { minLength: 41, maxLength: 41 }), (parts) => {
      const cities = CITIES.map(({ region, division }, n) => ({
        region,
        division,
        ...(parts[n] ?? { online: 0, rest: 0 }),
      }))
      const groups = [
        { region: null, city: null, of: cities },
        ...REGIONS.map(({ id }) => ({
          region: id,
          city: null,
          of: cities.filter(({ region }) => region === id),
        })),
        ...cities.map((one) => ({ region: one.region, city: one.division.slice(0, 4), of: [one] })),
      ]
      const sum = (of: typeof cities, part: 'online' | 'rest') => of.reduce((all, one) => all + one[part], 0)
      const rows = figuresOf(
        groups.map(({ region, city: code, of }) => {
          const online = sum(of, 'online')
          return {
            region,
            city: code,
            cases: online + sum(of, 'rest'),
            online,
            corrected: 0,
            completed: 0,
            rated: 0,
            badlyRated: 0,
            medianDays: null,
          }
        }),
        new Date(0),
        new Date(0),
      )
      const isTold = new Set(
        rows.filter((row) => row.onlinePercent !== null || row.cases === 0).map(({ place }) => place),
      )
      const placeOf = ({ region, city: code }: (typeof groups)[number]) =>
        code ? `${code}00` : (region ?? 'delta')
      const rowOf = ({ of }: (typeof groups)[number]) => cities.map((one) => (of.includes(one) ? 1 : 0))
      const told = groups.filter((group) => isTold.has(placeOf(group))).map(rowOf)
      const rank = rankOf(told)
      for (const group of groups)
        for (const part of ['online', 'rest'] as const) {
          const value = sum(group.of, part)
          if (value > 0 && value < FEWEST)
            expect(rankOf([...told, rowOf(group)]), placeOf(group)).toBe(rank + 1)
        }
    }),
    { numRuns: 30 },
  )
})
