/** The times and states that every document about a case writes in the same way. */
import type { CaseStatus } from '../../schemas/case-status.ts'
import { wallClock } from '../kit/clock.ts'
import { asText, atMost } from '../kit/codecs.ts'
import type { RawStatus } from '../kit/contract.ts'
import { isAbsent } from '../kit/table.ts'
import { ROOT } from '../kit/trace.ts'
import { PHASE_LABELS, phase } from './codes.ts'

/** An instant, or nothing for `null`, `""` and a missing member (trap 15). */
export const instant = (wire: unknown): string | undefined =>
  isAbsent(wire) ? undefined : wallClock.decode(wire as string, {}, ROOT)
/** The wall clock of an instant; `""` for none, as the platform writes it. */
export const wall = (canon: string | undefined): string =>
  canon === undefined ? '' : wallClock.encode(canon, {}, ROOT)

/** `phaseCode/doAction`; the action may be a number or a string. */
export const pairOf = (wire: { phaseCode: unknown; doAction: unknown }): string =>
  `${String(wire.phaseCode)}/${asText(wire.doAction)}`
export const rawOf = (pair: string, nodeName?: string | null): RawStatus => ({
  code: pair,
  label: PHASE_LABELS[pair] ?? atMost(nodeName ?? '', 100),
})

/** Phase and action of a state; one without a code keeps the pair that it came with. */
export const pairFor = (status: CaseStatus, raw: RawStatus): [string, string] => {
  const [phaseCode = '', doAction = ''] = (status === 'UNKNOWN' ? raw.code : phase.encode(status)).split('/')
  return [phaseCode, doAction]
}
