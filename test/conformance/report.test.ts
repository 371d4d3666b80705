/** What a report shows of a failure: the clause, the envelope and names of members; no person, no secret. */
import { expect, test } from 'vitest'
import { htmlReport, jsonReport, junitReport } from '../../src/conformance/report.ts'
import { judge } from '../../src/conformance/run.ts'
import { platformOf } from './platforms.ts'

test('three reports of a platform with a fault name it, and nobody', async () => {
  const { region, subject } = platformOf('zhejiang', () => ({
    after: async (response, operation) =>
      operation === 'case-list' ? new Response(await response.arrayBuffer(), { status: 500 }) : response,
  }))
  const findings = await judge(subject)
  region.close()
  const about = { region: 'zhejiang', url: 'http://127.0.0.1:4300', at: new Date(0) } as const
  const reports = [
    jsonReport(about, findings),
    junitReport(about, findings),
    await htmlReport(about, findings),
  ]
  for (const report of reports) {
    expect(report).toContain('ZJ-4.j-case-list')
    expect(report).toContain('4.j')
    for (const secret of ['33010619010203101X', '测试甲', 'FAKE_SK_ZJ', 'FAKE_AK_ZJ', '10000000001'])
      expect(report).not.toContain(secret)
  }
  expect(reports[1]).toMatch(/<failure message="[^"]*case-list/)
  expect(reports[2]).toMatch(/<!doctype html>.*未通过/s)
})
