import { randomBytes, randomInt } from '../moment.ts'
import type { World } from '../simulated.ts'
import { type Config, configOf, SPARE_MS } from './config.ts'
import { type CaseRecord, emptyState, type PlatformState } from './state.ts'
import { wallClock } from './times.ts'

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

/** A new 21-digit number: area, day, and a serial over all areas (contract 4.b.1). */
export function nextNumber(office: Office, areaCode: string, atMs: number): string {
  office.state.sequence += 1
  const day = wallClock(atMs).slice(2, 10).replaceAll('-', '')
  return `${areaCode}${day}${String(office.state.sequence).padStart(9, '0')}`
}

/** A new six-digit case password. */
export const newPassword = (): string => String(randomInt(1_000_000)).padStart(6, '0')

/** Random lower-case hexadecimal digits, two for each byte. */
export const randomHex = (bytes: number): string => randomBytes(bytes).toString('hex')

/** The key under which the cases of one person in one area are kept. */
export function applicantKey(areaCode: string, cardType: string, cardNumber: string, name: string): string {
  return [areaCode, cardType, cardNumber, name].join('\u0000')
}

/** Files a new case under its number, its source and its applicant. */
export function fileCase(office: Office, record: CaseRecord): void {
  const { cases, caseBySource, casesByApplicant } = office.state
  cases[record.projId] = record
  if (record.source !== undefined) {
    caseBySource[sourceKey(record.source.sourceRegion, record.source.sourceProjectNo)] = record.projId
  }
  const { name, cardType, cardNumber } = record.applicant
  const key = applicantKey(record.areaCode, cardType, cardNumber, name)
  const list = casesByApplicant[key] ?? []
  casesByApplicant[key] = list
  // A new case is nearly always the newest, so the search for its place begins at the end.
  let place = list.length
  while (place > 0 && isAfter(cases[list[place - 1] ?? ''], record)) place -= 1
  list.splice(place, 0, record.projId)
}

function isAfter(left: CaseRecord | undefined, right: CaseRecord): boolean {
  if (left === undefined) return false
  return left.gmtApply === right.gmtApply ? left.projId > right.projId : left.gmtApply > right.gmtApply
}

/** The key under which the case of a source number is kept. */
export const sourceKey = (region: string, number: string): string => `${region}/${number}`

/** Drops numbers and uploads that nobody used for a day. Called now and then, never on every request. */
export function dropSpares(office: Office): void {
  const oldest = nowOf(office) - SPARE_MS
  for (const [number, issued] of Object.entries(office.state.numbers)) {
    if (issued.at < oldest) delete office.state.numbers[number]
  }
  for (const [path, file] of Object.entries(office.state.files)) {
    if (!file.used && file.at < oldest) delete office.state.files[path]
  }
}
