/** The flow of a case as the clerk walks it: which steps are done, which is next. */
import { html } from 'hono/html'
import type { DeskCase } from '../../federation/desk/content.ts'
import { flowOf, type StepId, stepWords } from '../../federation/desk/flows.ts'
import type { Reader } from '../frame/reader.ts'
import type { Html } from '../frame/view.ts'

/** What a case has come to. */
export interface Progress {
  readonly missing: readonly string[]
  /** Papers were received here, and note of it was taken. */
  readonly hasCustody: boolean
  /** The result is in the person's hands. */
  readonly isDelivered: boolean
}

/** Whether a step is done. Whoever looks sees it in words, not by colour alone. */
function isDone(step: StepId, { row }: DeskCase, { missing, hasCustody, isDelivered }: Progress): boolean {
  const isHanded = row.caseId !== null
  switch (step) {
    case 'identify':
      return true
    case 'matter':
      return row.matterId !== null
    case 'consent':
      return row.consent !== null
    case 'form':
    case 'scan':
    case 'certify':
      return isHanded || (row.consent !== null && !missing.includes(step))
    case 'notice':
    case 'handOver':
      return isHanded
    case 'deliver':
      return isDelivered
    case 'custody':
      return hasCustody
  }
}

/** The steps in one line, the next one marked. */
export function stepList(desk: DeskCase, progress: Progress, { say }: Reader): Html {
  const { steps } = flowOf(desk.row.mode)
  const next = steps.find((step) => !isDone(step, desk, progress))
  return html`<ol class="steps" aria-label="${say('办理步骤', 'Steps')}">${steps.map((step) => {
    const words = stepWords(step)
    const isNext = step === next
    return html`<li${isNext ? html` aria-current="step"` : ''}>${isDone(step, desk, progress) ? html`<span aria-hidden="true">✓ </span><span class="unseen">${say('已完成', 'done')} </span>` : ''}${say(words.zh, words.en)}</li>`
  })}</ol>`
}
