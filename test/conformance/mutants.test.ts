/** The proof of the kit: a platform that breaks one thing is found, and by the requirement that speaks of it. */
import { expect, test } from 'vitest'
import { judge } from '../../src/conformance/run.ts'
import { MUTANTS } from './mutants.ts'
import { platformOf } from './platforms.ts'

test('there are thirty of them', () => {
  expect(MUTANTS.length).toBeGreaterThanOrEqual(30)
})

test.each(MUTANTS)('a platform that %s (%s) is found by %s', async (_name, id, foundBy, meddling) => {
  const { region, subject } = platformOf(id, meddling)
  const findings = await judge(subject)
  region.close()
  const failed = findings.filter(({ verdict }) => verdict === 'failed').map((one) => one.id)
  expect(failed).toContain(foundBy)
})
