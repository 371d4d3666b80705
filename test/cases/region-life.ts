/** What a region may do with a case, as a model: lives of a case that its rules allow, and what the region tells of them. */
import fc from 'fast-check'
import type { News } from '../../src/federation/cases/news.ts'
import type { CaseStatus } from '../../src/schemas/case-status.ts'

/** The states that may follow each state: the table of the regions' contracts. */
export const MOVES: Readonly<Record<Exclude<CaseStatus, 'DRAFT' | 'UNKNOWN'>, readonly CaseStatus[]>> = {
  SUBMITTED: [
    'PRECHECK_RETURNED',
    'PRECHECK_PASSED',
    'RECEIVED',
    'CORRECTION_REQUIRED',
    'ACCEPTED',
    'NOT_ACCEPTED',
    'WITHDRAWN',
    'VOIDED',
  ],
  PRECHECK_RETURNED: ['SUBMITTED', 'WITHDRAWN', 'VOIDED'],
  PRECHECK_PASSED: ['RECEIVED', 'CORRECTION_REQUIRED', 'ACCEPTED', 'NOT_ACCEPTED', 'WITHDRAWN', 'VOIDED'],
  RECEIVED: ['CORRECTION_REQUIRED', 'ACCEPTED', 'NOT_ACCEPTED', 'WITHDRAWN', 'VOIDED'],
  CORRECTION_REQUIRED: ['SUBMITTED', 'RECEIVED', 'ACCEPTED', 'NOT_ACCEPTED', 'WITHDRAWN', 'VOIDED'],
  ACCEPTED: [
    'IN_REVIEW',
    'CORRECTION_REQUIRED',
    'SUSPENDED',
    'APPROVED',
    'DENIED',
    'COMPLETED',
    'VOIDED',
    'WITHDRAWN',
  ],
  NOT_ACCEPTED: [],
  IN_REVIEW: [
    'REVIEW_RETURNED',
    'SUSPENDED',
    'CORRECTION_REQUIRED',
    'APPROVED',
    'DENIED',
    'COMPLETED',
    'VOIDED',
    'WITHDRAWN',
  ],
  REVIEW_RETURNED: ['IN_REVIEW', 'APPROVED', 'DENIED', 'COMPLETED', 'VOIDED', 'WITHDRAWN'],
  SUSPENDED: ['IN_REVIEW', 'APPROVED', 'DENIED', 'COMPLETED', 'VOIDED', 'WITHDRAWN'],
  APPROVED: ['COMPLETED', 'DELIVERED', 'VOIDED'],
  DENIED: ['COMPLETED', 'DELIVERED', 'VOIDED'],
  COMPLETED: ['DELIVERED'],
  VOIDED: [],
  WITHDRAWN: [],
  DELIVERED: [],
}

/** One life: what the region told as it happened, oldest first, and how it sees the case in the end. */
export interface Life {
  readonly told: readonly News[]
  readonly view: News
}

const iso = (ms: number): string => new Date(ms).toISOString()

/** What comes with a state. */
function factsOf(status: CaseStatus, at: number, n: number): Partial<News> {
  if (status === 'ACCEPTED') return { acceptedAt: iso(at), dueAt: iso(at + 10 * 86_400_000) }
  if (status === 'CORRECTION_REQUIRED' || status === 'PRECHECK_RETURNED')
    return { correction: { fields: [], documents: [{ id: `d${n}`, reason: `缺 ${n}` }], reason: `补 ${n}` } }
  if (status === 'COMPLETED') return { completedAt: iso(at), result: { decision: 'granted', documents: [] } }
  return {}
}

/** A life from random choices: each picks the next move, or an extension of the promise in between. */
function lifeOf(choices: readonly (readonly [number, number])[], start: number): Life {
  const told: News[] = []
  let status: keyof typeof MOVES = 'SUBMITTED'
  let at = start
  for (const [index, [choice, seconds]] of choices.entries()) {
    const next: readonly CaseStatus[] = MOVES[status]
    const to: CaseStatus | undefined = next[choice % Math.max(next.length, 1)]
    if (to === undefined || to === 'DRAFT' || to === 'UNKNOWN') break
    at += seconds * 1_000
    const isRunning = ['ACCEPTED', 'IN_REVIEW', 'SUSPENDED'].includes(status)
    if (isRunning && choice % 5 === 0)
      told.push(
        newsOf(`n${index}`, status, at, { type: 'note', note: '延期', dueAt: iso(at + 20 * 86_400_000) }),
      )
    else {
      status = to
      told.push(newsOf(`s${index}`, status, at, factsOf(status, at, index)))
    }
  }
  return { told, view: viewOf(told, start) }
}

const newsOf = (key: string, status: CaseStatus, at: number, more: Partial<News>): News => ({
  key,
  type: 'status',
  status,
  rawStatus: { code: status, label: status },
  occurredAt: iso(at),
  via: 'callback',
  ...more,
})

/** What the region answers when it is asked in the end: the first acceptance, the last promise, the state and what belongs to it. */
function viewOf(told: readonly News[], start: number): News {
  const states = told.filter(({ type }) => type === 'status')
  const last = states.at(-1)
  const promise = told.findLast(({ dueAt }) => dueAt !== undefined)?.dueAt
  const accepted = states.find(({ acceptedAt }) => acceptedAt !== undefined)?.acceptedAt
  const ended = states.findLast(({ completedAt }) => completedAt !== undefined)
  return {
    key: 'view',
    type: 'status',
    status: last?.status ?? 'SUBMITTED',
    rawStatus: last?.rawStatus ?? { code: 'SUBMITTED', label: 'SUBMITTED' },
    occurredAt: told.at(-1)?.occurredAt ?? iso(start),
    via: 'poll',
    ...(accepted ? { acceptedAt: accepted } : {}),
    ...(promise ? { dueAt: promise } : {}),
    ...(ended?.completedAt ? { completedAt: ended.completedAt } : {}),
    ...(ended?.result ? { result: ended.result } : {}),
    ...(last?.correction ? { correction: last.correction } : {}),
  }
}

/** Lives that begin at `start`, in milliseconds. */
export const lives = (start: number): fc.Arbitrary<Life> =>
  fc
    .array(fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 86_400 })), { minLength: 1, maxLength: 14 })
    .map((choices) => lifeOf(choices, start))

/** A life as it arrives: each message never, once or more often, in any order. */
export const arrivals = (start: number): fc.Arbitrary<Life & { readonly arrived: readonly News[] }> =>
  lives(start).chain((life) =>
    fc
      .array(fc.nat(Math.max(life.told.length - 1, 0)), { maxLength: life.told.length * 2 })
      .map((indexes) => ({ ...life, arrived: indexes.flatMap((index) => life.told[index] ?? []) })),
  )
