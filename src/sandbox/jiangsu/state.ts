/** What simulated Jiangsu remembers: plain JSON, files in Base64. */
import type { CallbackRecord, Refusal } from '../simulated.ts'
import type { HeldPhotoNow } from './holdings.ts'

export interface Operation {
  readonly operatetype: string
  readonly operatename: string
  readonly operateusername: string
  readonly operatedate: string
  readonly remarks: string
  readonly ouname: string
}

/** One uploaded file. `turn` counts uploads and correction requests together, so that newer is known. */
export interface Attachment {
  readonly attachguid: string
  readonly taskmaterialguid: string
  readonly clientguid: string
  readonly attachname: string
  readonly size: number
  readonly base64: string
  readonly uploaddate: string
  readonly turn: number
}

/** An open correction request (`buzhenginfo`). */
export interface Correction {
  readonly deadline: string
  readonly opinion: string
  readonly materials: readonly { taskmaterialguid: string; materialname: string; opinion: string }[]
  readonly turn: number
}

export interface ResultFile {
  readonly attachguid: string
  readonly attachname: string
  readonly size: number
  readonly base64: string
  readonly resultname: string
  readonly resultno: string
}

/** One case. `params` is what was submitted; a case that was only begun has none. */
export interface CaseRecord {
  readonly projectguid: string
  readonly areacode: string
  readonly taskguid: string
  readonly sourceareacode: string
  readonly sourceprojectno: string
  flowsn: string
  status: number
  params?: Readonly<Record<string, string>>
  formdata: string
  acceptdate: string
  promiseenddate: string
  banjiedate: string
  banjieresult: string
  correction?: Correction
  readonly operations: Operation[]
  readonly files: Attachment[]
  readonly results: ResultFile[]
}

/** A case of which nothing is known yet but where it belongs: it waits to be submitted. */
export const emptyCase = (
  named: Pick<CaseRecord, 'projectguid' | 'areacode' | 'taskguid' | 'sourceareacode' | 'sourceprojectno'>,
): CaseRecord => ({
  ...named,
  flowsn: '',
  status: 8,
  formdata: '{}',
  acceptdate: '',
  promiseenddate: '',
  banjiedate: '',
  banjieresult: '',
  operations: [],
  files: [],
  results: [],
})

export type QueuedCallback = {
  -readonly [Key in keyof CallbackRecord]: CallbackRecord[Key]
} & { params?: Readonly<Record<string, unknown>> }

export type LicenceState = 'valid' | 'expired' | 'cancelled'

/** A photo that a question found. */
export interface FoundPhoto {
  readonly yt: string
  readonly ywh: string
  readonly dwdm: string
  readonly portrait: number
  readonly until: number
}

export interface PlatformState {
  readonly region: 'jiangsu'
  readonly version: 1
  sequence: number
  choices: number
  turn: number
  readonly cases: Record<string, CaseRecord>
  readonly bySource: Record<string, string>
  readonly byNumber: Record<string, string>
  /** Case keys of one person in one city, in the order of filing. */
  readonly byPerson: Record<string, string[]>
  /** Nonces with the second of their end. */
  readonly nonces: Record<string, number>
  /** Tickets that were not exchanged yet: whose, and the epoch millisecond of their end. */
  readonly tickets: Record<string, { readonly account: string; readonly until: number }>
  /** Tokens of the identity platform: whose, since when (wall clock), and their end. */
  readonly tokens: Record<string, { readonly account: string; readonly at: string; readonly until: number }>
  /** When the platform opened, in epoch milliseconds: the days of licences and photos count from it. */
  openedAt: number
  /** Tokens of the licence and photo service, with the epoch millisecond of their end. */
  readonly licenceTokens: Record<string, number>
  /** Photos that were found: by which question, which portrait, and the epoch millisecond of their end. */
  readonly foundPhotos: Record<string, FoundPhoto>
  /** What a clerk made of a licence. */
  readonly licenceStates: Record<string, LicenceState>
  /** Photos that a clerk put in place of a person's own; `null` where there is none any more. */
  readonly photos: Record<string, HeldPhotoNow | null>
  /** Grades by case number and number of the rating. */
  readonly ratings: Record<string, string>
  readonly callbacks: Record<string, QueuedCallback>
  readonly refusals: Refusal[]
}

export const emptyState = (openedAt: number): PlatformState => ({
  region: 'jiangsu',
  version: 1,
  sequence: 0,
  choices: 0,
  turn: 0,
  cases: {},
  bySource: {},
  byNumber: {},
  byPerson: {},
  nonces: {},
  tickets: {},
  tokens: {},
  openedAt,
  licenceTokens: {},
  foundPhotos: {},
  licenceStates: {},
  photos: {},
  ratings: {},
  callbacks: {},
  refusals: [],
})

/** Reads a saved platform back. Throws when the value is not one of this region and version. */
export function stateFrom(saved: unknown, now: number): PlatformState {
  if (
    typeof saved !== 'object' ||
    saved === null ||
    !('region' in saved && saved.region === 'jiangsu') ||
    !('version' in saved && saved.version === 1)
  )
    throw new Error('This is not a saved state of the simulated Jiangsu platform, version 1.')
  // The two marks above are only ever written together with the rest by `save`.
  // A state that was saved before there was a log-in has neither tickets nor tokens; one without licences opens now.
  return { ...emptyState(now), ...(structuredClone(saved) as unknown as PlatformState) }
}
