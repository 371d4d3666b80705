/** A region that tells the whole case in every answer and callback: what the gateway takes from it, each time. */
import { GatewayError } from '../../errors.ts'
import type { RegionalCase } from '../../schemas/case.ts'
import type { Alarm } from './codes.ts'
import { objectOf } from './connect.ts'
import type { Filed, Handle, ListedCase, RecordContext, RegionalEvent } from './contract.ts'

/** Members of a case that an event has too. */
const TOLD = [
  'caseKey',
  'sourceNumber',
  'acceptedAt',
  'dueAt',
  'completedAt',
  'correction',
  'result',
] as const

/** Only what is there: an absent member is left out, never `undefined`. */
const some = <T extends object, K extends keyof T>(from: T, members: readonly K[]) =>
  Object.fromEntries(members.filter((one) => from[one] !== undefined).map((one) => [one, from[one]])) as {
    [M in K]?: NonNullable<T[M]>
  }

/** The answer to a submission, a correction or a withdrawal. */
export const filedFrom = (told: RegionalCase, handle: Handle): Filed => ({
  caseNumber: told.caseNumber,
  handle,
  status: told.status,
  rawStatus: told.rawStatus,
  ...(told.updatedAt === undefined ? {} : { occurredAt: told.updatedAt }),
  ...some(told, ['result']),
})

/** A row of a person's cases. */
export const listedFrom = (told: RegionalCase, handle: Handle): ListedCase => ({
  caseNumber: told.caseNumber,
  division: told.division,
  matterCode: told.matterCode,
  title: told.title ?? told.matterName ?? '',
  status: told.status,
  rawStatus: told.rawStatus,
  ...some(told, ['caseKey', 'appliedAt', 'updatedAt', 'sourceNumber']),
  handle,
})

/** What a callback's body calls its parts. */
interface EventMembers {
  /** The region's key of the event. */
  readonly key: string
  /** The whole case. */
  readonly whole: string
  readonly note?: string
}

/** The event in a callback that tells the whole case, with the case's last change as its time; `undefined` for a body that cannot be read. */
export function eventIn(
  body: Buffer,
  { read }: { readonly read: (wire: unknown, context: RecordContext) => RegionalCase },
  { key, whole, note }: EventMembers,
): RegionalEvent | undefined {
  const alarms: Alarm[] = []
  try {
    const wire = objectOf(JSON.parse(body.toString('utf8')))
    const [eventKey, said] = [wire[key], note === undefined ? undefined : wire[note]]
    const told = read(wire[whole], { options: {}, alarms })
    if (typeof eventKey !== 'string' || eventKey === '' || told.updatedAt === undefined) return undefined
    return {
      key: eventKey,
      caseNumber: told.caseNumber,
      type: 'status',
      status: told.status,
      rawStatus: told.rawStatus,
      occurredAt: told.updatedAt,
      ...(typeof said === 'string' && said !== '' ? { note: said } : {}),
      ...some(told, TOLD),
      alarms,
    }
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof GatewayError) return undefined
    throw error
  }
}
