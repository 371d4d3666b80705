/** The steps of a case: the rows of `getApplyProcess` (contract 4.3). */
import { stepOf, stepsIn } from '../kit/case-rows.ts'
import { wallClock } from '../kit/clock.ts'
import { ROOT } from '../kit/trace.ts'
import type { WireProcess } from './case.wire.ts'
import { status } from './codes.ts'

/** `processes`, oldest first; the `status` of one may be any word of the table, synonyms included. */
export const steps = stepsIn(
  'processes',
  '办理过程',
  (one: WireProcess, context) =>
    stepOf(
      {
        status: status.decode(one.status, context),
        rawStatus: { code: one.status, label: one.status },
        name: one.stepName ?? '',
        occurredAt: wallClock.decode(one.opTime, {}, ROOT),
      },
      { actor: one.opUsername, agency: one.opDepartName, note: one.suggestion },
    ),
  (one): WireProcess => ({
    stepName: one.name,
    status: one.status === 'UNKNOWN' ? one.rawStatus.code : status.encode(one.status),
    opDepartCode: '',
    opDepartName: one.agency ?? '',
    opUserId: '',
    opUsername: one.actor ?? '',
    opTime: wallClock.encode(one.occurredAt, {}, ROOT),
    suggestion: one.note ?? '',
  }),
  [
    {
      label: '环节结束时间',
      reason: '上海的环节只有一个时间',
      of: (all, at) =>
        all.flatMap((one, index) => (one.endedAt === undefined ? [] : [`${at}/${index}/endedAt`])),
    },
  ],
)
