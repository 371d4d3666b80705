/** Nothing of a contract is left out: each operation is played, asked and judged. */
import { expect, test } from 'vitest'
import { benchFor } from '../../src/conformance/bench.ts'
import { callbackRequirementsOf } from '../../src/conformance/callbacks/judge.ts'
import { PLACES } from '../../src/conformance/callbacks/places.ts'
import { requirementsOf } from '../../src/conformance/run.ts'
import { tour } from '../../src/conformance/tour.ts'
import { CALLED_BACK, OPERATIONS } from './operations.ts'
import { platformOf } from './platforms.ts'

test.each(['shanghai', 'jiangsu', 'zhejiang', 'anhui'] as const)('of %s', async (id) => {
  const rows = OPERATIONS[id]
  expect([...new Set(rows.map(([letter]) => letter))].join('')).toBe('abcdefghijklm')
  const judged = [
    ...requirementsOf(id).map((one) => one.id),
    ...callbackRequirementsOf(id).map(({ name }) => `${PLACES[id].prefix}-callback-${name}`),
  ]
  expect(rows.map(([, , by]) => by).filter((by) => !judged.includes(by))).toEqual([])

  const { region, subject } = platformOf(id)
  const bench = benchFor(subject)
  await tour(bench)
  region.close()
  const asked = bench.exchanges.map(({ operation, out, answer }) => ({
    operation,
    // Jiangsu has one address for all that it says of a person.
    played: region.operationOf(out.method, new URL(out.url).pathname)?.replace('sso-exchange', operation),
    isWell: answer?.status === 200,
  }))
  const unasked = rows
    .map(([, operation]) => operation)
    .filter((operation) => !CALLED_BACK.includes(operation))
    .filter(
      (operation) =>
        !asked.some((one) => one.isWell && one.operation === operation && one.played === operation),
    )
  expect(unasked).toEqual([])
  // And nothing is asked that the table does not name.
  const named = new Set(rows.map(([, operation]) => operation))
  expect(asked.filter(({ operation }) => !named.has(operation)).map(({ operation }) => operation)).toEqual([])
  expect(region.callbacks().length).toBeGreaterThan(5)
})
