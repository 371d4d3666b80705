/**
 * The ledger of a conversion is composed from the traces of its steps: reading (wire → canonical), carrying a form over
 * to the equivalent matter (canonical → canonical), writing (canonical → wire). Every leaf of the source must be in it.
 */
import type { How, Ledger, LedgerEntry } from '../../schemas/ledger.ts'
import { leaves } from '../../schemas/pointers.ts'
import { isAbsent } from './table.ts'
import type { Note } from './trace.ts'

/** One arrow of one step: from pointers of the document before to pointers of the document after. */
export interface Arrow {
  readonly how: How
  readonly from: readonly string[]
  readonly to: readonly string[]
  readonly label: string
  readonly rule: string
  readonly reason?: string
}

/** The trace of a reading, as arrows from the wire to the canonical form. */
export const reading = (notes: readonly Note[]): readonly Arrow[] =>
  notes.map((n) => ({
    how: n.how,
    from: n.wire,
    to: n.canon,
    label: n.label,
    rule: n.rule,
    ...(n.reason === undefined ? {} : { reason: n.reason }),
  }))

/** The trace of a writing, as arrows from the canonical form to the wire. */
export const writing = (notes: readonly Note[]): readonly Arrow[] =>
  notes.map((n) => ({
    how: n.how,
    from: n.canon,
    to: n.wire,
    label: n.label,
    rule: n.rule,
    ...(n.reason === undefined ? {} : { reason: n.reason }),
  }))

// Of two steps the one that changed more names the whole.
const WEIGHT: Readonly<Record<How, number>> = {
  copied: 0,
  coded: 1,
  derived: 2,
  split: 3,
  merged: 4,
  defaulted: 5,
  dropped: 6,
}
const heavier = (a: How, b: How): How => (WEIGHT[a] >= WEIGHT[b] ? a : b)

/** Puts two steps one after the other. */
export function chain(first: readonly Arrow[], second: readonly Arrow[]): readonly Arrow[] {
  const takers = new Map<string, Arrow[]>()
  for (const arrow of second) {
    for (const pointer of arrow.from) {
      const known = takers.get(pointer)
      if (known) known.push(arrow)
      else takers.set(pointer, [arrow])
    }
  }
  return [
    ...first.flatMap((arrow) => follow(arrow, takers)),
    ...second.filter((arrow) => arrow.from.length === 0),
  ]
}

function follow(arrow: Arrow, takers: ReadonlyMap<string, readonly Arrow[]>): readonly Arrow[] {
  if (arrow.how === 'dropped' || arrow.to.length === 0) return [arrow]
  const out = new Set<Arrow>()
  for (const pointer of arrow.to) for (const next of takers.get(pointer) ?? []) out.add(next)
  if (out.size === 0) return [{ ...arrow, how: 'dropped', to: [], reason: '对方没有可放之处' }]
  const kept = [...out].filter((next) => next.how !== 'dropped')
  // A leaf that went somewhere is not lost because another reading of it went nowhere.
  return (kept.length > 0 ? kept : [...out].slice(0, 1)).map((next) => ({
    how: heavier(arrow.how, next.how),
    from: arrow.from,
    to: next.to,
    label: next.label || arrow.label,
    // What ends here is told by the step that ends it.
    rule: next.how === 'dropped' || arrow.rule === next.rule ? next.rule : `${arrow.rule} → ${next.rule}`,
    ...(next.reason === undefined ? {} : { reason: next.reason }),
  }))
}

/**
 * Closes the books. Leaves of the source that no arrow names are entered as dropped, so that entries and leaves agree.
 * @param unmentioned why such a leaf was dropped
 */
export function close(source: unknown, chained: readonly Arrow[], unmentioned: string): Ledger {
  const leavesOfSource = leaves(source)
  const arrows = chained.map((arrow) => ({
    ...arrow,
    from: arrow.from.flatMap((pointer) => below(pointer, leavesOfSource)),
  }))
  const named = new Set(arrows.flatMap((arrow) => arrow.from))
  const forgotten = leavesOfSource.filter((leaf) => !named.has(leaf))
  const all: Arrow[] = [
    ...arrows,
    ...forgotten.map((leaf) => ({
      how: 'dropped' as const,
      from: [leaf],
      to: [],
      label: '',
      rule: 'unmentioned',
      reason: unmentioned,
    })),
  ]
  const entries: LedgerEntry[] = all.map((arrow) => ({
    how: arrow.how,
    source: [...arrow.from],
    target: [...arrow.to],
    ...(arrow.label === '' ? {} : { label: arrow.label }),
    rule: arrow.rule,
    reason: arrow.reason ?? null,
  }))
  const losses = entries
    .filter((entry) => entry.how === 'dropped' && entry.rule !== 'given')
    .map((entry) => ({
      source: entry.source.filter((pointer) => saysSomething(source, pointer)),
      reason: entry.reason ?? '',
    }))
    .filter((loss) => loss.source.length > 0)
  return { entries, losses }
}

/** What was empty is dropped like the rest, but nobody loses anything by it. */
function saysSomething(source: unknown, pointer: string): boolean {
  let at = source
  for (const token of pointer.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null) return false
    at = (at as Readonly<Record<string, unknown>>)[token.replaceAll('~1', '/').replaceAll('~0', '~')]
  }
  return !isAbsent(at) && (typeof at !== 'object' || Object.keys(at as object).length > 0)
}

/** A list that one codec reads whole stands in the books with each of its leaves. */
function below(pointer: string, known: readonly string[]): readonly string[] {
  const inside = known.filter((leaf) => leaf.startsWith(`${pointer}/`))
  return inside.length > 0 ? inside : [pointer]
}
