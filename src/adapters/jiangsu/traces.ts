/** Notes of a trace that several members share. */
import type { Note, Place } from '../kit/trace.ts'

/** One note, when somebody wants it. Wire pointers are members of the document, canonical ones whole. */
export function note(
  place: Place,
  how: Note['how'],
  wire: readonly string[],
  canon: readonly string[],
  label: string,
  rule: string,
): void {
  place.notes?.push({ how, wire: wire.map((one) => `/${one}`), canon, label, rule })
}

/** What has no place over there, and why. */
export function lost(place: Place, canon: readonly string[], label: string, reason: string): void {
  if (canon.length > 0) place.notes?.push({ how: 'dropped', wire: [], canon, label, rule: 'none', reason })
}
