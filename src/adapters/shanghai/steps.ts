/** The steps of a case: the rows of `getApplyProcess` (contract 4.3). */
import type { CaseStep } from '../../schemas/case.ts'
import { leaves } from '../../schemas/pointers.ts'
import { wallClock } from '../kit/clock.ts'
import { oneOrMany } from '../kit/codecs.ts'
import type { RecordContext as C } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { type Place, ROOT } from '../kit/trace.ts'
import type { WireCase as Wire, WireProcess } from './case.wire.ts'
import { status } from './codes.ts'

const wall = (canon: string): string => wallClock.encode(canon, {}, ROOT)

/** One step of `getApplyProcess`; its `status` may be any word of the table, synonyms included. */
const readStep = (one: WireProcess, context: C): CaseStep => ({
  status: status.decode(one.status, context),
  rawStatus: { code: one.status, label: one.status },
  name: one.stepName ?? '',
  occurredAt: wallClock.decode(one.opTime, {}, ROOT),
  ...(isAbsent(one.opUsername) ? {} : { actor: one.opUsername as string }),
  ...(isAbsent(one.opDepartName) ? {} : { agency: one.opDepartName as string }),
  ...(isAbsent(one.suggestion) ? {} : { note: one.suggestion as string }),
})

/** `processes`, oldest first. */
export const steps = {
  name: 'processes',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, context: C, place: Place): CaseStep[] | undefined => {
    if (wire.processes === undefined) return undefined
    const rows = oneOrMany<WireProcess>(wire.processes)
    const canon = rows.map((one) => readStep(one, context))
    place.notes?.push({
      how: 'derived',
      wire: leaves(wire.processes, `${place.wire}/processes`),
      canon: leaves(canon, place.canon),
      label: '办理过程',
      rule: 'processes',
    })
    return canon
  },
  encode: (canon: CaseStep[] | undefined, _context: C, place: Place): Partial<Wire> => {
    if (!canon) return {}
    const processes = canon.map((one) => ({
      stepName: one.name,
      status: one.status === 'UNKNOWN' ? one.rawStatus.code : status.encode(one.status),
      opDepartCode: '',
      opDepartName: one.agency ?? '',
      opUserId: '',
      opUsername: one.actor ?? '',
      opTime: wall(one.occurredAt),
      suggestion: one.note ?? '',
    }))
    const lost = canon.flatMap((one, index) =>
      one.endedAt === undefined ? [] : [`${place.canon}/${index}/endedAt`],
    )
    if (lost.length > 0)
      place.notes?.push({
        how: 'dropped',
        wire: [],
        canon: lost,
        label: '环节结束时间',
        rule: 'none',
        reason: '上海的环节只有一个时间',
      })
    place.notes?.push({
      how: 'derived',
      wire: leaves(processes, `${place.wire}/processes`),
      canon: leaves(canon, place.canon).filter((leaf) => !lost.includes(leaf)),
      label: '办理过程',
      rule: 'processes',
    })
    return { processes }
  },
}
