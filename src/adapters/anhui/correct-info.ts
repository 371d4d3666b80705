/** `correctInfo`: what a returned case must correct (contract 4c). */
import { GatewayError } from '../../errors.ts'
import type { CorrectionRequest } from '../../schemas/case.ts'
import { leaves } from '../../schemas/pointers.ts'
import { asText, oneOrMany } from '../kit/codecs.ts'
import type { RecordContext as C } from '../kit/contract.ts'
import { parseInner } from '../kit/inner-json.ts'
import { isAbsent } from '../kit/table.ts'
import type { Place } from '../kit/trace.ts'
import type { WireCase as Wire } from './case.wire.ts'
import { absent, instant, wall, word } from './case-values.ts'

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

/** A deadline with a time, where only a day is told: its last second. */
const deadlineOf = (dueOn: CorrectionRequest['dueOn']): string => {
  if (typeof dueOn !== 'string') return ''
  return dueOn.length > 10 ? wall(dueOn) : `${dueOn} 23:59:59`
}

/** The codec of the request. */
export const correction = {
  name: 'correctInfo: JSON in a string',
  how: 'split' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): CorrectionRequest | undefined => {
    const at = [`${place.wire}/correctInfo`]
    if (isAbsent(wire.correctInfo)) {
      if (wire.correctInfo !== undefined)
        place.notes?.push({
          how: 'dropped',
          wire: at,
          canon: [],
          label: '补正',
          rule: 'absent',
          reason: absent,
        })
      return undefined
    }
    const canon = readCorrection(wire.correctInfo as string)
    place.notes?.push({
      how: 'split',
      wire: at,
      canon: leaves(canon, place.canon),
      label: '补正',
      rule: 'correctInfo',
    })
    return canon
  },
  encode: (canon: CorrectionRequest | undefined, _context: C, place: Place): Partial<Wire> => {
    if (!canon) return { correctInfo: '' }
    const all = leaves(canon, place.canon)
    const lost = canon.fields.length > 0 ? leaves(canon.fields, `${place.canon}/fields`) : []
    if (lost.length > 0)
      place.notes?.push({
        how: 'dropped',
        wire: [],
        canon: lost,
        label: '表单项',
        rule: 'none',
        reason: '安徽的补正通知不点明表单项',
      })
    place.notes?.push({
      how: 'merged',
      wire: [`${place.wire}/correctInfo`],
      canon: all.filter((leaf) => !lost.includes(leaf)),
      label: '补正',
      rule: 'correctInfo',
    })
    return {
      correctInfo: JSON.stringify({
        deadline: deadlineOf(canon.dueOn),
        items: canon.documents.map((one) => ({
          attrId: one.id,
          attrName: one.name ?? '',
          reason: one.reason ?? '',
        })),
        remark: canon.reason,
      }),
    }
  },
}
