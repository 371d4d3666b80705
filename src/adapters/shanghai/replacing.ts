/** Which files take the place of which when an application is corrected (contract 4.2 and 4.4). */
import type { WireUpload } from './application.wire.ts'

/** A file that Shanghai has. */
export interface Stuff {
  readonly stuffId: string
  readonly stuffCode: string
}

/** One call that is to be made. A noticed file is replaced, never removed. */
export type Step =
  | { readonly act: 'replace'; readonly upload: WireUpload; readonly stuffId: string }
  | { readonly act: 'add'; readonly upload: WireUpload }
  | { readonly act: 'remove'; readonly stuffId: string }

/** What one material shall consist of, what it consists of now, and what the notice complains of. */
interface Material {
  readonly wanted: readonly WireUpload[]
  readonly present: readonly Stuff[]
  readonly noticed: ReadonlySet<string>
  /** The `stuffId` that an upload got before. */
  readonly known: (upload: WireUpload) => string | undefined
}

/**
 * The steps for one material. What is there already and not complained of stays; each noticed file is replaced, with the
 * last file again where there are fewer new files than noticed ones; what is over is added or removed.
 */
export function stepsFor({ wanted, present, noticed, known }: Material): readonly Step[] {
  const there = present.map(({ stuffId }) => stuffId)
  const isKept = (upload: WireUpload): boolean => {
    const stuffId = known(upload) ?? ''
    return there.includes(stuffId) && !noticed.has(stuffId)
  }
  const kept = new Set(wanted.filter(isKept).map(known))
  const free = wanted.filter((upload) => !isKept(upload))
  const over = there.filter((stuffId) => !kept.has(stuffId))
  // A repetition replaces the same file by the same bytes: those that have a file of their own choose first.
  const hasOwn = (upload: WireUpload) => over.includes(known(upload) ?? '')
  const steps: Step[] = []
  for (const upload of [...free.filter(hasOwn), ...free.filter((one) => !hasOwn(one))]) {
    const own = over.indexOf(known(upload) ?? '')
    const [stuffId] = over.splice(own >= 0 ? own : firstOf(over, noticed), 1)
    steps.push(stuffId === undefined ? { act: 'add', upload } : { act: 'replace', upload, stuffId })
  }
  const last = free.at(-1) ?? wanted.at(-1)
  for (const stuffId of over) {
    if (!noticed.has(stuffId)) steps.push({ act: 'remove', stuffId })
    else if (last) steps.push({ act: 'replace', upload: last, stuffId })
  }
  return steps
}

/** Where the file stands that is replaced next: a noticed one, else the first. */
const firstOf = (over: readonly string[], noticed: ReadonlySet<string>): number =>
  Math.max(
    over.findIndex((stuffId) => noticed.has(stuffId)),
    0,
  )
