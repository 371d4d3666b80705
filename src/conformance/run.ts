/** Runs the requirements of a region against a platform. */

import { anhuiContract } from './anhui.ts'
import { type Bench, benchFor, type Subject } from './bench.ts'
import { jiangsuContract } from './jiangsu.ts'
import {
  Breach,
  type Contract,
  type Finding,
  type JudgedRegion,
  NotApplicable,
  type Requirement,
} from './model.ts'
import { shanghaiContract } from './shanghai.ts'
import { tour } from './tour.ts'
import { zhejiangContract } from './zhejiang.ts'

const CONTRACTS: Readonly<Record<JudgedRegion, Contract>> = {
  shanghai: shanghaiContract,
  jiangsu: jiangsuContract,
  zhejiang: zhejiangContract,
  anhui: anhuiContract,
}

/** The requirements of one region, in the order in which they are tested. */
export const requirementsOf = (region: JudgedRegion): readonly Requirement[] => CONTRACTS[region].requirements

/** What was found, requirement by requirement. @param seen hears of each, and of how many there are · @throws GatewayError when the configuration is not the contract's */
export async function judge(
  subject: Subject,
  seen: (total: number) => void = () => undefined,
): Promise<readonly Finding[]> {
  const bench = benchFor(subject)
  await tour(bench)
  const findings: Finding[] = []
  const requirements = requirementsOf(subject.region)
  // One after the other: a platform is not stormed, and what one request changes the next may meet.
  for (const requirement of requirements) {
    findings.push(await findingOf(requirement, bench))
    seen(requirements.length)
  }
  return findings
}

async function findingOf({ id, clause, zh, en, test }: Requirement, bench: Bench): Promise<Finding> {
  const base = { id, clause, sentence: { zh, en } }
  try {
    await test(bench)
    return { ...base, verdict: 'passed' }
  } catch (error) {
    if (error instanceof NotApplicable) return { ...base, verdict: 'notApplicable', reason: error.message }
    if (!(error instanceof Breach)) throw error
    return {
      ...base,
      verdict: 'failed',
      reason: error.message,
      ...(error.exchange ? { exchange: error.exchange } : {}),
    }
  }
}
