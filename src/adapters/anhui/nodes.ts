/** `nodes`: the steps of a case in the order in which they happened (contract 4c). */
import { stepOf, stepsIn } from '../kit/case-rows.ts'
import { wallClock } from '../kit/clock.ts'
import { oneOrMany } from '../kit/codecs.ts'
import { ROOT } from '../kit/trace.ts'
import type { WireCase as Wire, WireNode } from './case.wire.ts'
import { codeFor, instant, wall, word } from './case-values.ts'
import { STATUS_LABELS, status } from './codes.ts'

/** The codec of the steps. */
export const steps = stepsIn(
  'nodes',
  '办理环节',
  (node: WireNode, context) =>
    stepOf(
      {
        status: status.decode(node.handleState, context),
        rawStatus: {
          code: node.handleState,
          label: STATUS_LABELS[node.handleState] ?? word(node.nodeName),
        },
        name: word(node.nodeName),
        occurredAt: wallClock.decode(node.startTime, {}, ROOT),
      },
      { endedAt: instant(node.endTime), actor: node.userName, agency: node.deptName, note: node.opinion },
    ),
  (step) => ({
    nodeName: step.name,
    handleState: codeFor(step.status, step.rawStatus),
    userName: step.actor ?? '',
    deptName: step.agency ?? '',
    startTime: wall(step.occurredAt),
    endTime: wall(step.endedAt),
    opinion: step.note ?? '',
  }),
)

/** The latest platform time that the answer tells: the start of the newest step ("Event order", contract 4c). */
export function newest(wire: Wire): string | undefined {
  const times = oneOrMany<WireNode>(wire.nodes).map((node) => node.startTime)
  return instant(times.toSorted().at(-1))
}
