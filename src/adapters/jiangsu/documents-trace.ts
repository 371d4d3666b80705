/** What a trace tells of the documents of an application. It is asked only where somebody wants a trace. */
import type { DocumentEntry } from '../../schemas/application.ts'
import { leaves } from '../../schemas/pointers.ts'
import type { Place } from '../kit/trace.ts'
import type { Attachment, WireMaterialEntry } from './application.wire.ts'
import { lost, note } from './traces.ts'

/** A material without files was left out. `from` is its pointer without the slash. */
export function tellNoFiles(entry: WireMaterialEntry, from: string, place: Place): void {
  place.notes?.push({
    how: 'dropped',
    wire: leaves(entry, `/${from}`),
    canon: [],
    label: '材料',
    rule: 'absent',
    reason: '没有文件',
  })
}

/** A material was read as the entry at `to`. */
export function tellEntryRead(
  entry: WireMaterialEntry,
  files: readonly Attachment[],
  from: string,
  to: string,
  place: Place,
): void {
  note(place, 'copied', [`${from}/taskmaterialguid`], [`${to}/id`, `${to}/mode`], '材料标识', 'text')
  if (entry.materialname !== undefined) tellName(`${from}/materialname`, place)
  files.forEach(({ attachname }, at) => {
    const file = Array.isArray(entry.attachlist) ? `${from}/attachlist/${at}` : `${from}/attachlist`
    note(place, 'copied', [`${file}/attachguid`], [`${to}/uploads/${at}`], '附件', 'text')
    if (attachname !== undefined) tellName(`${file}/attachname`, place)
  })
}

const tellName = (pointer: string, place: Place): void =>
  void place.notes?.push({
    how: 'dropped',
    wire: [`/${pointer}`],
    canon: [],
    label: '材料名称',
    rule: 'by the identifier',
    reason: '名称由标识得知',
  })

/** An entry was written as the material at `to`. */
export function tellEntryWritten(
  { uploads }: DocumentEntry,
  isNamed: boolean,
  at: string,
  to: string,
  place: Place,
): void {
  note(place, 'copied', [`${to}/taskmaterialguid`], [`${at}/id`, `${at}/mode`], '材料标识', 'text')
  if (isNamed) note(place, 'defaulted', [`${to}/materialname`], [], '材料名称', 'matter.documents')
  uploads?.forEach((_, n) => {
    note(place, 'copied', [`${to}/attachlist/${n}/attachguid`], [`${at}/uploads/${n}`], '附件', 'text')
  })
}

const REASONS: Readonly<Partial<Record<DocumentEntry['mode'], string>>> = {
  licence: '江苏的申请只收文件, 不收电子证照',
  later: '容缺后补的材料在江苏不列入申请, 以后再交',
  paper: '江苏网上申请不登记纸质收取的材料',
}

/** An entry without files has no place. */
export const tellEntryLost = (entry: DocumentEntry, at: string, place: Place): void =>
  lost(place, leaves(entry, at), '材料', REASONS[entry.mode] ?? '')
