import { matterOf } from './catalogue.ts'
import type { CaseRecord, Step } from './state.ts'
import type { State } from './state-machine.ts'
import { DAY_MS, HOUR_MS, instantOf, nextEventTime, wallClock } from './times.ts'

/** Who makes a step, and what is said with it. */
export interface Actor {
  readonly userName: string
  readonly opinion: string
}

function promisedEnd(record: CaseRecord, acceptedAt: string): string {
  const { promiseDay, promiseType } = matterOf(record.serviceCode)
  return wallClock(instantOf(acceptedAt) + promiseDay * (promiseType === '3' ? HOUR_MS : DAY_MS))
}

/**
 * Moves a case: adds the step and sets the times that go with the state. Whether the move is legal is asked
 * before. Gives the new step, whose time is at least one second after every earlier one (contract 4c).
 */
export function enterState(record: CaseRecord, state: State, by: Actor, nowMs: number): Step {
  const startTime = nextEventTime(record.steps.at(-1)?.startTime, nowMs)
  const step: Step = { state, userName: by.userName, startTime, opinion: by.opinion }
  record.steps.push(step)
  record.state = state
  delete record.correction
  if (state === '06') {
    record.acceptTime = startTime
    record.promiseEtime = promisedEnd(record, startTime)
  }
  if (state === '07' || state === '12' || state === '20' || state === '21' || state === '22') {
    record.transactTime = startTime
  }
  return step
}
