/** How a platform calls back, lived through: the sandbox’s postmen keep their contracts, and a postman with one fault is found. */
import { beforeAll, describe, expect, test } from 'vitest'
import { callbackRequirementsOf } from '../../src/conformance/callbacks/judge.ts'
import { scriptOf } from '../../src/conformance/callbacks/receiver.ts'
import { type Change, judged, unsaidOf } from './postmen.ts'
import { changesOf } from './postmen-mutants.ts'

const REGIONS = ['shanghai', 'jiangsu', 'zhejiang', 'anhui'] as const

describe.each(REGIONS)('the postman of %s', (id) => {
  let unsaid: unknown
  beforeAll(async () => {
    unsaid = await unsaidOf(id)
  })
  const verdicts = async (change?: Change) => {
    const findings = await judged(id, unsaid, change)
    const of = (verdict: string) =>
      findings.filter((one) => one.verdict === verdict).map((one) => one.id.replace(/^.*-callback-/, ''))
    return { failed: of('failed'), unseen: of('notApplicable'), passed: of('passed') }
  }

  test('keeps every requirement, each of them seen', async () => {
    const { failed, unseen, passed } = await verdicts()
    expect([failed, unseen]).toEqual([[], []])
    expect(passed).toEqual(callbackRequirementsOf(id).map(({ name }) => name))
    expect(scriptOf(id).length).toBeGreaterThan(7)
  })

  test.each(changesOf(id))('that %s is found by %s', async (_name, foundBy, change) => {
    expect((await verdicts(change)).failed).toContain(foundBy)
  })
})

test('requirements have sentences in both languages', () => {
  for (const { zh, en } of callbackRequirementsOf('zhejiang')) {
    expect(zh).toMatch(/[\u4e00-\u9fff].*。$/)
    expect(en).toMatch(/^[A-Z].*\.$/)
  }
})
