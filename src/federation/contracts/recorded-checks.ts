/** Which recorded exchanges a region's new schema would refuse, or take something from. */
import type { TSchema } from 'typebox'
import { escapePointer } from '../../schemas/pointers.ts'
import type { RegionId } from '../../schemas/regions.ts'
import { validator } from '../../schemas/validate.ts'
import type { MessageKind } from '../exchanges/exchange.ts'
import type { Recorded } from '../exchanges/replay.ts'
import type { Consequence } from './can-deploy.ts'

/** A recorded exchange that the change concerns: places that the new schema refuses, and members that go or become another. */
export interface Concerned {
  readonly speaker: string
  readonly way: 'read' | 'write'
  readonly matter: string
  readonly recordedAt: string
  readonly refused: readonly string[]
  readonly changed: readonly string[]
}

export interface CheckedRecord {
  /** How many of the document were in the record. */
  readonly exchanges: number
  readonly concerned: readonly Concerned[]
}

/** Changes that take a member away or make it another. */
const TAKES = ['removed', 'retyped']

/**
 * Checks what was recorded of a document against the schema before and after. Schemas are of whoever runs this, in files of theirs.
 * @throws Error for a schema that is none
 */
export function checkRecorded(
  record: Iterable<Recorded>,
  region: RegionId,
  message: MessageKind,
  [before, after]: readonly [object, object],
  consequences: readonly Consequence[],
): CheckedRecord {
  const [old, now] = [validator(before as TSchema), validator(after as TSchema)]
  const taken = consequences.filter(({ change, verdict }) => TAKES.includes(change) && verdict !== 'fine')
  let exchanges = 0
  const concerned: Concerned[] = []
  for (const one of record) {
    if (one.region !== region || one.message !== message) continue
    const wire = wireOf(one)
    if (wire === undefined) continue
    exchanges += 1
    const faults = new Set((old(wire) ?? []).map(({ pointer }) => pointer))
    const refused = (now(wire) ?? []).map(({ pointer }) => pointer).filter((pointer) => !faults.has(pointer))
    const members = membersOf(wire)
    const changed = taken.map(({ member }) => member).filter((member) => members.has(member))
    if (refused.length + changed.length === 0) continue
    const { speaker, way, matter, recordedAt } = one
    concerned.push({ speaker, way, matter, recordedAt, refused, changed })
  }
  return { exchanges, concerned }
}

/** The region's own document of an exchange; none where it was never written. */
const wireOf = ({ way, given, got }: Recorded): unknown => {
  if (way === 'read') return given
  return 'content' in got ? got.content : undefined
}

/** Members as schemas name them: a star for each element of a list. */
function membersOf(value: unknown, at = '', into = new Set<string>()): Set<string> {
  into.add(at)
  if (Array.isArray(value)) for (const one of value) membersOf(one, `${at}/*`, into)
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) membersOf(one, `${at}/${escapePointer(key)}`, into)
  return into
}
