import { entryOf } from '../entries.ts'
import { randomBytes, randomInt } from '../moment.ts'
import type { World } from '../simulated.ts'
import { type Config, configOf } from './config.ts'
import { type CaseRecord, emptyState, type PlatformState } from './state.ts'
import { DAY_MS, wallClock } from './times.ts'

/** What every part of the platform shares: the world outside, the configuration and the state. */
export interface Office {
  readonly world: World
  readonly config: Config
  /** Replaced as a whole when a saved state is loaded. */
  state: PlatformState
}

/** A platform without cases. */
export function openOffice(world: World): Office {
  return { world, config: configOf(world), state: emptyState(world.now().getTime()) }
}

/** The platform's clock in epoch milliseconds. */
export const nowOf = (office: Office): number => office.world.now().getTime()

/** Random lower-case hexadecimal digits, two for each byte. */
export const randomHex = (bytes: number): string => randomBytes(bytes).toString('hex')

const SERIALS_A_DAY = 9999

/**
 * A new case number (contract section 1): city, day, four digits. A city that gives more than 9999 numbers on
 * one day goes on with those of the next day, so that the form holds under load.
 */
export function nextNumber(office: Office, division: string, atMs: number): string {
  for (let dayMs = atMs; ; dayMs += DAY_MS) {
    const key = `${division}${wallClock(dayMs).slice(0, 10).replaceAll('-', '')}`
    const serial = Math.max(office.state.serials[key] ?? 0, office.state.firstSerial) + 1
    if (serial > SERIALS_A_DAY) continue
    office.state.serials[key] = serial
    return `AH${key}${String(serial).padStart(4, '0')}`
  }
}

/** A new query password of six digits; every other one begins with a zero, which has to be kept. */
export function newPassword(projid: string): string {
  const isOdd = Number(projid.slice(-1)) % 2 === 1
  return String(randomInt(isOdd ? 100_000 : 1_000_000)).padStart(6, '0')
}

/** A number that nobody registered within a day counts as never taken (contract 4b). */
function hasLapsed(record: CaseRecord, nowMs: number): boolean {
  return record.state === '00' && nowMs - record.takenAt >= DAY_MS
}

function forget({ state }: Office, record: CaseRecord): void {
  delete state.cases[record.projid]
  delete state.caseByUnid[record.unid]
  for (const url of record.files) {
    const file = state.files[url]
    if (file !== undefined) delete state.fileByContent[`${file.unid}/${file.attrId}/${file.md5}`]
    delete state.files[url]
  }
}

/** The case of that number, unless its number has lapsed. */
export function caseOf(office: Office, projid: string): CaseRecord | undefined {
  const record = entryOf(office.state.cases, projid)
  if (record === undefined || !hasLapsed(record, nowOf(office))) return record
  forget(office, record)
  return undefined
}

/** The case of that `UNID`, unless its number has lapsed. */
export function caseOfUnid(office: Office, unid: string): CaseRecord | undefined {
  const projid = entryOf(office.state.caseByUnid, unid)
  return projid === undefined ? undefined : caseOf(office, projid)
}

/** Drops lapsed numbers from the head of the queue; called when a number is taken, so it costs next to nothing. */
export function dropLapsed(office: Office): void {
  const { cases, drafts } = office.state
  for (let head = drafts[0]; head !== undefined; head = drafts[0]) {
    const record = cases[head]
    if (record?.state === '00') {
      if (!hasLapsed(record, nowOf(office))) return
      forget(office, record)
    }
    drafts.shift()
  }
}

/** The key under which the cases of one person in one city are kept. */
export function applicantKey(areaCode: string, cardType: string, cardNumber: string): string {
  return `${areaCode}/${cardType}/${cardNumber}`
}

const keyOf = ({ areaCode, applicant }: CaseRecord): string =>
  applicantKey(areaCode, applicant.cardType, applicant.cardNumber)

const orderOf = ({ applyTime, projid }: CaseRecord): string => `${applyTime} ${projid}`

/** Puts a registered case into its applicant's list. */
export function listUnderApplicant(office: Office, record: CaseRecord): void {
  const { cases, casesByApplicant } = office.state
  const list = entryOf(casesByApplicant, keyOf(record)) ?? []
  casesByApplicant[keyOf(record)] = list
  // A new case is nearly always the newest, so the search for its place begins at the end.
  let place = list.length
  for (; place > 0; place -= 1) {
    const before = cases[list[place - 1] ?? '']
    if (before === undefined || orderOf(before) < orderOf(record)) break
  }
  list.splice(place, 0, record.projid)
}

/** Takes a case out of its applicant's list, before a resubmission names another one. */
export function unlistUnderApplicant(office: Office, record: CaseRecord): void {
  const list = entryOf(office.state.casesByApplicant, keyOf(record))
  const place = list?.lastIndexOf(record.projid) ?? -1
  if (place >= 0) list?.splice(place, 1)
}
