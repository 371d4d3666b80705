/** 补正信息 `buzhenginfo`: JSON in a string, in the query and in callbacks alike (contract 4.c, traps 2 and 4). */
import type { CorrectionRequest } from '../../schemas/case.ts'
import { wallClock } from '../kit/clock.ts'
import { asText, oneOrMany } from '../kit/codecs.ts'
import { parseInner } from '../kit/inner-json.ts'
import { isAbsent } from '../kit/table.ts'
import { ROOT } from '../kit/trace.ts'

interface Complaint {
  readonly taskmaterialguid?: unknown
  readonly materialname?: unknown
  readonly opinion?: unknown
}

/** @throws GatewayError `FIELD_UNREADABLE` when the string holds no such object. */
export function readCorrection(wire: unknown): CorrectionRequest | undefined {
  if (isAbsent(wire)) return undefined
  const told = parseInner(wire) as { deadline?: unknown; opinion?: unknown; materiallist?: unknown }
  return {
    fields: [],
    documents: oneOrMany<Complaint>(told.materiallist)
      .filter((one) => !isAbsent(one.taskmaterialguid))
      .map((one) => ({
        id: asText(one.taskmaterialguid),
        ...(isAbsent(one.materialname) ? {} : { name: asText(one.materialname) }),
        ...(isAbsent(one.opinion) ? {} : { reason: asText(one.opinion) }),
      })),
    reason: isAbsent(told.opinion) ? '' : asText(told.opinion),
    ...(isAbsent(told.deadline) ? {} : { dueOn: wallClock.decode(asText(told.deadline), {}, ROOT) }),
  }
}

/** Names of form fields have no place in it. */
export const writeCorrection = ({ documents, reason, dueOn }: CorrectionRequest): string =>
  JSON.stringify({
    deadline: deadlineOf(dueOn),
    opinion: reason,
    materiallist: documents.map((one) => ({
      taskmaterialguid: one.id,
      materialname: one.name ?? '',
      opinion: one.reason ?? '',
    })),
  })

function deadlineOf(dueOn: CorrectionRequest['dueOn']): string {
  if (typeof dueOn !== 'string') return ''
  return dueOn.length > 10 ? wallClock.encode(dueOn, {}, ROOT) : `${dueOn} 23:59:59`
}
