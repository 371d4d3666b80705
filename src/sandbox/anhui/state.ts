import type { CallbackRecord, Refusal } from '../simulated.ts'
import type { HeldPhotoNow, LicenceChange } from './holdings.ts'
import type { State } from './state-machine.ts'

/** One step of a case (contract 4c, `nodes`). Every step is instant. */
export interface Step {
  readonly state: State
  readonly userName: string
  readonly startTime: string
  readonly opinion: string
}

/** What a clerk asks to be corrected (contract 4c, `correctInfo`). */
export interface Correction {
  readonly deadline: string
  readonly items: readonly { readonly attrId: string; readonly attrName: string; readonly reason: string }[]
  readonly remark: string
}

/** A taken number and, once it is registered, the case under it. */
export interface CaseRecord {
  readonly projid: string
  /** Empty for a case that did not come through the gateway. */
  readonly projpwd: string
  /** Empty for a case that did not come through the gateway. */
  readonly unid: string
  readonly areaCode: string
  readonly serviceCode: string
  /** When the number was taken, epoch milliseconds. */
  readonly takenAt: number
  state: State
  /** The `SERVICEVERSION` of the last registration. */
  version: string
  projectName: string
  applicant: { readonly name: string; readonly cardType: string; readonly cardNumber: string }
  callbackUrl: string
  applyTime: string
  acceptTime: string
  promiseEtime: string
  transactTime: string
  transactResult: string
  transactResultCode: string
  resultCode: string
  correction?: Correction
  readonly steps: Step[]
  /** Ids of the materials of the last registration that have files. */
  uploaded: readonly string[]
  /** Addresses of everything that was uploaded for it. */
  readonly files: string[]
}

/** One uploaded file (contract 4d). */
export interface StoredFile {
  readonly unid: string
  readonly attrId: string
  readonly fileName: string
  readonly suffix: string
  readonly filePwd: string
  readonly md5: string
  readonly base64: string
}

/** A callback with what is needed to send it again; the body goes once an answer ended it. */
export type QueuedCallback = { -readonly [Key in keyof CallbackRecord]: CallbackRecord[Key] } & {
  readonly url: string
  readonly contentType: string
  body?: string
}

/** A CAS ticket, made for one address, until it is used (contract 4e). */
export interface LogInTicket {
  readonly userId: string
  readonly service: string
  readonly at: number
}

/** A token of a user or of the 皖事通 app: whose, and since when. */
export interface UserToken {
  readonly userId: string
  readonly at: number
}

/** A token with which a holder's licences and photos are read: whose, and since when (contract 4g). */
export interface HolderToken {
  readonly applyId: string
  readonly applyName: string
  readonly at: number
}

/** The whole platform as plain JSON. */
export interface PlatformState {
  readonly region: 'anhui'
  readonly version: 1
  /** Counts the choices among what the contract leaves free. */
  choices: number
  /** The last serial by city and day of the case numbers. */
  readonly serials: Record<string, number>
  /** The serial behind which every day begins. */
  firstSerial: number
  /** Counts the result documents. */
  documents: number
  readonly cases: Record<string, CaseRecord>
  readonly caseByUnid: Record<string, string>
  /** Case numbers of one person in one city, by `applyTime` and then number, ascending. */
  readonly casesByApplicant: Record<string, string[]>
  /** Numbers that may still lapse, oldest first. */
  readonly drafts: string[]
  readonly files: Record<string, StoredFile>
  /** File addresses by `unid/attrId/md5`. */
  readonly fileByContent: Record<string, string>
  /** When each nonce was burnt, in two generations so that old ones go all at once. */
  nonces: {
    since: number
    recent: Record<string, number>
    older: Record<string, number>
  }
  /** Counts the tickets, whose number stands in each. */
  ticketNumber: number
  readonly tickets: Record<string, LogInTicket>
  readonly userTokens: Record<string, UserToken>
  readonly appTokens: Record<string, UserToken>
  /** When the platform opened, in epoch milliseconds: the days of photos and the ends of licences count from it. */
  readonly openedAt: number
  /** By `certId`, what a clerk changed. */
  readonly licenceChanges: Record<string, LicenceChange>
  /** Photos by number, where a clerk changed what was held at first. */
  readonly photos: Record<string, readonly HeldPhotoNow[]>
  /** The tokens of `unauth-token`, oldest first. */
  readonly holderTokens: Record<string, HolderToken>
  /** When a photo was last queried for a case, by `photoId/projNo`, oldest first. */
  readonly photoQueries: Record<string, number>
  /** Ids of the ratings by case number and state. */
  readonly ratings: Record<string, string>
  readonly callbacks: Record<string, QueuedCallback>
  readonly refusals: Refusal[]
}

/** A platform that has just been set up. */
export function emptyState(openedAt: number): PlatformState {
  return {
    region: 'anhui',
    version: 1,
    choices: 0,
    serials: {},
    firstSerial: 0,
    documents: 0,
    cases: {},
    caseByUnid: {},
    casesByApplicant: {},
    drafts: [],
    files: {},
    fileByContent: {},
    nonces: { since: 0, recent: {}, older: {} },
    ticketNumber: 0,
    tickets: {},
    userTokens: {},
    appTokens: {},
    openedAt,
    licenceChanges: {},
    photos: {},
    holderTokens: {},
    photoQueries: {},
    ratings: {},
    callbacks: {},
    refusals: [],
  }
}

/** Reads a saved platform back. Throws when the value is not one of this region and version. */
export function stateFrom(saved: unknown, now: number): PlatformState {
  if (
    typeof saved !== 'object' ||
    saved === null ||
    !('region' in saved && saved.region === 'anhui') ||
    !('version' in saved && saved.version === 1)
  ) {
    throw new Error('This is not a saved state of the simulated Anhui platform, version 1.')
  }
  // The two marks above are only ever written together with the rest by `save`; a state that was saved before there was a log-in
  // has no tickets, and one from before there were photos opens now.
  return { ...emptyState(now), ...(structuredClone(saved) as unknown as PlatformState) }
}
