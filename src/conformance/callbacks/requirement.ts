/** What a requirement of callbacks is made of. */
import type { RegionConfig } from '../../adapters/kit/contract.ts'
import type { JudgedRegion } from '../model.ts'
import type { Opened } from './recording.ts'

/** All that came, and how long it was watched. */
export interface Watched {
  readonly region: JudgedRegion
  readonly config: RegionConfig
  /** Paths of the contract for this configuration. */
  readonly paths: readonly string[]
  /** In the order in which they came. */
  readonly all: readonly Opened[]
  /** Until when somebody listened; absent for a recording, of which it is taken that all came that was to come. */
  readonly until?: Date
}

/** The callback that breaks it and why; `unseen` and why when nothing can be said; undefined when it is kept. */
export type Verdict = readonly [Opened, string] | { readonly unseen: string } | undefined

export interface CallbackRequirement {
  readonly name: string
  /** The regions whose contracts say it; all when absent. */
  readonly of?: readonly JudgedRegion[]
  readonly zh: string
  readonly en: string
  readonly judge: (watched: Watched) => Verdict
}

/** The first callback with which something is wrong. */
export function first(
  all: readonly Opened[],
  wrong: (one: Opened) => string | undefined,
): readonly [Opened, string] | undefined {
  for (const one of all) {
    const why = wrong(one)
    if (why !== undefined) return [one, why]
  }
  return undefined
}
