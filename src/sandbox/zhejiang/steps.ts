import { MATTERS } from './catalogue.ts'
import type { CaseRecord, Step } from './state.ts'
import { CODES, type State } from './state-machine.ts'
import { DAY_MS, instantOf, nextEventTime, wallClock } from './times.ts'

/** Who makes a step, and what is said with it. */
export interface Actor {
  readonly operatorName: string
  readonly operatorUid: string
  readonly opinion: string
}

/** The result words of the states that conclude a case (contract 5.12); a denial keeps its own description. */
const OUTCOMES: Readonly<Partial<Record<State, readonly [result: string, description: string]>>> = {
  COMPLETED: ['办结', '准予许可'],
  VOIDED: ['作废办结', '作废'],
  WITHDRAWN: ['退件', '退件'],
}

/** Accepting sets the promised end: calendar days, at least one, whatever the matter's unit (contract 4.c.1). */
function accept(record: CaseRecord, at: string): void {
  const promised = Number(MATTERS.get(record.matterCode)?.row['PROMISE_DAY'] ?? 0)
  record.gmtAccept = at
  record.promiseTime = wallClock(instantOf(at) + Math.max(1, promised) * DAY_MS)
}

function conclude(record: CaseRecord, state: State, at: string): void {
  record.gmtService = at
  const outcome = OUTCOMES[state]
  if (outcome === undefined) return
  record.result = outcome[0]
  record.resultDesc = record.denied && state === 'COMPLETED' ? '不予许可' : outcome[1]
  if (state !== 'COMPLETED' || record.denied) return
  record.resultCode = `浙测〔${at.slice(0, 4)}〕${String(record.sequence).padStart(6, '0')}号`
  // Proofs and records of an immediate case have no validity; other documents are good for the long term.
  if (record.affairType === '1') return
  record.validFrom = at.slice(0, 10).replaceAll('-', '/')
  record.validTo = '2099/12/31'
}

/**
 * Moves a case: closes the open step, adds the new one and sets the times and words that go with the state
 * (contract section 7). Whether the move is legal is asked before. Gives the new step.
 */
export function enterState(record: CaseRecord, state: State, by: Actor, nowMs: number): Step {
  const at = nextEventTime(record.gmtUpdate === '' ? undefined : record.gmtUpdate, nowMs)
  const last = record.steps.at(-1)
  if (last !== undefined) last.gmtEnd ??= at
  const step: Step = { state, ...by, gmtStart: at, ...(CODES[state].open ? {} : { gmtEnd: at }) }
  record.steps.push(step)
  record.state = state
  record.gmtUpdate = at
  delete record.correction
  if (state === 'ACCEPTED') accept(record, at)
  if (state === 'DENIED') record.denied = true
  if (OUTCOMES[state] !== undefined || state === 'NOT_ACCEPTED') conclude(record, state, at)
  return step
}
