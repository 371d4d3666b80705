/** The steps of a case, `nodes` (contract 4.c.1), oldest first. */
import { stepOf, stepsIn } from '../kit/case-rows.ts'
import { wallClock } from '../kit/clock.ts'
import { ROOT } from '../kit/trace.ts'
import type { WireNode } from './case.wire.ts'
import { instant, pairFor, pairOf, rawOf, wall } from './case-times.ts'
import { phase } from './codes.ts'

/** The row of a case. */
export const steps = stepsIn(
  'nodes',
  '办理环节',
  (node: WireNode, context) =>
    stepOf(
      {
        status: phase.decode(pairOf(node), context),
        rawStatus: rawOf(pairOf(node), node.nodeName),
        name: node.nodeName ?? '',
        occurredAt: wallClock.decode(node.gmtStart, {}, ROOT),
      },
      { endedAt: instant(node.gmtEnd), actor: node.operatorName, agency: node.deptName, note: node.opinion },
    ),
  (step): WireNode => {
    const [phaseCode, doAction] = pairFor(step.status, step.rawStatus)
    return {
      phaseCode,
      doAction,
      nodeName: step.name,
      operatorName: step.actor ?? '',
      operatorUid: '',
      deptCode: '',
      deptName: step.agency ?? '',
      gmtStart: wall(step.occurredAt),
      gmtEnd: wall(step.endedAt),
      opinion: step.note ?? '',
    }
  },
)
