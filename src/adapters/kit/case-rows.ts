/** Rows of a case that three of four regions tell in the same shape: its steps, what is to be corrected, and what it came to. */
import type { CaseResult, CaseStep, CorrectionRequest } from '../../schemas/case.ts'
import type { How } from '../../schemas/ledger.ts'
import { leaves } from '../../schemas/pointers.ts'
import { wallClock } from './clock.ts'
import { oneOrMany } from './codecs.ts'
import type { RecordContext as C } from './contract.ts'
import { note } from './notes.ts'
import { isAbsent } from './table.ts'
import { type Place, REASONS, ROOT } from './trace.ts'

/** A part of the canonical value that the region has no place for. */
interface Lost<Canon> {
  readonly label: string
  readonly reason: string
  /** Pointers of what is lost; `at` is where the value stands. */
  readonly of: (canon: Canon, at: string) => readonly string[]
}

/** Notes what is lost, and answers with the leaves that are not. */
function keep<Canon>(canon: Canon, lost: readonly Lost<Canon>[], place: Place): readonly string[] {
  const gone = lost.flatMap(({ label, reason, of }) => {
    const some = of(canon, place.canon)
    if (some.length > 0) note(place, 'dropped', [], some, label, 'none', reason)
    return some
  })
  return leaves(canon, place.canon).filter((leaf) => !gone.includes(leaf))
}

/** The wall clock of an instant; of a day alone its last second, since a deadline has a time. `''` for none. */
export const deadlineOf = (dueOn: string | null | undefined): string => {
  if (typeof dueOn !== 'string') return ''
  return dueOn.length > 10 ? wallClock.encode(dueOn, {}, ROOT) : `${dueOn} 23:59:59`
}

/** A step; who, where and what was said may each be empty over there, and are then absent here. */
export const stepOf = (
  step: Pick<CaseStep, 'status' | 'rawStatus' | 'name' | 'occurredAt'>,
  told: { readonly [K in 'endedAt' | 'actor' | 'agency' | 'note']?: string | null | undefined },
): CaseStep => ({
  ...step,
  ...(isAbsent(told.endedAt) ? {} : { endedAt: told.endedAt as string }),
  ...(isAbsent(told.actor) ? {} : { actor: told.actor as string }),
  ...(isAbsent(told.agency) ? {} : { agency: told.agency as string }),
  ...(isAbsent(told.note) ? {} : { note: told.note as string }),
})

/** The steps of a case: a list in one member, oldest first. */
export const stepsIn = <Member extends string, Node>(
  member: Member,
  label: string,
  read: (node: Node, context: C) => CaseStep,
  write: (step: CaseStep) => Node,
  lost: readonly Lost<CaseStep[]>[] = [],
) => ({
  name: member,
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: { readonly [M in Member]?: unknown }, context: C, place: Place): CaseStep[] | undefined => {
    const told = wire[member]
    if (told === undefined) return undefined
    const canon = oneOrMany<Node>(told).map((node) => read(node, context))
    if (place.notes)
      note(
        place,
        'derived',
        leaves(told, `${place.wire}/${member}`),
        leaves(canon, place.canon),
        label,
        member,
      )
    return canon
  },
  encode: (canon: CaseStep[] | undefined, _context: C, place: Place): { [M in Member]?: Node[] } => {
    if (!canon) return {}
    const nodes = canon.map(write)
    if (place.notes) {
      const kept = keep(canon, lost, place)
      note(place, 'derived', leaves(nodes, `${place.wire}/${member}`), kept, label, member)
    }
    return { [member]: nodes } as { [M in Member]: Node[] }
  },
})

/** A correction notice in one member. `how` it is read and written: as an object of leaves, or split from and merged into one text. */
export const correctionIn = <Member extends string, Told, Written>(
  member: Member,
  { name, rule, how }: { name: string; rule: string; how: readonly [read: How, written: How] },
  read: (told: Told) => CorrectionRequest,
  write: (canon: CorrectionRequest) => Written,
  empty: Written,
  lost: readonly Lost<CorrectionRequest>[] = [],
) => ({
  name,
  how: how[0],
  deep: true as const,
  decode: (
    wire: { readonly [M in Member]?: Told | '' | null | undefined },
    _context: C,
    place: Place,
  ): CorrectionRequest | undefined => {
    const told = wire[member]
    const at = `${place.wire}/${member}`
    if (told === undefined) return undefined
    if (told === null || told === '') {
      note(place, 'dropped', [at], [], '补正', 'absent', REASONS.empty)
      return undefined
    }
    // What is left is the notice.
    const canon = read(told as Told)
    if (place.notes) note(place, how[0], leaves(told, at), leaves(canon, place.canon), '补正', rule)
    return canon
  },
  encode: (
    canon: CorrectionRequest | undefined,
    _context: C,
    place: Place,
  ): { readonly [M in Member]: Written } => {
    const written = canon ? write(canon) : empty
    if (canon && place.notes) {
      const kept = keep(canon, lost, place)
      note(place, how[1], leaves(written, `${place.wire}/${member}`), kept, '补正', rule)
    }
    return { [member]: written } as { [M in Member]: Written }
  },
})

/** What a case came to, in several members of which each may be missing. `lost` names leaves that the region does not carry. */
export const resultIn = <Wire, Members extends readonly (keyof Wire & string)[]>(
  members: Members,
  rule: string,
  read: (wire: Wire, context: C) => CaseResult | undefined,
  write: (canon: CaseResult | undefined) => Partial<Wire>,
  lost: readonly Lost<CaseResult>[],
) => ({
  name: members.join(', '),
  how: 'derived' as const,
  deep: true as const,
  decode: (wire: Wire, context: C, place: Place): CaseResult | undefined => {
    const canon = read(wire, context)
    const told = members.filter((one) => wire[one] !== undefined).map((one) => `${place.wire}/${one}`)
    if (told.length > 0 && place.notes) {
      if (canon) note(place, 'coded', told, leaves(canon, place.canon), '结果', rule)
      else note(place, 'dropped', told, [], '结果', 'absent', REASONS.empty)
    }
    return canon
  },
  encode: (canon: CaseResult | undefined, _context: C, place: Place): Partial<Wire> => {
    if (canon && place.notes) {
      const at = members.map((one) => `${place.wire}/${one}`)
      note(place, 'coded', at, keep(canon, lost, place), '结果', rule)
    }
    return write(canon)
  },
})
