/** What the kit is made of: requirements of a contract, the exchanges that were made, and what is said of each requirement. */

import type { Incoming, Outgoing } from '../adapters/kit/transport.ts'
import type { RegionId } from '../schemas/regions.ts'
import type { Bench } from './bench.ts'

/** The regions whose contracts have a suite of requirements. One that has none yet is added without, and judged once it stands here. */
export const JUDGED = ['shanghai', 'jiangsu', 'zhejiang', 'anhui'] as const satisfies readonly RegionId[]
export type JudgedRegion = (typeof JUDGED)[number]

/** One request to the platform and its answer. `step` is the part of the tour in which it was made. */
export interface Exchange {
  readonly step: string
  /** The contract's operation id. */
  readonly operation: string
  readonly out: Outgoing
  /** Absent when no whole answer came. */
  readonly answer?: Incoming
}

/** One sentence of a contract that can be tested. `id` is stable: `ZJ-3.1-signature`. */
export interface Requirement {
  readonly id: string
  /** Section of the contract. */
  readonly clause: string
  readonly zh: string
  readonly en: string
  /** Resolves when the platform keeps it. @throws Breach or NotApplicable */
  readonly test: (bench: Bench) => Promise<void>
}

/** The requirements of one region. */
export interface Contract {
  readonly region: JudgedRegion
  readonly requirements: readonly Requirement[]
}

/** What was found of one requirement. */
export interface Finding {
  readonly id: string
  readonly clause: string
  readonly sentence: { readonly zh: string; readonly en: string }
  readonly verdict: 'passed' | 'failed' | 'notApplicable'
  /** Why it failed, or why it does not apply. */
  readonly reason?: string
  /** The exchange that shows a failure. */
  readonly exchange?: Exchange
}

/** The platform broke the contract. */
export class Breach extends Error {
  readonly exchange: Exchange | undefined
  constructor(message: string, exchange?: Exchange) {
    super(message)
    this.exchange = exchange
  }
}

/** The requirement cannot be tested with this platform: it does not offer the operation, or nobody acts as its clerk. */
export class NotApplicable extends Error {}
