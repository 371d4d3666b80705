/** `correctInfo`: what a returned case must correct (contract 4c). */
import { GatewayError } from '../../errors.ts'
import type { CorrectionRequest } from '../../schemas/case.ts'
import { leaves } from '../../schemas/pointers.ts'
import { correctionIn, deadlineOf } from '../kit/case-rows.ts'
import { asText, oneOrMany } from '../kit/codecs.ts'
import { parseInner } from '../kit/inner-json.ts'
import { isAbsent } from '../kit/table.ts'
import { instant, word } from './case-values.ts'

/** `correctInfo`: JSON in a string (trap 4). @throws GatewayError `FIELD_UNREADABLE`. */
function readCorrection(wire: string): CorrectionRequest {
  const parsed = parseInner(wire)
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    throw new GatewayError('FIELD_UNREADABLE')
  const { deadline, items, remark } = parsed as Readonly<Record<string, unknown>>
  const dueOn = instant(deadline)
  return {
    fields: [],
    documents: oneOrMany<Readonly<Record<string, unknown>>>(items)
      .filter((one) => !isAbsent(one['attrId']))
      .map((one) => ({
        id: asText(one['attrId']),
        ...(isAbsent(one['attrName']) ? {} : { name: asText(one['attrName']) }),
        ...(isAbsent(one['reason']) ? {} : { reason: asText(one['reason']) }),
      })),
    reason: word(remark),
    ...(dueOn ? { dueOn } : {}),
  }
}

/** The codec of the request. */
export const correction = correctionIn(
  'correctInfo',
  { name: 'correctInfo: JSON in a string', rule: 'correctInfo', how: ['split', 'merged'] },
  readCorrection,
  (canon) =>
    JSON.stringify({
      deadline: deadlineOf(canon.dueOn),
      items: canon.documents.map((one) => ({
        attrId: one.id,
        attrName: one.name ?? '',
        reason: one.reason ?? '',
      })),
      remark: canon.reason,
    }),
  '',
  [
    {
      label: '表单项',
      reason: '安徽的补正通知不点明表单项',
      of: ({ fields }, at) => (fields.length > 0 ? leaves(fields, `${at}/fields`) : []),
    },
  ],
)
