/** Where the papers are: steps that are only ever added, each tied to the one before by a code that the database cannot make. */
import { GatewayError } from '../../errors.ts'
import type { CustodyRow } from '../../store/index.ts'
import { accessRow } from '../audit/access.ts'
import { canonicalJson } from '../audit/canonical.ts'
import type { Actor, Deps } from '../deps.ts'
import { type DeskCase, deskFacts } from './content.ts'
import type { AtDesk } from './enter.ts'
import { flowOf } from './flows.ts'

/** What may follow what, and at whose window it is noted. */
export const CUSTODY = {
  received: { zh: '窗口收到纸质材料', en: 'Received at the window', after: [null], at: 'source' },
  stored: { zh: '入柜保管', en: 'Locked away', after: ['received'], at: 'source' },
  sent: { zh: '寄往办理地', en: 'Sent to the other city', after: ['received', 'stored'], at: 'source' },
  arrived: {
    zh: '办理地收到',
    en: 'Received by the other city',
    after: ['sent', 'delivered', 'posted'],
    at: 'owner',
  },
  delivered: {
    zh: '结果当面交给本人',
    en: 'Result handed to the person',
    after: [null, 'received', 'stored', 'sent', 'arrived'],
    at: 'source',
  },
  posted: {
    zh: '结果寄给本人',
    en: 'Result posted to the person',
    after: [null, 'received', 'stored', 'sent', 'arrived'],
    at: 'source',
  },
} as const satisfies Record<
  string,
  {
    readonly zh: string
    readonly en: string
    readonly after: readonly (string | null)[]
    readonly at: 'source' | 'owner'
  }
>

export type CustodyStep = keyof typeof CUSTODY
/** Steps with which the result is in the person's hands, or on its way there: the flow of the case ends. */
export const DELIVERIES: readonly CustodyStep[] = ['delivered', 'posted']
export const isDelivered = (rows: readonly CustodyRow[]): boolean =>
  rows.some(({ step }) => DELIVERIES.some((one) => one === step))
const BY_COURIER: ReadonlySet<CustodyStep> = new Set(['sent', 'posted'])

export const isCustodyStep = (text: string): text is CustodyStep => text in CUSTODY

/** A courier's number: letters and digits, as they print it. */
const NUMBER = /^[0-9A-Z-]{6,40}$/
const MOST_CHARACTERS = 30

/** The steps that can be noted now, by a window of this side. */
export const nextSteps = (rows: readonly CustodyRow[], at: 'source' | 'owner'): readonly CustodyStep[] => {
  const last = rows.at(-1)?.step ?? null
  const has = (step: CustodyStep) => rows.some((row) => row.step === step)
  return (
    Object.keys(CUSTODY)
      .filter(isCustodyStep)
      // The result may be there before the papers are said to have come; what was never sent never comes.
      .filter((step) => !has(step) && (step !== 'arrived' || has('sent')))
      .filter((step) => CUSTODY[step].at === at && CUSTODY[step].after.some((one) => one === last))
  )
}

const macOf = ({ mac: _mac, ...row }: CustodyRow, { sealing }: Pick<Deps, 'sealing'>): string =>
  sealing.hash('custody', canonicalJson(Object.entries({ ...row, at: row.at.toISOString() })))

/** Whether every step follows the one before, in number, in time and by its code. */
export function isWhole(rows: readonly CustodyRow[], deps: Pick<Deps, 'sealing'>): boolean {
  return rows.every((row, index) => {
    const before = rows[index - 1]
    return (
      row.number === index + 1 &&
      row.previous === (before?.mac ?? '') &&
      row.mac === macOf(row, deps) &&
      (before === undefined || before.at <= row.at)
    )
  })
}

/**
 * Notes a step.
 * @param at at whose window: the one that took the papers in, or the owner's
 * @throws GatewayError `CUSTODY_ORDER` for a step that does not follow, and for the second of two at once; `BODY_INVALID` without a
 * courier and a number for papers that are sent
 */
export async function noteCustody(
  deskCaseId: string,
  asked: { readonly step: string; readonly courier?: string; readonly courierNumber?: string },
  at: 'source' | 'owner',
  { clerk }: AtDesk,
  deps: Deps,
): Promise<void> {
  const rows = await deps.store.deskCases.custodyOf(deskCaseId)
  const { step } = asked
  if (!isCustodyStep(step) || !nextSteps(rows, at).includes(step)) throw new GatewayError('CUSTODY_ORDER')
  const courier = (asked.courier ?? '').trim()
  const courierNumber = (asked.courierNumber ?? '').trim().toUpperCase()
  const isSent = BY_COURIER.has(step)
  if (isSent && (courier === '' || [...courier].length > MOST_CHARACTERS || !NUMBER.test(courierNumber)))
    throw new GatewayError('BODY_INVALID', { message: 'courier' })
  const last = rows.at(-1)
  const now = deps.now()
  const row: CustodyRow = {
    deskCaseId,
    number: rows.length + 1,
    step,
    clerkId: clerk.id,
    clientId: clerk.clientId,
    courier: isSent ? courier : null,
    courierNumber: isSent ? courierNumber : null,
    // A clock that was put back does not put papers back.
    at: last && last.at > now ? last.at : now,
    previous: last?.mac ?? '',
    mac: '',
  }
  if (!(await deps.store.deskCases.appendCustody({ ...row, mac: macOf(row, deps) })))
    throw new GatewayError('CUSTODY_ORDER')
}

/**
 * Notes where the papers of a case of one's own window are: they are received from a person who has agreed, and sent after their case.
 * @throws GatewayError `DESK_STEP_MISSING`, and what `noteCustody` throws
 */
export async function noteOwnCustody(
  desk: DeskCase,
  asked: Parameters<typeof noteCustody>[1],
  at: AtDesk,
  actor: Actor,
  deps: Deps,
): Promise<void> {
  const { row } = desk
  if (row.consent === null) throw new GatewayError('DESK_STEP_MISSING', { step: 'consent' })
  if (!flowOf(row.mode).steps.includes('custody') || DELIVERIES.some((step) => step === asked.step))
    throw new GatewayError('CUSTODY_ORDER')
  if (asked.step === 'sent' && row.caseId === null)
    throw new GatewayError('DESK_STEP_MISSING', { step: 'handOver' })
  await noteCustody(row.id, asked, 'source', at, deps)
  const facts = deskFacts(desk, 'custody', { fields: ['document'], clock: 'provision' }, deps)
  await deps.store.accesses.append([accessRow(facts, actor, deps)])
}
