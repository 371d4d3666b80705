/** The trace of a conversion: which leaf became which, by which rule. It is made only when somebody wants a ledger. */
import type { How } from '../../schemas/ledger.ts'

/** One step of a trace: pointers on both sides, how, and by which rule. No value ever stands here. */
export interface Note {
  readonly how: How
  readonly wire: readonly string[]
  readonly canon: readonly string[]
  readonly label: string
  readonly rule: string
  readonly reason?: string
}

/** Where we are in both documents, and where notes go when somebody wants them. */
export interface Place {
  readonly wire: string
  readonly canon: string
  readonly notes: Note[] | undefined
}

/** The place of a whole document, without a trace. */
export const ROOT: Place = { wire: '', canon: '', notes: undefined }

/** A place that collects notes. */
export const traced = (): Place & { readonly notes: Note[] } => ({ wire: '', canon: '', notes: [] })

/** The place of a member. Without a trace nobody reads pointers, so none are made. */
export const inside = (place: Place, wire: string | number | undefined, canon: string | number): Place =>
  place.notes === undefined
    ? place
    : {
        wire: wire === undefined ? place.wire : `${place.wire}/${wire}`,
        canon: `${place.canon}/${canon}`,
        notes: place.notes,
      }

/** Why a leaf was dropped, where more than one region says so. */
export const REASONS = {
  empty: '空值: 没有内容可转换',
  unknownCode: '代码不在代码表中: 保留原值, 不作猜测',
  noCode: '对方的代码表没有这一项',
  noPlace: '对方没有可放之处',
} as const
