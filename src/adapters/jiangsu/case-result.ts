/** What a case came to: `banjieresult` and `resultlist` (4.c, 5.12). */
import type { CaseResult } from '../../schemas/case.ts'
import { leaves } from '../../schemas/pointers.ts'
import { asInteger, oneOrMany } from '../kit/codecs.ts'
import type { RecordContext } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import type { Place } from '../kit/trace.ts'
import type { WireCase as Wire, WireResult } from './case.wire.ts'
import { decision } from './codes.ts'
import { lost } from './traces.ts'

type C = RecordContext

const ENDED: Readonly<Record<string, NonNullable<CaseResult['decision']>>> = {
  '97': 'notAccepted',
  '98': 'withdrawn',
  '99': 'voided',
}

/** The decision of a case: `banjieresult`, or what an early end says by itself (5.12). */
export function decisionOf(raw: string, banjieresult: unknown): CaseResult['decision'] | undefined {
  if (ENDED[raw]) return ENDED[raw]
  return isAbsent(banjieresult) ? undefined : decision.find(String(banjieresult))
}

const readDocument = (one: WireResult) => ({
  ref: one.attachguid,
  kind: 'result',
  name: one.attachname,
  ...(isAbsent(one.attachlength) ? {} : { size: asInteger(one.attachlength) }),
})

const RESULT_WIRES = ['banjieresult', 'resultlist'] as const

export const result = {
  name: 'banjieresult and resultlist',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, _context: C, place: Place): CaseResult | undefined => {
    const told = decisionOf(String(wire.status), wire.banjieresult)
    const files = oneOrMany<WireResult>(wire.resultlist)
    const from = RESULT_WIRES.flatMap((member) => leaves(wire[member], `${place.wire}/${member}`))
    if (told === undefined && files.length === 0) {
      if (from.length > 0)
        place.notes?.push({
          how: 'dropped',
          wire: from,
          canon: [],
          label: '结果',
          rule: 'no decision yet',
          reason: '尚未作出决定',
        })
      return undefined
    }
    const number = files.find((one) => !isAbsent(one.resultno))?.resultno
    const name = files.find((one) => !isAbsent(one.resultname))?.resultname
    const canon: CaseResult = {
      decision: told ?? null,
      ...(number ? { number } : {}),
      ...(name ? { text: name } : {}),
      documents: files.map(readDocument),
    }
    place.notes?.push({
      how: 'derived',
      wire: from,
      canon: leaves(canon, place.canon),
      label: '结果',
      rule: 'banjieresult and resultlist',
    })
    return canon
  },
  encode: (canon: CaseResult | undefined, _context: C, place: Place): Partial<Wire> => {
    if (!canon) return { banjieresult: '', resultlist: [] }
    const wire = {
      banjieresult:
        canon.decision === 'granted' || canon.decision === 'forwarded'
          ? decision.codeOf('granted')
          : canon.decision === 'denied'
            ? decision.codeOf('denied')
            : '',
      resultlist: canon.documents.map((one, index) => ({
        attachguid: one.ref.slice(0, 64),
        attachname: one.name,
        attachlength: one.size === undefined ? '' : one.size,
        resultname: index === 0 ? (canon.text ?? '').slice(0, 300) : '',
        resultno: index === 0 ? (canon.number ?? '') : '',
      })),
    }
    const nowhere = [
      ...(canon.documents.length === 0
        ? (['number', 'text'] as const).flatMap((member) =>
            canon[member] === undefined ? [] : [`${place.canon}/${member}`],
          )
        : []),
      ...canon.documents.flatMap((one, index) =>
        one.digest === undefined ? [] : [`${place.canon}/documents/${index}/digest`],
      ),
    ]
    lost(place, nowhere, '结果', '江苏的办件在结果文件之外没有这一项')
    place.notes?.push({
      how: 'derived',
      wire: leaves(wire, place.wire),
      canon: leaves(canon, place.canon).filter((leaf) => !nowhere.includes(leaf)),
      label: '结果',
      rule: 'banjieresult and resultlist',
    })
    return wire
  },
}
