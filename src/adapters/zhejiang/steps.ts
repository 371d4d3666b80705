/** The steps of a case, `nodes` (contract 4.c.1), oldest first. */
import type { CaseStep } from '../../schemas/case.ts'
import { leaves } from '../../schemas/pointers.ts'
import { wallClock } from '../kit/clock.ts'
import { oneOrMany } from '../kit/codecs.ts'
import type { RecordContext as C } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { type Place, ROOT } from '../kit/trace.ts'
import type { WireCase as Wire, WireNode } from './case.wire.ts'
import { instant, pairFor, pairOf, rawOf, wall } from './case-times.ts'
import { phase } from './codes.ts'

const readNode = (node: WireNode, context: C): CaseStep => {
  const pair = pairOf(node)
  const endedAt = instant(node.gmtEnd)
  return {
    status: phase.decode(pair, context),
    rawStatus: rawOf(pair, node.nodeName),
    name: node.nodeName ?? '',
    occurredAt: wallClock.decode(node.gmtStart, {}, ROOT),
    ...(endedAt ? { endedAt } : {}),
    ...(isAbsent(node.operatorName) ? {} : { actor: node.operatorName as string }),
    ...(isAbsent(node.deptName) ? {} : { agency: node.deptName as string }),
    ...(isAbsent(node.opinion) ? {} : { note: node.opinion as string }),
  }
}

/** The row of a case. */
export const steps = {
  name: 'nodes',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, context: C, place: Place): CaseStep[] | undefined => {
    if (wire.nodes === undefined) return undefined
    const canon = oneOrMany<WireNode>(wire.nodes).map((node) => readNode(node, context))
    place.notes?.push({
      how: 'derived',
      wire: leaves(wire.nodes, `${place.wire}/nodes`),
      canon: leaves(canon, place.canon),
      label: '办理环节',
      rule: 'nodes',
    })
    return canon
  },
  encode: (canon: CaseStep[] | undefined, _context: C, place: Place): Partial<Wire> => {
    if (!canon) return {}
    const nodes = canon.map((step): WireNode => {
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
    })
    place.notes?.push({
      how: 'derived',
      wire: leaves(nodes, `${place.wire}/nodes`),
      canon: leaves(canon, place.canon),
      label: '办理环节',
      rule: 'nodes',
    })
    return { nodes }
  },
}
