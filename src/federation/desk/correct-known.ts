/**
 * A known value that is wrong is corrected at the desk: with a reason, counted by itself, and recorded for the person. It is no field that
 * was typed again: nobody was asked for it.
 */
import { LIMITS } from '../../config.ts'
import { fault, GatewayError } from '../../errors.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { Actor, Deps } from '../deps.ts'
import { checkForm } from '../matters/check-form.ts'
import { changeDeskCase, type DeskCase, type DeskContent, deskFacts, requireOpen } from './content.ts'
import { formOf, isMobile } from './form.ts'
import { matterOf } from './take-in.ts'

/** How many known values were corrected. */
export const correctedIn = ({ known }: DeskContent): number =>
  known.filter(({ corrected }) => corrected !== undefined).length

/**
 * @throws GatewayError `DESK_STEP_MISSING` before the person has agreed or after handing over; `PARAMETER_INVALID` for what is not
 * known; `BODY_INVALID` without a reason, for a value that cannot be, and for the one that stands there
 */
export async function correctKnown(
  desk: DeskCase,
  asked: { readonly pointer: string; readonly value: string; readonly reason: string },
  clerkId: string,
  actor: Actor,
  deps: Deps,
): Promise<void> {
  requireOpen(desk)
  if (desk.row.consent === null) throw new GatewayError('DESK_STEP_MISSING', { step: 'consent' })
  const { pointer } = asked
  const [value, reason] = [asked.value.trim(), asked.reason.trim()]
  const before = desk.content.known.find((one) => one.pointer === pointer)
  if (!before) throw new GatewayError('PARAMETER_INVALID', { parameter: 'pointer' })
  const { matter } = await matterOf(desk, deps)
  const now = deps.now()
  // Corrected twice it is one correction: what it was at first stays told.
  const corrected = {
    was: before.corrected?.was ?? before.value,
    reason,
    by: clerkId,
    at: formatInstant(now),
  }
  const known = desk.content.known.map((one) => (one === before ? { ...one, value, corrected } : one))
  const content: DeskContent = { ...desk.content, known }
  const errors = [
    ...reasonFaults(reason),
    ...valueFaults(pointer, { value, before: before.value }, { matter, content }, now),
  ]
  if (errors.length > 0) throw new GatewayError('BODY_INVALID', { message: 'correction' }, { errors })
  const facts = deskFacts(desk, 'correctKnown', { fields: ['application'], clock: 'provision' }, deps)
  await changeDeskCase(desk, { content, corrected: correctedIn(content) }, [facts], actor, deps)
}

function reasonFaults(reason: string) {
  const length = [...reason].length
  if (length > 0 && length <= LIMITS.correctionReasonCharacters) return []
  return [
    fault(
      '/reason',
      'LENGTH',
      `请写明更正原因, 至多 ${LIMITS.correctionReasonCharacters} 个字`,
      `Say why, in ${LIMITS.correctionReasonCharacters} characters at most`,
    ),
  ]
}

function valueFaults(
  pointer: string,
  { value, before }: { readonly value: string; readonly before: string },
  { matter, content }: { readonly matter: Matter; readonly content: DeskContent },
  now: Date,
) {
  if (value === before || value === '')
    return [fault(pointer, 'UNCHANGED', '请填写正确的值', 'Give the right value')]
  if (pointer === '/applicant/mobile')
    return isMobile(value)
      ? []
      : [fault(pointer, 'FORMAT', '请填写 11 位手机号', 'Give a mobile number of eleven digits')]
  const today = formatInstant(now).slice(0, 10)
  return checkForm(formOf(matter, content), matter.form.fields, today).filter(
    (one) => one.pointer === pointer,
  )
}
