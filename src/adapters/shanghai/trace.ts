/** What the tables of an application tell a trace. Nothing is made where nobody listens. */
import type { Note, Place } from '../kit/trace.ts'

/** One line: members below the place of the wire document, pointers into the canonical one. */
export type Line = readonly [
  how: Note['how'],
  wire: readonly string[],
  canon: readonly string[],
  label: string,
  rule: string,
  reason?: string,
]

/** Tells lines in their order; `false` stands for a line that does not apply. */
export function tell(place: Place, lines: readonly (Line | false)[]): void {
  for (const line of lines) {
    if (line === false) continue
    const [how, wire, canon, label, rule, reason] = line
    place.notes?.push({
      how,
      wire: wire.map((one) => `${place.wire}/${one}`),
      canon,
      label,
      rule,
      ...(reason === undefined ? {} : { reason }),
    })
  }
}

/** What Shanghai has no place for, and why. */
export const lost = (canon: readonly string[], label: string, reason: string): Line => [
  'dropped',
  [],
  canon,
  label,
  'none',
  reason,
]
