/** What is not told stays untold, whatever is added and taken away. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
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
