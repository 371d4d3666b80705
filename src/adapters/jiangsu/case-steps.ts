/** The process of a case: `operations` as steps, and the correction request that one of them may have opened (4.c). */
import type { CaseStep, CorrectionRequest } from '../../schemas/case.ts'
import type { CaseStatus } from '../../schemas/case-status.ts'
import { leaves } from '../../schemas/pointers.ts'
import { wallClock } from '../kit/clock.ts'
import { asText, oneOrMany } from '../kit/codecs.ts'
import type { RecordContext } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { type Place, ROOT } from '../kit/trace.ts'
import type { WireCase as Wire, WireOperation } from './case.wire.ts'
import { effectOf, OPERATIONS, operationFor } from './codes.ts'
import { readCorrection, writeCorrection } from './correction.ts'
import { lost } from './traces.ts'

type C = RecordContext

/** The operations of a case, oldest first. */
export const operationsOf = (wire: Wire): readonly WireOperation[] =>
  oneOrMany<WireOperation>(wire.operations)

/** Steps, oldest first. What leads nowhere (a fee, an extension) leaves the state as it was. */
function readSteps(operations: readonly WireOperation[], context: C): CaseStep[] {
  let state: CaseStatus = 'DRAFT'
  return operations.map((one) => {
    const code = String(one.operatetype)
    const effect = effectOf(code, context)
    if (effect !== 'none' && effect !== 'unknown') state = effect
    return {
      status: effect === 'unknown' ? 'UNKNOWN' : state,
      rawStatus: { code, label: one.operatename ?? OPERATIONS[code]?.name ?? '' },
      name: one.operatename ?? '',
      occurredAt: wallClock.decode(one.operatedate, {}, ROOT),
      ...(isAbsent(one.operateusername) ? {} : { actor: asText(one.operateusername) }),
      ...(isAbsent(one.ouname) ? {} : { agency: asText(one.ouname) }),
      ...(isAbsent(one.remarks) ? {} : { note: asText(one.remarks) }),
    }
  })
}

export const steps = {
  name: 'operations',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, context: C, place: Place): CaseStep[] | undefined => {
    if (isAbsent(wire.operations)) return undefined
    const canon = readSteps(operationsOf(wire), context)
    place.notes?.push({
      how: 'derived',
      wire: leaves(wire.operations, `${place.wire}/operations`),
      canon: leaves(canon, place.canon),
      label: '办理环节',
      rule: 'operations',
    })
    return canon
  },
  encode: (canon: CaseStep[] | undefined, _context: C, place: Place): Partial<Wire> => {
    if (!canon) return {}
    const operations = canon.map((one) => ({
      operatetype: OPERATIONS[one.rawStatus.code]
        ? one.rawStatus.code
        : (operationFor(one.status) ?? one.rawStatus.code.slice(0, 20)),
      operatename: one.name,
      operateusername: one.actor ?? '',
      operatedate: wallClock.encode(one.occurredAt, {}, ROOT),
      remarks: one.note ?? '',
      ouname: one.agency ?? '',
    }))
    const ended = canon.flatMap((one, index) =>
      one.endedAt === undefined ? [] : [`${place.canon}/${index}/endedAt`],
    )
    lost(place, ended, '环节结束时间', '江苏的环节只有一个时间')
    place.notes?.push({
      how: 'derived',
      wire: leaves(operations, `${place.wire}/operations`),
      canon: leaves(canon, place.canon).filter((leaf) => !ended.includes(leaf)),
      label: '办理环节',
      rule: 'operations',
    })
    return { operations }
  },
}

export const correction = {
  name: 'buzhenginfo: JSON in a string',
  how: 'split' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): CorrectionRequest | undefined => {
    const canon = readCorrection(wire.buzhenginfo)
    if (wire.buzhenginfo !== undefined)
      place.notes?.push(
        canon
          ? {
              how: 'split',
              wire: ['/buzhenginfo'],
              canon: leaves(canon, place.canon),
              label: '补正',
              rule: 'buzhenginfo: JSON in a string',
            }
          : {
              how: 'dropped',
              wire: ['/buzhenginfo'],
              canon: [],
              label: '补正',
              rule: 'absent',
              reason: '空值: 没有内容可转换',
            },
      )
    return canon
  },
  encode: (canon: CorrectionRequest | undefined, _context: C, place: Place): Partial<Wire> => {
    if (!canon) return { buzhenginfo: '' }
    const fields = canon.fields.length > 0 ? leaves(canon.fields, `${place.canon}/fields`) : []
    lost(place, fields, '表单项', '江苏的补正信息不点明表单项')
    place.notes?.push({
      how: 'merged',
      wire: ['/buzhenginfo'],
      canon: leaves(canon, place.canon).filter((leaf) => !fields.includes(leaf)),
      label: '补正',
      rule: 'buzhenginfo: JSON in a string',
    })
    return { buzhenginfo: writeCorrection(canon) }
  },
}
