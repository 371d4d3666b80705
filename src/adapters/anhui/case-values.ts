/** Small values that cases, events and listings share. */
import type { CaseStatus } from '../../schemas/case-status.ts'
import { wallClock } from '../kit/clock.ts'
import { asText } from '../kit/codecs.ts'
import type { RawStatus } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { ROOT } from '../kit/trace.ts'
import { STATUS_LABELS, status } from './codes.ts'

/** An instant, or nothing for `null`, `""` and a missing member. */
export const instant = (wire: unknown): string | undefined =>
  isAbsent(wire) ? undefined : wallClock.decode(wire as string, {}, ROOT)
/** An instant as the region's wall clock, `''` for nothing. */
export const wall = (canon: string | undefined): string =>
  canon === undefined ? '' : wallClock.encode(canon, {}, ROOT)

/** The raw status: the code as it came, with the region's own name where it tells one. */
export const rawOf = (code: string, name?: unknown): RawStatus => ({
  code,
  label: isAbsent(name) ? (STATUS_LABELS[code] ?? '') : String(name),
})

/** Text, `''` for nothing. */
export const word = (value: unknown): string => (isAbsent(value) ? '' : asText(value))

/** A status without a code keeps the one that it came with. */
export const codeFor = (canon: CaseStatus, raw: RawStatus): string =>
  canon === 'UNKNOWN' ? raw.code : status.encode(canon)
