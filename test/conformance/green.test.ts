/** The kit against the sandbox: the four platforms keep their contracts. */
import { describe, expect, test } from 'vitest'
import { judge, requirementsOf } from '../../src/conformance/run.ts'
import { platformOf } from './platforms.ts'

const REGIONS = ['shanghai', 'jiangsu', 'zhejiang', 'anhui'] as const

describe.each(REGIONS)('%s', (id) => {
  test('keeps every requirement of its contract', async () => {
    const { region, subject } = platformOf(id)
    const findings = await judge(subject)
    region.close()
    expect(findings.filter(({ verdict }) => verdict === 'failed')).toEqual([])
    expect(findings.filter(({ verdict }) => verdict === 'notApplicable')).toEqual([])
    expect(findings.length).toBeGreaterThan(60)
  })

  test('has requirements with names of their own, in both languages', () => {
    const all = requirementsOf(id)
    expect(new Set(all.map((one) => one.id)).size).toBe(all.length)
    for (const { zh, en } of all) {
      expect(zh).toMatch(/[\u4e00-\u9fff].*。$/)
      expect(en).toMatch(/^[A-Z].*\.$/)
    }
  })

  test('is judged without a clerk too: what needs one does not apply', async () => {
    const { region, subject } = platformOf(id)
    const { clerk: _nobody, ...alone } = subject
    const findings = await judge(alone)
    region.close()
    expect(findings.filter(({ verdict }) => verdict === 'failed')).toEqual([])
    expect(findings.filter(({ verdict }) => verdict === 'notApplicable').length).toBeGreaterThan(5)
  })
})
