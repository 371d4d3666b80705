import type { CallbackRecord, Refusal } from '../simulated.ts'
import type { HeldPhotoNow } from './holdings.ts'
import type { Channel, State } from './state-machine.ts'

/** A number that was taken and not used yet (contract 4.b.1). */
export interface IssuedNumber {
  readonly areaCode: string
  readonly matterCode: string
  readonly at: number
}

/** One file: an upload, a notice or a result document. The bytes are Base64 without line breaks. */
export interface StoredFile {
  readonly projId: string
  /** The material it was uploaded for; absent for the platform's own documents. */
  readonly suffId?: string
  readonly attName: string
  readonly size: number
  readonly digest: string
  readonly base64: string
  readonly at: number
  /** Whether a submission or a correction named it. Unused ones are dropped after a day. */
  used: boolean
}

/** One step of a case, oldest first in its case (contract 4.c.1, `nodes`). */
export interface Step {
  readonly state: State
  readonly operatorName: string
  readonly operatorUid: string
  readonly gmtStart: string
  gmtEnd?: string
  readonly opinion: string
}

/** What a clerk asks to be corrected (contract 4.c.1, `correctInfo`). */
export interface Correction {
  readonly correctSeq: number
  readonly correctDesc: string
  readonly gmtCorrectEnd: string
  readonly formFields: readonly string[]
  readonly materials: readonly { readonly suffId: string; readonly suffName: string }[]
}

/** One material as it was handed in (contract 4.b.2, `suffInfoList`). */
export interface HandedMaterial {
  readonly suffId: string
  readonly suffName: string
  readonly takeType: string
  readonly attachMentVOs: readonly {
    readonly attName: string
    readonly attPath: string
    readonly memo: string
  }[]
  readonly certificateSourceId?: string
}

/** One case with everything that the platform remembers of it. */
export interface CaseRecord {
  readonly projId: string
  readonly projPwd: string
  readonly sequence: number
  readonly areaCode: string
  readonly matterCode: string
  readonly projectName: string
  readonly affairType: string
  readonly applicant: {
    readonly name: string
    readonly cardType: string
    readonly cardNumber: string
  }
  /** Absent for a case that was made on the Zhejiang site. */
  readonly source?: { readonly sourceRegion: string; readonly sourceProjectNo: string }
  /** SHA-256 of the submitted body, so that a repeat is known; empty for a case of the Zhejiang site. */
  readonly bodyDigest: string
  readonly recvUserName: string
  readonly recvUserId: string
  readonly gmtApply: string
  state: State
  gmtUpdate: string
  gmtAccept?: string
  promiseTime?: string
  gmtService?: string
  result?: string
  resultDesc?: string
  resultCode?: string
  validFrom?: string
  validTo?: string
  denied: boolean
  /** How many events the platform itself made: the last part of an event id. */
  events: number
  correction?: Correction
  corrections: number
  /** Answered corrections by their sequence number, with what was answered. */
  readonly answered: Record<string, { readonly bodyDigest: string; readonly state: State }>
  readonly steps: Step[]
  materials: HandedMaterial[]
  form: Record<string, string>
  /** How many files the case has had: part of the next document's path. */
  files: number
  /** Paths of the result documents. */
  readonly results: string[]
}

/** A callback with what is needed to send it again; the body goes once it was acknowledged. */
export type QueuedCallback = {
  -readonly [Key in keyof CallbackRecord]: CallbackRecord[Key]
} & { readonly channel: Channel; body?: string }

/** A secret of the sharing dialect with its end in epoch milliseconds (contract 3.2). */
export interface Secret {
  readonly secret: string
  readonly endsAt: number
}

/** A ticket of the log-in, until it is exchanged (contract 4.e). */
export interface LogInTicket {
  readonly account: string
  readonly appId: string
  readonly at: number
}

/** A user access token: whose, and since when. */
export interface UserToken {
  readonly account: string
  readonly at: number
}

/** A photo that was found: whose and which it was, for which case, and when (contract 4.f). */
export interface FoundPhoto {
  readonly idNo: string
  readonly bizNo: string
  readonly portrait: number
  readonly at: number
}

/** The whole platform as plain JSON. */
export interface PlatformState {
  readonly region: 'zhejiang'
  readonly version: 1
  /** Counts the numbers that were issued, over all areas. */
  sequence: number
  /** Counts the choices among the answers that the contract leaves free. */
  choices: number
  readonly numbers: Record<string, IssuedNumber>
  readonly cases: Record<string, CaseRecord>
  readonly caseBySource: Record<string, string>
  /** Case numbers of one person in one area, by `gmtApply` and then number, ascending. */
  readonly casesByApplicant: Record<string, string[]>
  readonly files: Record<string, StoredFile>
  /** Grades by number of the case and of the rating. */
  readonly ratings: Record<string, string>
  /** Newest first; the ended ones are kept for a while to tell "ended" from "wrong". */
  refreshSecrets: Secret[]
  requestSecrets: Secret[]
  readonly tickets: Record<string, LogInTicket>
  readonly tokens: Record<string, UserToken>
  /** When the platform opened, in epoch milliseconds: the days of the photos count from it. */
  readonly openedAt: number
  /** Table 5.14 by identifier, where a clerk changed what was held at first. */
  readonly licenceStates: Record<string, string>
  /** Photos by number, where a clerk changed what was held at first; `null` where there is none any more. */
  readonly photos: Record<string, HeldPhotoNow | null>
  /** By `photoId`, oldest first. */
  readonly foundPhotos: Record<string, FoundPhoto>
  readonly callbacks: Record<string, QueuedCallback>
  readonly refusals: Refusal[]
}

/** A platform that has just been set up. */
export function emptyState(openedAt: number): PlatformState {
  return {
    region: 'zhejiang',
    version: 1,
    sequence: 0,
    choices: 0,
    numbers: {},
    cases: {},
    caseBySource: {},
    casesByApplicant: {},
    files: {},
    ratings: {},
    refreshSecrets: [],
    requestSecrets: [],
    tickets: {},
    tokens: {},
    openedAt,
    licenceStates: {},
    photos: {},
    foundPhotos: {},
    callbacks: {},
    refusals: [],
  }
}

/** Reads a saved platform back. Throws when the value is not one of this region and version. */
export function stateFrom(saved: unknown, now: number): PlatformState {
  if (
    typeof saved !== 'object' ||
    saved === null ||
    !('region' in saved && saved.region === 'zhejiang') ||
    !('version' in saved && saved.version === 1)
  ) {
    throw new Error('This is not a saved state of the simulated Zhejiang platform, version 1.')
  }
  // The two marks above are only ever written together with the rest by `save`; a state that was saved before there was a log-in
  // has no tickets, and one from before there were photos opens now.
  return { ...emptyState(now), ...(structuredClone(saved) as unknown as PlatformState) }
}
