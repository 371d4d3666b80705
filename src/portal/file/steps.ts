/** The questions of a draft, one a page: only what nobody knows yet. */
import { answerTo, type Draft, documentKey, isFirm } from '../../federation/drafts/content.ts'
import { isQuick } from '../../federation/matters/quick.ts'
import { CITIES, type City } from '../../schemas/division.ts'
import type { FormField, MatterDocument } from '../../schemas/matter.ts'
import type { Name } from '../frame/reader.ts'

export interface Step {
  /** Its name in addresses and among the draft's answers. */
  readonly key: string
  readonly label: Name
  /** A question with one answer. */
  readonly field?: FormField
  /** A document to hand in. */
  readonly document?: MatterDocument
}

const DELIVERY = {
  pickup: { zh: '到窗口领取', en: 'Collect at the window' },
  post: { zh: '邮寄', en: 'By post' },
  download: { zh: '网上下载', en: 'Download' },
  licence: { zh: '电子证照', en: 'Electronic licence' },
} as const

const ask = (key: string, label: { zh: string; en: string }, more: Partial<FormField> = {}): Step => ({
  key,
  label,
  field: { name: key, label, type: 'text', required: true, maxLength: 200, ...more },
})

const optionsOf = (cities: readonly City[]) =>
  cities.map(({ division, zh, en }) => ({ value: division, label: { zh: `${zh}市`, en } }))

/** All that the application can say, in the order of the questions. */
export function allSteps(draft: Draft): readonly Step[] {
  const { matter } = draft
  const cities = CITIES.filter(({ division }) => matter.divisions.includes(division))
  const modes = matter.deliveryModes ?? []
  return [
    ask(
      'division',
      { zh: '在哪个城市办理', en: 'In which city' },
      {
        type: 'select',
        options: optionsOf(cities),
      },
    ),
    ask(
      'sourceDivision',
      { zh: '您住在哪座城市', en: 'The city you live in' },
      { type: 'select', options: optionsOf(CITIES) },
    ),
    ask('mobile', { zh: '您的手机号码', en: 'Your mobile number' }, { type: 'mobile', maxLength: 11 }),
    ...(isFirm(draft)
      ? [ask('legalRepresentative', { zh: '法定代表人姓名', en: 'Legal representative' }, { maxLength: 50 })]
      : []),
    ...matter.form.fields.map((field): Step => ({ key: `form.${field.name}`, label: field.label, field })),
    ...matter.documents.map(
      (document): Step => ({ key: documentKey(document.id), label: document.name, document }),
    ),
    ...(modes.length > 0
      ? [
          ask(
            'delivery',
            { zh: '结果怎样给您', en: 'How you get the result' },
            { type: 'select', options: modes.map((mode) => ({ value: mode, label: DELIVERY[mode] })) },
          ),
        ]
      : []),
    ...(answerTo(draft, 'delivery') === 'post'
      ? [ask('address', { zh: '寄到哪里', en: 'Where to post it' }, { type: 'textarea' })]
      : []),
  ]
}

/** The questions that are asked: not those that were answered from what is known. */
export const asked = (draft: Draft): readonly Step[] =>
  allSteps(draft).filter(({ key }) => !draft.content.answers[key]?.source)

/** Whether a question was answered, be it with nothing where that is allowed. */
const isDone = ({ content }: Draft, { key, document }: Step): boolean =>
  content.answers[key] !== undefined || content.documents.some(({ id }) => id === document?.id)

/** What is still to be answered. Of a quick matter nothing is asked that may be left out of its documents: the page with everything offers them. */
export const openSteps = (draft: Draft): readonly Step[] =>
  asked(draft).filter((step) => !isDone(draft, step) && !(step.document && isQuick(draft.matter)))

/** Where to go on: the first question without an answer, all of them of a quick matter, the page with everything, or the receipt. */
export const nextPath = (draft: Draft): string => {
  const base = `/me/drafts/${draft.row.id}`
  if (draft.row.caseId) return `${base}/receipt`
  const [open] = openSteps(draft)
  if (!open) return `${base}/check`
  return isQuick(draft.matter) ? `${base}/quick` : `${base}/steps/${encodeURIComponent(open.key)}`
}
