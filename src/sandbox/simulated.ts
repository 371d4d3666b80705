import type { Hono } from 'hono'
import type { CaseStatus } from '../schemas/case-status.ts'
import type { RegionId } from '../schemas/regions.ts'

/** The regions that the sandbox plays, by what the API calls them. */
export type SimulatedRegionId = RegionId

/** What a simulated region is given from outside: its clock, its address and a way to call the gateway back. */
export interface World {
  /** The region's clock. Nothing in a simulated region reads another one. */
  readonly now: () => Date
  /** Runs something once, later on that clock; by the machine's own timer when absent. @returns takes it back. */
  readonly after?: (ms: number, run: () => unknown) => () => void
  /** Where the region is reached, without a trailing slash. */
  readonly baseUrl: string
  /** Where the gateway is reached, without a trailing slash: callbacks go to this base plus the contract's path. */
  readonly gatewayUrl: string
  /** Sends one callback. It resolves with whatever was answered and rejects when nothing was. */
  readonly post: (url: string, headers: Record<string, string>, body: string | Buffer) => Promise<Answer>
  /** Waiting times before a callback is sent again, in milliseconds; the contract's own when absent. */
  readonly retryDelaysMs?: readonly number[]
  /**
   * How much of its numbers of a day others may have: 0 to 1, none when absent. A sandbox that is started again forgets its cases, and the
   * gateway beside it does not: two cases must not have one number.
   */
  readonly numbersGone?: number
  /** How long the answer to a callback is waited for where the contract has a limit, in milliseconds; the contract's own when absent. */
  readonly patienceMs?: number
}

/** The machine's own timer, which keeps no process alive. */
export const afterOnThisMachine: NonNullable<World['after']> = (ms, run) => {
  const timer = setTimeout(() => void run(), ms)
  timer.unref()
  return () => clearTimeout(timer)
}

/** The gateway's answer to a callback. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** What a clerk of the region does to a case: the canonical state to reach, and what is said with it. */
export interface ClerkAct {
  readonly to: CaseStatus
  /** Opinion or reason; a plausible Chinese sentence when absent. */
  readonly opinion?: string
  /** For 补正: form field names and material ids that are complained of; all uploaded materials when both are absent. */
  readonly fields?: readonly string[]
  readonly materials?: readonly string[]
  /** Send no callback for it: the gateway must find out by asking. */
  readonly silent?: boolean
}

/** One case as the region's own clerks see it. */
export interface SimulatedCase {
  readonly number: string
  /** Six digits, GB/T 2260. */
  readonly division: string
  readonly matterCode: string
  readonly matterName: string
  readonly applicant: string
  readonly status: CaseStatus
  /** The region's own code or word for it. */
  readonly rawStatus: string
  /** The gateway's own number, where the contract carries one. */
  readonly sourceNumber?: string
  /** Event time of the last change, `yyyy-MM-dd HH:mm:ss`, Asia/Shanghai. */
  readonly updatedAt: string
  /** The canonical states to which a clerk of this region may move it now. */
  readonly next: readonly CaseStatus[]
}

/** A request that the region refused, without anything a person sent. */
export interface Refusal {
  readonly at: string
  readonly operation: string
  readonly status: number
  readonly code: string
  readonly message: string
}

/** A callback that waits to be sent, or was acknowledged. */
export interface CallbackRecord {
  readonly caseNumber: string
  readonly eventId: string
  readonly status: CaseStatus
  readonly attempts: number
  readonly acknowledged: boolean
  readonly lastAnswer?: string
}

/** A person or firm of the region's test environment. */
export interface TestPerson {
  readonly kind: 'person' | 'organisation'
  readonly name: string
  /** GA/T 2000.156: `111` resident identity card, `001` unified social credit code, `414` passport. */
  readonly idType: string
  readonly idNumber: string
  readonly mobile: string
  readonly division?: string
  readonly agent?: { readonly name: string; readonly idNumber: string; readonly mobile: string }
}

/** An account of the region's log-in. `level` is its real-name level as the region writes it. */
export interface SimulatedAccount {
  readonly id: string
  readonly kind: 'person' | 'organisation'
  readonly name: string
  readonly level: string
  readonly note?: string
}

/** What a clerk may do to a licence or photo; `restore` puts back what the person held at first, `renew` takes a new photo today. */
export const HOLDING_ACTS = ['revoke', 'expire', 'remove', 'renew', 'restore'] as const
export type HoldingAct = (typeof HOLDING_ACTS)[number]

/** A licence or photo of a test person, as the region's own clerks see it. */
export interface SimulatedHolding {
  readonly id: string
  readonly kind: 'licence' | 'photo'
  /** What the licence is called, or for which document the photo was taken; empty where there is no photo. */
  readonly name: string
  readonly holder: string
  readonly idNumber: string
  /** The city that holds it, where the region keeps them by city. */
  readonly division?: string
  /** The region's own word for its state. */
  readonly state: string
  readonly acts: readonly HoldingAct[]
}

/** One region, played from its contract alone. */
export interface SimulatedRegion {
  readonly region: SimulatedRegionId
  readonly name: { readonly zh: string; readonly en: string }
  /** The region's HTTP interface, exactly as its contract says, and nothing else. */
  readonly app: Hono
  /** The object that the region directory holds for this region (section 2 of its contract). */
  readonly config: Record<string, unknown>
  /** The contract's operation id of a request, for faults and for the log. */
  readonly operationOf: (method: string, path: string) => string | undefined
  /** The answer by which this operation says, under HTTP 200, that the platform is busy or failed. */
  readonly busyAnswer: (operation: string | undefined) => object
  readonly persons: readonly TestPerson[]
  /** Who can log in there. */
  readonly accounts?: readonly SimulatedAccount[]
  /** Makes a ticket for an account without a page, as the browser would bring it back. */
  readonly logIn?: (account: string, service?: string) => string
  readonly cases: () => readonly SimulatedCase[]
  /** Lets a clerk act. Throws an `Error` with a plain sentence when the region's state machine does not allow it. */
  readonly advance: (caseNumber: string, act: ClerkAct) => SimulatedCase
  /** The licences and photos of its test persons. */
  readonly holdings?: () => readonly SimulatedHolding[]
  /** Lets a clerk change one. Throws an `Error` with a plain sentence when there is none, or the act is not among its `acts`. */
  readonly changeHolding?: (id: string, act: HoldingAct) => SimulatedHolding
  readonly refusals: () => readonly Refusal[]
  readonly callbacks: () => readonly CallbackRecord[]
  /** Sends every waiting callback once more, now, whatever its timer says; resolves when all were answered. */
  readonly sendCallbacks: () => Promise<void>
  /** Stops the timers. */
  readonly close: () => void
  /** The whole state as plain JSON, and back, so that a sandbox survives a restart of its process. */
  readonly save: () => unknown
  readonly load: (state: unknown) => void
}
