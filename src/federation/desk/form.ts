/** The form at the desk: only what nobody knows is asked. */
import { type FieldError, fault, GatewayError } from '../../errors.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { FormField, Matter } from '../../schemas/matter.ts'
import type { Actor, Deps } from '../deps.ts'
import { checkForm } from '../matters/check-form.ts'
import { changeDeskCase, type DeskCase, type DeskContent, deskFacts, requireOpen } from './content.ts'
import { matterOf } from './take-in.ts'

/** A question of the form. */
export type Asked = Pick<FormField, 'label' | 'type' | 'required' | 'options' | 'maxLength'> & {
  readonly pointer: string
}

const MOBILE: Asked = {
  pointer: '/applicant/mobile',
  label: { zh: '手机号码', en: 'Mobile' },
  type: 'mobile',
  required: true,
  maxLength: 11,
}

export const isMobile = (text: string): boolean => /^1[0-9]{10}$/.test(text)

/** Labels under which forms ask for the applicant's own telephone once more: one answer serves both. */
const OWN_MOBILE: readonly string[] = ['联系电话', '手机号', '手机号码', '联系手机', '申请人手机号']

const isOwnMobile = ({ type, label }: Pick<FormField, 'type' | 'label'>): boolean =>
  (type === 'mobile' || type === 'phone') && OWN_MOBILE.includes(label.zh)

/** Every question of a matter's form, and the person's telephone. */
export const questionsOf = ({ form }: Matter): readonly Asked[] => [
  MOBILE,
  ...form.fields
    .filter((field) => !isOwnMobile(field))
    .map(({ name, ...field }) => ({ ...field, pointer: `/form/${name}` })),
]

/** What is left to ask, in the order of the form. */
export const askedOf = (matter: Matter, { known }: DeskContent): readonly Asked[] =>
  questionsOf(matter).filter(({ pointer }) => !known.some((one) => one.pointer === pointer))

/** What was typed though it is known. There is none while `fillIn` does its work: whoever counts does not trust it. */
export const retypedIn = ({ known, typed }: DeskContent): number =>
  known.filter(({ pointer }) => pointer in typed).length

/** The values of the form as they are filed. */
export function formOf({ form }: Matter, content: DeskContent): Record<string, string> {
  const { known, typed } = content
  const mobile = valueAt(content, '/applicant/mobile') ?? ''
  const own = form.fields.filter(isOwnMobile).map(({ name }) => [`/form/${name}`, mobile] as const)
  const values = [
    ...own,
    ...known.map(({ pointer, value }) => [pointer, value] as const),
    ...Object.entries(typed),
  ]
  return Object.fromEntries(
    values.flatMap(([pointer, value]) =>
      pointer.startsWith('/form/') && value !== '' ? [[pointer.slice('/form/'.length), value]] : [],
    ),
  )
}

/** The value of one pointer, typed or known. */
export const valueAt = ({ known, typed }: DeskContent, pointer: string): string | undefined =>
  known.find((one) => one.pointer === pointer)?.value ?? (typed[pointer] || undefined)

/**
 * Takes what the clerk typed. Values that are wrong are kept too, so that nothing is typed twice: they are told each time.
 * @throws GatewayError `DESK_FIELD_KNOWN` for a field that was not asked, and nothing is taken; `DESK_STEP_MISSING` before the person
 * has agreed; `BODY_INVALID` with the pointers of what is wrong
 */
export async function fillIn(
  desk: DeskCase,
  answers: Readonly<Record<string, string>>,
  actor: Actor,
  deps: Deps,
): Promise<void> {
  requireOpen(desk)
  if (desk.row.consent === null) throw new GatewayError('DESK_STEP_MISSING', { step: 'consent' })
  const { matter } = await matterOf(desk, deps)
  const asked = askedOf(matter, desk.content)
  const known = Object.keys(answers).filter((pointer) => !asked.some((one) => one.pointer === pointer))
  if (known.length > 0) throw new GatewayError('DESK_FIELD_KNOWN', { count: known.length })
  const typed = Object.fromEntries(asked.map(({ pointer }) => [pointer, (answers[pointer] ?? '').trim()]))
  const content: DeskContent = { ...desk.content, typed }
  const facts = deskFacts(desk, 'fillIn', { fields: ['application'], clock: 'access' }, deps)
  await changeDeskCase(desk, { content }, [facts], actor, deps)
  const errors = faultsOf(matter, content, deps.now())
  if (errors.length > 0) throw new GatewayError('BODY_INVALID', { message: 'form' }, { errors })
}

/** What is wrong with what was typed. What is known was checked where it comes from, and is the region's to judge. */
export function faultsOf(matter: Matter, content: DeskContent, now: Date): readonly FieldError[] {
  const today = formatInstant(now).slice(0, 10)
  const asked = askedOf(matter, content).map(({ pointer }) => pointer)
  const mobile = content.typed['/applicant/mobile'] ?? ''
  const wrongMobile =
    asked.includes('/applicant/mobile') && !isMobile(mobile)
      ? [fault('/applicant/mobile', 'FORMAT', '请填写 11 位手机号', 'Give a mobile number of eleven digits')]
      : []
  return [
    ...wrongMobile,
    ...checkForm(formOf(matter, content), matter.form.fields, today).filter(({ pointer }) =>
      asked.includes(pointer),
    ),
  ]
}
