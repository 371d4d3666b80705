/** The four ways of 通办 as the desk walks them: `data/desk-flows.json`. */
import data from '../../../data/desk-flows.json' with { type: 'json' }
import type { Matter } from '../../schemas/matter.ts'
import { MODES } from '../../schemas/matter.ts'

export type Mode = (typeof MODES)[number]
export type StepId = keyof typeof data.steps

interface Words {
  readonly zh: string
  readonly en: string
}

export interface Flow extends Words {
  readonly told: Words
  readonly steps: readonly StepId[]
}

const isStep = (text: string): text is StepId => text in data.steps

/** @throws Error for a step that has no words: a mistake of the table */
const stepOf = (text: string): StepId => {
  if (!isStep(text)) throw new Error(`data/desk-flows.json names an unknown step: ${text}`)
  return text
}

const FLOWS = new Map<Mode, Flow>(
  MODES.map((mode) => [mode, { ...data.modes[mode], steps: data.modes[mode].steps.map(stepOf) }]),
)

export const isMode = (text: unknown): text is Mode => MODES.some((mode) => mode === text)

/** The ways that a matter may be handled; taken in here where its region says nothing. */
export const modesOf = ({ modes, mode }: Pick<Matter, 'modes' | 'mode'>): readonly Mode[] =>
  modes && modes.length > 0 ? modes : mode ? [mode] : ['onBehalf']

/** The steps of a way; of one that is not chosen yet, those of a case that is taken in here. */
export function flowOf(mode: string | null): Flow {
  const flow = FLOWS.get(isMode(mode) ? mode : 'onBehalf')
  if (!flow) throw new Error('every mode has a flow')
  return flow
}

export const stepWords = (step: StepId): Words => data.steps[step]
