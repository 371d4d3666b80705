/** Who has a case, what is to be done, and by when: in Chinese and English, with names instead of codes. */
import { LIMITS } from '../../../config.ts'
import type { AskedFor, Case, CorrectionRequest, NextStep } from '../../../schemas/case.ts'
import type { CaseClock } from '../../../schemas/clock.ts'
import type { MatterNames } from '../matter-facts.ts'
import { dayOf, dayWords } from './dates.ts'
import { EVENT_WORDS } from './event-words.ts'
import { joined, quoted, STATUS_WORDS, statusSays, type Words, words } from './status-words.ts'

/** A case before it has words. */
export type Wordless = Omit<Case, 'sentence' | 'next'>

/** What words are made of besides. */
export interface More {
  /** Since when the region has not answered. */
  readonly silentSince: Date | null
  /** Absent where the matter is not known: codes then stand for names. */
  readonly names?: MatterNames
}

/** Whose move it is. */
export const WHO: Readonly<Record<Case['ball'], Words | null>> = {
  applicant: words('现在轮到您办。', 'It is your turn.'),
  region: words('现在由办理部门处理。', 'The department has it now.'),
  gateway: words('现在由我们转送。', 'We are passing it on now.'),
  nobody: null,
}

export const ON_ITS_WAY = words(
  '补正或撤回已记下, 正在转给办理地区。',
  'The correction or withdrawal was noted and is on its way to the region.',
)
const REFUSED_FILING = words(
  '请看清原因, 改好后重新申请。',
  'Please read the reason, mend it and apply again.',
)

/** Whether the application itself is still on its way: its region has said nothing of it. */
const isFiling = ({ dispatch, rawStatus }: Wordless): boolean =>
  dispatch.state === 'pending' && rawStatus === null

/** How a case stands. */
export function sentenceOfCase(shown: Wordless): Words {
  if (isFiling(shown)) return EVENT_WORDS.filed
  if (shown.dispatch.state === 'pending') return ON_ITS_WAY
  if (shown.dispatch.state === 'refused') return EVENT_WORDS.refused
  return statusSays(shown.status, shown.rawStatus)
}

/** What comes next; nothing when all is done. */
export function nextStepOf(shown: Wordless, more: More): NextStep | null {
  if (shown.ball === 'gateway') return joined(WHO.gateway, tryingSince(shown))
  if (shown.dispatch.state === 'refused') return joined(WHO.applicant, REFUSED_FILING)
  if (shown.ball === 'applicant' && shown.correction) return correcting(shown.correction, more)
  const { next, isWaiting } = STATUS_WORDS[shown.status]
  if (next === null) return null
  if (shown.ball !== 'region') return joined(WHO[shown.ball], next)
  const { dueOn, clock } = shown
  // Who is late, or silent, leaves the reader something to do or to know.
  const isQuiet = isWaiting && !clock?.overdue && more.silentSince === null
  return {
    ...joined(
      WHO.region,
      next,
      isQuiet ? NOTHING_TO_DO : null,
      promiseWords(dueOn, clock),
      silence(more.silentSince),
    ),
    ...(dueOn ? { by: dueOn } : {}),
  }
}

const NOTHING_TO_DO = words('您不用做什么。', 'You need not do anything.')

function tryingSince(shown: Wordless): Words {
  if (!isFiling(shown))
    return words(
      '我们会一直送到办理地区收下为止, 您不用做什么。',
      'We keep trying until the region takes it; you need not do anything.',
    )
  const day = dayWords(shown.appliedAt)
  return words(
    `我们从${day.zh}起一直在送, 直到办理地区收下为止, 您不用做什么。`,
    `We have been trying since ${day.en} and keep on until the region takes it; you need not do anything.`,
  )
}

/** The promised day. A clock that stands still has none. */
export function promiseWords(dueOn: string | null, clock: CaseClock | null): Words | null {
  if (dueOn === null)
    return clock?.stoppedSince
      ? words('承诺时限现在停着。', 'The promised time stands still meanwhile.')
      : null
  const day = dayWords(dueOn)
  if (clock?.overdue)
    return words(
      `承诺的办结日${day.zh}已过, 可以催办。`,
      `It was promised by ${day.en}; you can remind of it.`,
    )
  return clock?.provisional && clock.source === 'computed'
    ? words(`承诺最晚${day.zh}办结(暂定, 放假安排还没有公布)。`, `It is promised by ${day.en} (provisional).`)
    : words(`承诺最晚${day.zh}办结。`, `It is promised by ${day.en}.`)
}

function silence(since: Date | null): Words | null {
  if (since === null) return null
  const day = dayOf(since)
  return words(`办理地区从${day.zh}起没有回音, 我们会接着问。`, `No answer since ${day.en}; we keep asking.`)
}

/** Names every field and document, with the department's reasons in its own words. */
function correcting(request: CorrectionRequest, { names }: More): NextStep {
  const asks = asksOf(request, names)
  const by = request.dueOn?.slice(0, 10)
  const why = quoted(request.reason, LIMITS.quotedCharacters)
  return {
    ...joined(
      WHO.applicant,
      asks.length > 0 ? namedWords(asks) : STATUS_WORDS.CORRECTION_REQUIRED.next,
      why === '' ? null : words(`办理部门的原话: ${why}。`, `In the department’s own words: ${why}.`),
      by ? lastDay(dayWords(by)) : null,
    ),
    ...(by ? { by } : {}),
    ...(asks.length > 0 ? { asks: [...asks] } : {}),
  }
}

const lastDay = (day: Words): Words => words(`最后一天是${day.zh}。`, `The last day for this is ${day.en}.`)

function asksOf(
  { fields, documents }: CorrectionRequest,
  names: MatterNames | undefined,
): readonly AskedFor[] {
  return [
    ...fields.map((id): AskedFor => ({ kind: 'field', id, name: names?.fields.get(id) ?? { zh: id } })),
    ...documents.map(
      ({ id, name, reason }): AskedFor => ({
        kind: 'document',
        id,
        name: names?.documents.get(id) ?? { zh: name ?? id },
        ...(reason ? { reason } : {}),
      }),
    ),
  ]
}

const KINDS = { field: words('填写项', 'the entry'), document: words('材料', 'the document') } as const
/** Characters of a name that are quoted. */
const NAME_MOST = 100

function namedWords(asks: readonly AskedFor[]): Words {
  const named = asks.slice(0, LIMITS.asksNamed).map(askWords)
  const left = asks.length - named.length
  if (left > 0) named.push(words(`另有${left}项`, `${left} more`))
  return words(
    `请补正${asks.length}项: ${named.map(({ zh }) => zh).join('; ')}。`,
    `Please supply anew: ${named.map(({ en }) => en).join('; ')}.`,
  )
}

function askWords({ kind, name, reason }: AskedFor): Words {
  const why = quoted(reason ?? '', LIMITS.quotedCharacters)
  return words(
    `${KINDS[kind].zh}${quoted(name.zh, NAME_MOST)}${why === '' ? '' : ` (部门写的理由: ${why})`}`,
    `${KINDS[kind].en} ${quoted(name.en ?? name.zh, NAME_MOST)}${why === '' ? '' : ` (the department’s reason: ${why})`}`,
  )
}

/** Sentence and next step of a case. */
export const withWords = (shown: Wordless, more: More): Case => ({
  ...shown,
  sentence: sentenceOfCase(shown),
  next: nextStepOf(shown, more),
})
