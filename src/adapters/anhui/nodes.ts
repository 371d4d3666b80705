/** `nodes`: the steps of a case in the order in which they happened (contract 4c). */
import type { CaseStep } from '../../schemas/case.ts'
import { leaves } from '../../schemas/pointers.ts'
import { wallClock } from '../kit/clock.ts'
import { oneOrMany } from '../kit/codecs.ts'
import type { RecordContext as C } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { type Place, ROOT } from '../kit/trace.ts'
import type { WireCase as Wire, WireNode } from './case.wire.ts'
import { codeFor, instant, wall, word } from './case-values.ts'
import { STATUS_LABELS, status } from './codes.ts'

const readNode = (node: WireNode, context: C): CaseStep => {
  const endedAt = instant(node.endTime)
  return {
    status: status.decode(node.handleState, context),
    rawStatus: { code: node.handleState, label: STATUS_LABELS[node.handleState] ?? word(node.nodeName) },
    name: word(node.nodeName),
    occurredAt: wallClock.decode(node.startTime, {}, ROOT),
    ...(endedAt ? { endedAt } : {}),
    ...(isAbsent(node.userName) ? {} : { actor: node.userName as string }),
    ...(isAbsent(node.deptName) ? {} : { agency: node.deptName as string }),
    ...(isAbsent(node.opinion) ? {} : { note: node.opinion as string }),
  }
}

/** The codec of the steps. */
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
    const nodes = canon.map(
      (step): WireNode => ({
        nodeName: step.name,
        handleState: codeFor(step.status, step.rawStatus),
        userName: step.actor ?? '',
        deptName: step.agency ?? '',
        startTime: wall(step.occurredAt),
        endTime: wall(step.endedAt),
        opinion: step.note ?? '',
      }),
    )
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

/** The latest platform time that the answer tells: the start of the newest step ("Event order", contract 4c). */
export function newest(wire: Wire): string | undefined {
  const times = oneOrMany<WireNode>(wire.nodes).map((node) => node.startTime)
  return instant(times.toSorted().at(-1))
}
