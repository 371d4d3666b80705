/** What a compiled table notes of its rows, where somebody wants a trace. */
import type { How } from '../../schemas/ledger.ts'
import { leaves } from '../../schemas/pointers.ts'
import type { Codec } from './table.ts'
import { type Note, type Place, REASONS } from './trace.ts'

type Fields = Readonly<Record<string, unknown>>
type AnyCodec = Pick<Codec<unknown, unknown>, 'name' | 'how' | 'deep'>

export function noteRead(place: Place, at: Place, label: string, codec: AnyCodec, value: unknown): void {
  if (value === undefined) note(place, 'dropped', [at.wire], [], label, codec.name, REASONS.unknownCode)
  else if (!codec.deep) note(place, codec.how, [at.wire], leaves(value, at.canon), label, codec.name)
}

export function note(
  place: Place,
  how: How,
  wire: readonly string[],
  canon: readonly string[],
  label: string,
  rule: string,
  reason?: string,
): void {
  place.notes?.push({ how, wire, canon, label, rule, ...(reason === undefined ? {} : { reason }) })
}

/** A canonical member that was told and goes nowhere. */
export function noteLost(
  place: Place,
  canon: string,
  label: string,
  rule: string,
  value: unknown,
  why: string,
): void {
  if (!place.notes || value === undefined) return
  const lost = leaves(value, `${place.canon}/${canon}`)
  if (lost.length > 0) note(place, 'dropped', [], lost, label, rule, why)
}

/** Members of the wire that no canonical member is read from. */
export function noteUnread(
  wire: Fields,
  filled: readonly {
    readonly wire: string
    readonly label: string
    readonly rule: string
    readonly dropped: string
  }[],
  place: Place,
): void {
  for (const { wire: member, label, rule, dropped } of filled)
    if (wire[member] !== undefined)
      note(place, 'dropped', [`${place.wire}/${member}`], [], label, rule, dropped)
}

export function noteSeveral(
  place: Place,
  at: Place,
  label: string,
  codec: AnyCodec,
  value: unknown,
  present: readonly string[],
): void {
  if (value === undefined) {
    note(place, 'dropped', present, [], label, codec.name, REASONS.empty)
    return
  }
  const how = present.length > 1 && codec.how === 'derived' ? 'merged' : codec.how
  note(place, how, present, leaves(value, at.canon), label, codec.name)
}

export function noteParts(
  place: Place,
  at: Place,
  label: string,
  codec: AnyCodec,
  value: unknown,
  part: Fields,
): void {
  const targets = Object.keys(part)
    .filter((key) => part[key] !== undefined)
    .map((key) => `${place.wire}/${key}`)
  const canon = leaves(value, at.canon)
  if (targets.length > 0) note(place, howOfParts(targets, canon, codec), targets, canon, label, codec.name)
  else if (canon.length > 0) note(place, 'dropped', [], canon, label, codec.name, REASONS.noPlace)
}

function howOfParts(targets: readonly string[], canon: readonly string[], codec: AnyCodec): Note['how'] {
  if (canon.length === 0) return 'defaulted'
  return targets.length > 1 ? 'split' : codec.how
}
