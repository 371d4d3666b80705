/** Holds what was measured against a rule, requirement by requirement. Pure. */
import type { Measured } from './examine.ts'
import { type Days, type Judged, LOOKS, type Verdict } from './requirements.ts'
import type { PhotoRule } from './rules.ts'

/** What is looked at. */
export type Requirement = keyof typeof LOOKS

/** One requirement, judged, in words for the resident: what is wrong, and what to do. */
export interface Finding extends Omit<Judged, 'words'> {
  readonly requirement: Requirement
  readonly zh: string
  readonly en: string
}

/** A photo, judged. */
export interface Judgement {
  /**
   * The worst of what was checked. A fault that no official text stands behind sinks no photo: it stands in `findings` as advice.
   * `unchecked` where nothing official could be checked at all. What is never checked (the face) does not count, and is the
   * resident's and the window's to see.
   */
  readonly verdict: Verdict
  readonly findings: readonly Finding[]
}

/** Judges a photo by a rule. */
export function judge(measured: Measured, rule: PhotoRule, days: Days): Judgement {
  const findings = REQUIREMENTS.map((requirement): Finding => {
    const { words, ...judged } = LOOKS[requirement](measured, rule, days)
    return { requirement, ...judged, zh: words.zh, en: words.en }
  })
  return { verdict: worst(findings), findings }
}

// `Object.keys` forgets whose keys they are.
const REQUIREMENTS = Object.keys(LOOKS) as Requirement[]

function worst(findings: readonly Finding[]): Verdict {
  if (findings.some((one) => one.verdict === 'doesNotFit' && one.isOfficial)) return 'doesNotFit'
  if (findings.some((one) => one.verdict === 'canBeMadeToFit')) return 'canBeMadeToFit'
  return findings.some((one) => one.verdict === 'fits' && one.isOfficial) ? 'fits' : 'unchecked'
}
