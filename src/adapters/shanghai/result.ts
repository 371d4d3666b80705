/** What was decided, and the documents of the decision (contract 4.3, 4.13). */
import type { CaseResult } from '../../schemas/case.ts'
import { leaves } from '../../schemas/pointers.ts'
import { asInteger } from '../kit/codecs.ts'
import type { RecordContext as C } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import type { Place } from '../kit/trace.ts'
import type { WireCase as Wire, WireDocument } from './case.wire.ts'
import { decisionIn, documentType, known, status } from './codes.ts'

const readDocument = (one: WireDocument, context: C) => ({
  ref: one.documentType,
  kind: known(documentType, one.documentType, context) ?? 'other',
  name: one.fileName,
  ...(isAbsent(one.fileSize) ? {} : { size: asInteger(one.fileSize) }),
  ...(isAbsent(one.sm3) ? {} : { digest: `sm3:${one.sm3}` }),
})

/** `result`, `resultView` and `documents`. A correction notice is no document of the decision. */
export const result = {
  name: 'result, resultView, documents',
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, context: C, place: Place): CaseResult | undefined => {
    const decided = decisionIn(status.decode(wire.status, {}), wire.result, context)
    const documents = (wire.documents ?? []).filter((one) => one.documentType !== '3')
    const told: readonly string[] = ['result', 'resultView', 'documents'].flatMap((member) =>
      leaves(wire[member as 'result'], `${place.wire}/${member}`),
    )
    if ((decided ?? undefined) === undefined && documents.length === 0) {
      if (told.length > 0)
        place.notes?.push({
          how: 'dropped',
          wire: told,
          canon: [],
          label: '结果',
          rule: 'no decision yet',
          reason: '尚未作出决定',
        })
      return undefined
    }
    const canon: CaseResult = {
      decision: decided ?? null,
      ...(isAbsent(wire.resultView) ? {} : { text: wire.resultView as string }),
      documents: documents.map((one) => readDocument(one, context)),
    }
    place.notes?.push({
      how: 'derived',
      wire: told,
      canon: leaves(canon, place.canon),
      label: '结果',
      rule: 'result by state',
    })
    return canon
  },
  encode: (canon: CaseResult | undefined, _context: C, place: Place): Partial<Wire> => {
    if (!canon) return { result: '', resultView: '', documents: [] }
    const wire = {
      result:
        canon.decision === 'granted' || canon.decision === 'forwarded'
          ? '通过'
          : canon.decision === 'denied' || canon.decision === 'notAccepted'
            ? '不通过'
            : '',
      resultView: canon.text ?? '',
      documents: canon.documents.map((one) => ({
        documentType: one.kind === 'denial' ? '2' : one.kind === 'notAcceptedNotice' ? '4' : '1',
        fileName: one.name,
        fileSize: one.size ?? '',
        sm3: one.digest?.startsWith('sm3:') ? one.digest.slice(4) : '',
      })),
    }
    if (canon.number !== undefined)
      place.notes?.push({
        how: 'dropped',
        wire: [],
        canon: [`${place.canon}/number`],
        label: '结果编号',
        rule: 'none',
        reason: '上海的办件没有结果编号这一项',
      })
    place.notes?.push({
      how: 'derived',
      wire: leaves(wire, place.wire),
      canon: leaves(canon, place.canon).filter((leaf) => leaf !== `${place.canon}/number`),
      label: '结果',
      rule: 'result by state',
    })
    return wire
  },
}
