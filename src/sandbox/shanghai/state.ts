/** What simulated Shanghai remembers: plain JSON, files in Base64. */
import type { Refusal } from '../simulated.ts'
import catalogue from './catalogue.json' with { type: 'json' }
import type { HeldPhotoNow } from './holdings.ts'

export type Plain = Record<string, unknown>

/** One stuff (材料附件) of a case. `replacedAfter` counts steps, so that a notice knows what came after it. */
export interface Stuff {
  readonly stuffId: string
  readonly stuffCode: string
  stuffName: string
  fileName: string
  base64: string
  sm3: string
  kind: string
  replacedAfter: number
}

export interface Step {
  readonly stepName: string
  readonly status: string
  readonly opDepartCode: string
  readonly opDepartName: string
  readonly opUserId: string
  readonly opUsername: string
  readonly opTime: string
  readonly suggestion: string
}

export interface Document {
  readonly documentType: string
  readonly fileName: string
  readonly base64: string
  readonly sm3: string
}

export interface Correction {
  readonly suggestion: string
  readonly limitTime: string
  readonly stuffs: { stuffId: string; stuffCode: string; suggestion: string }[]
}

/** One application. `status` is the primary word; before the first save it is empty. */
export interface Apply {
  readonly applyNo: string
  readonly itemCode: string
  status: string
  body: Plain
  stuffs: Stuff[]
  steps: Step[]
  documents: Document[]
  correction: Correction | null
  sbTime: string
  submitTime: string
  acceptTime: string
  finishTime: string
  commitmentDays: number | ''
  commitmentTime: string
  result: string
  resultView: string
  lastCorrectOpTime: string
  lastEventMs: number
  areaCode: string
}

export interface Callback {
  readonly applyNo: string
  readonly eventId: string
  readonly word: string
  readonly body: string
  attempts: number
  acknowledged: boolean
  lastAnswer: string
}

export interface State {
  readonly region: 'shanghai'
  readonly version: 1
  serial: number
  /** Counts the choices among the answers that the contract leaves free. */
  choices: number
  tokens: Record<string, number>
  /** Tickets of the log-in that were not exchanged yet: whose, and the epoch millisecond of their end. */
  tickets: Record<string, { readonly account: string; readonly until: number }>
  /** When the platform opened, in epoch milliseconds: the days of licences and photos count from it. */
  openedAt: number
  /** Sessions of the licence and photo service, with the epoch millisecond of their end. */
  sessions: Record<string, number>
  /** Licences that were derived, oldest first: which one, and from when to when, `yyyy-MM-dd`. */
  derived: Record<string, { readonly certUuid: string; readonly startDay: string; readonly endDay: string }>
  /** Photos that were found: for which case, which portrait, and the epoch millisecond after which it is over. */
  foundPhotos: Record<
    string,
    { readonly businessCode: string; readonly portrait: number; readonly until: number }
  >
  /** Words that a clerk put in place of a licence's own. */
  licenceStatuses: Record<string, string>
  /** Photos that a clerk put in place of a person's own; `null` where there is none any more. */
  photos: Record<string, HeldPhotoNow | null>
  applies: Record<string, Apply>
  /** Identifiers of the ratings, by number of the case and of the rating. */
  ratings: Record<string, string>
  /** Open case by item and applicant, for the duplicate rule. */
  open: Record<string, string>
  /** Numbers of a person's cases. */
  byPerson: Record<string, string[]>
  readonly callbacks: Record<string, Callback>
  readonly refusals: Refusal[]
}

export const emptyState = (openedAt: number): State => ({
  region: 'shanghai',
  version: 1,
  serial: 0,
  choices: 0,
  tokens: {},
  tickets: {},
  openedAt,
  sessions: {},
  derived: {},
  foundPhotos: {},
  licenceStatuses: {},
  photos: {},
  applies: {},
  ratings: {},
  open: {},
  byPerson: {},
  callbacks: {},
  refusals: [],
})

/** Reads a saved platform back. Throws when the value is not one of this region and version. */
export function stateFrom(saved: unknown, now: number): State {
  if (
    typeof saved !== 'object' ||
    saved === null ||
    !('region' in saved && saved.region === 'shanghai') ||
    !('version' in saved && saved.version === 1)
  )
    throw new Error('This is not a saved state of the simulated Shanghai platform, version 1.')
  // The two marks above are only ever written together with the rest by `save`.
  // A state that was saved before there was a log-in, or licences, has neither tickets nor sessions, and opens now.
  return { ...emptyState(now), ...(structuredClone(saved) as unknown as State) }
}

/** A matter of the sample catalogue. */
export interface Matter {
  readonly itemCode: string
  readonly itemName: string
  readonly itemStatus: string
  readonly serviceObjects: readonly string[]
  readonly departCode: string
  readonly departName: string
  readonly promiseDays: number
  readonly dayUnit: string
  readonly updateTime: string
  readonly detail: Plain & { readonly taskHandleItem: string }
  readonly form: {
    readonly fields: readonly Field[]
    readonly codes: Readonly<Record<string, readonly { value: string }[]>>
  }
  readonly materials: readonly Material[]
  readonly servicePoints: readonly Plain[]
}

export interface Field {
  readonly name: string
  readonly type: string
  readonly required: string
  readonly code: string
  readonly maxLength: string
}

export interface Material {
  readonly stuffCode: string
  readonly stuffName: string
  readonly stuffType: string
  readonly required: string
  readonly catMainCode: string
}

/** Lists may stand as single objects in the sample. */
const many = <T>(value: unknown): readonly T[] =>
  (Array.isArray(value)
    ? value
    : value === undefined || value === null || value === ''
      ? []
      : [value]) as readonly T[]

/** The catalogue is data of ours; its shape is what the contract's samples have. */
export const MATTERS: readonly Matter[] = (catalogue.matters as unknown as Matter[])
  .map((one) => ({
    ...one,
    materials: many<Material>(one.materials),
    servicePoints: many<Plain>(one.servicePoints),
  }))
  .toSorted((a, b) => (a.updateTime + a.itemCode < b.updateTime + b.itemCode ? -1 : 1))

export const matterOf = (code: string): Matter | undefined => MATTERS.find((one) => one.itemCode === code)
