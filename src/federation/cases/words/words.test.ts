/** Words of cases and events: something for everything, in both languages, short, and with nothing left to fill in. */
import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../../config.ts'
import type { CorrectionRequest } from '../../../schemas/case.ts'
import { CASE_STATUSES, type CaseStatus } from '../../../schemas/case-status.ts'
import type { CaseClock } from '../../../schemas/clock.ts'
import { ballOf } from '../state.ts'
import { dayWords } from './dates.ts'
import { type EventFacts, sentenceOf } from './event-words.ts'
import { type More, nextStepOf, sentenceOfCase, type Wordless } from './next-step.ts'
import { joined, quoted, type Words } from './status-words.ts'

const at = (text: string) => new Date(`${text}+08:00`)
const event = (more: Partial<EventFacts> = {}): EventFacts => ({
  id: 'ev_1',
  key: 'k1',
  type: 'status',
  status: 'IN_REVIEW',
  raw: { code: '03', label: '办理' },
  occurredAt: at('2026-11-29T10:00:00'),
  receivedAt: at('2026-11-29T10:00:05'),
  via: 'callback',
  late: false,
  note: null,
  ...more,
})

const KEYS = ['own:filed', 'own:submit:1', 'own:correct:2', 'own:withdraw:3', 'own:refused:1']
const MORE_KEYS = ['own:overdue:2026-11-27', 'own:reminder:0', 'conflict:abc:k1', 'k1']
const TYPES = ['status', 'note', 'dispatch', 'reminder'] as const
const STATES = ['sent', 'pending', 'refused'] as const

/** Whole sentences of ours, with every name filled in. */
function expectPlain({ zh, en }: Words): void {
  for (const one of [zh, en]) {
    expect(one.length).toBeGreaterThan(3)
    expect(one.length).toBeLessThanOrEqual(200)
    expect(one).not.toMatch(/undefined|null|NaN|\[object|\$\{|[{}]/)
    expect(one).not.toMatch(/[A-Z]{2,}/)
  }
  expect(zh).toMatch(/。$/)
  expect(zh).toMatch(/\p{Script=Han}/u)
  expect(en).toMatch(/^[A-Z].*\.$/)
  expect(en.replaceAll(/“[^”]*”/g, '')).not.toMatch(/\p{Script=Han}/u)
}

test('every status, type, key and way of sending has a sentence in both languages', () => {
  let looked = 0
  for (const status of CASE_STATUSES)
    for (const type of TYPES)
      for (const key of [...KEYS, ...MORE_KEYS])
        for (const dispatch of STATES) {
          expectPlain(sentenceOf(event({ status, type, key, dispatch })))
          looked += 1
        }
  expect(looked).toBe(18 * 4 * 9 * 3)
})

describe('an event says', () => {
  test.each<[string, Partial<EventFacts>, string, string]>([
    ['that it came late', { late: true }, '这条消息来得晚', 'came late and does not change'],
    [
      'that it is dated into the future',
      { occurredAt: at('2027-01-03T09:05:00') },
      '2027年1月3日09:05',
      '3 January 2027, 09:05, which had not come yet',
    ],
    [
      'what a region calls a status that nobody knows',
      { status: 'UNKNOWN', raw: { code: '99', label: '挂起待\u202E核' } },
      '“挂起待核”',
      '“挂起待核”',
    ],
    ['its code where it has no label', { status: 'UNKNOWN', raw: { code: '99', label: '' } }, '“99”', '“99”'],
    [
      'which day is over',
      { key: 'own:overdue:2026-11-27', type: 'reminder' },
      '2026年11月27日',
      '27 November 2026',
    ],
    [
      'which day a note promises',
      { type: 'note', dueAt: '2026-12-05T16:30:00Z' },
      '2026年12月6日',
      '6 December 2026',
    ],
    [
      'that there is a remark, and not what it is',
      { type: 'note', note: '请带原件' },
      '见原文',
      'left a remark',
    ],
    [
      'that a region told two things',
      { key: 'conflict:abc:k1', type: 'note' },
      '先到的为准',
      'the first one stands',
    ],
    [
      'that an act was refused',
      { key: 'own:refused:2', type: 'note', via: 'own' },
      '没有收下',
      'did not take it',
    ],
  ])('%s', (_what, more, zh, en) => {
    const told = sentenceOf(event(more))
    expect(told.zh).toContain(zh)
    expect(told.en).toContain(en)
    expectPlain(told)
  })

  test('nothing of a clerk’s own words', () => {
    expect(JSON.stringify(sentenceOf(event({ type: 'note', note: '秘密' })))).not.toContain('秘密')
  })
})

const clock = (more: Partial<CaseClock>): CaseClock => ({
  startedAt: '2026-11-20T10:00:00+08:00',
  dueOn: '2026-12-04',
  source: 'computed',
  statutoryDueOn: null,
  basis: 'commitment',
  days: 10,
  unit: 'working',
  daysUsed: 5,
  daysLeft: 5,
  stoppedSince: null,
  stops: [],
  overdue: false,
  provisional: false,
  endedAt: null,
  ...more,
})
const shown = (status: CaseStatus, more: Partial<Wordless> = {}): Wordless => ({
  id: 'case_1',
  origin: 'filed',
  silentSince: null,
  caseNumber: 'AH1',
  region: 'anhui',
  division: '340100',
  sourceDivision: '310000',
  matter: { id: 'm', name: { zh: '证明' } },
  title: '证明',
  status,
  rawStatus: { code: '1', label: '状态' },
  appliedAt: '2026-11-19T10:00:00+08:00',
  acceptedAt: null,
  dueOn: null,
  clock: null,
  forecast: null,
  completedAt: null,
  ball: ballOf(status),
  correction: null,
  result: null,
  rating: null,
  exemptions: [],
  dispatch: { state: 'sent', attempts: 1 },
  asOf: '2026-11-29T10:00:00+08:00',
  ...more,
})
const CLOCKS = [
  null,
  clock({}),
  clock({ overdue: true, dueOn: '2026-09-30' }),
  clock({ provisional: true, dueOn: '2026-09-30' }),
  clock({ dueOn: null, stoppedSince: '2026-11-25T10:00:00+08:00' }),
]

test('every status has a sentence and a next step, with every clock and every way of sending, and only the end has none', () => {
  const ended = new Set<CaseStatus>()
  for (const status of CASE_STATUSES)
    for (const one of CLOCKS)
      for (const state of ['sent', 'pending', 'refused', 'cancelled'] as const)
        for (const silentSince of [null, at('2026-09-28T10:00:00')]) {
          const of = shown(status, {
            clock: one,
            dueOn: one?.dueOn ?? null,
            dispatch: { state, attempts: 1 },
            ball: state === 'pending' ? 'gateway' : ballOf(status),
          })
          expectPlain(sentenceOfCase(of))
          const next = nextStepOf(of, { silentSince })
          if (next) expectPlain(next)
          else ended.add(status)
        }
  expect([...ended]).toEqual(['DELIVERED'])
})

describe('a next step', () => {
  const nextOf = (of: Wordless, more: Partial<More> = {}) => nextStepOf(of, { silentSince: null, ...more })

  test('names the promised day, and says so when it is over or provisional', () => {
    const review = (one: CaseClock) => nextOf(shown('IN_REVIEW', { clock: one, dueOn: one.dueOn }))
    expect(review(clock({}))).toEqual({
      zh: '现在由办理部门处理。办理部门会作出决定。您不用做什么。承诺最晚2026年12月4日办结。',
      en: 'The department has it now. The department will decide. You need not do anything. It is promised by 4 December 2026.',
      by: '2026-12-04',
    })
    expect(review(clock({ overdue: true }))?.en).toContain('It was promised by 4 December 2026')
    expect(review(clock({ provisional: true }))?.zh).toContain('暂定')
    expect(review(clock({ dueOn: null, stoppedSince: '2026-11-25T10:00:00+08:00' }))).not.toHaveProperty('by')
  })

  test('says since when a region is silent', () => {
    const next = nextOf(shown('IN_REVIEW'), { silentSince: at('2026-11-28T23:30:00') })
    expect(next?.zh).toContain('从2026年11月28日起没有回音')
    expect(next?.en).toContain('No answer since 28 November 2026')
  })

  test('says since when an application is being sent, and that an act is', () => {
    const pending = { dispatch: { state: 'pending', attempts: 3 }, ball: 'gateway' } as const
    const filing = shown('SUBMITTED', { ...pending, rawStatus: null })
    expect(nextOf(filing)?.en).toContain('trying since 19 November 2026')
    expect(sentenceOfCase(filing).zh).toContain('正在转给办理地区')
    const correcting = shown('CORRECTION_REQUIRED', pending)
    expect(sentenceOfCase(correcting).zh).toContain('补正或撤回已记下')
    expect(nextOf(correcting)?.en).not.toContain('since')
  })

  const correction: CorrectionRequest = {
    fields: ['zmsx', 'other'],
    documents: [
      { id: 'D1', reason: '缺“第二页”\n不清晰' },
      { id: 'D2', name: '照片' },
    ],
    reason: '请尽快补正',
    dueOn: '2026-12-04T17:00:00+08:00',
  }
  const names = {
    fields: new Map([['zmsx', { zh: '证明事项', en: 'What is certified' }]]),
    documents: new Map([['D1', { zh: '户口簿' }]]),
  }

  test('of a correction names field, material and reason, with the last day', () => {
    const next = nextOf(shown('CORRECTION_REQUIRED', { correction }), { names })
    expect(next).toEqual({
      zh: '现在轮到您办。请补正4项: 填写项“证明事项”; 填写项“other”; 材料“户口簿” (部门写的理由: “缺‘第二页’ 不清晰”); 材料“照片”。办理部门的原话: “请尽快补正”。最后一天是2026年12月4日。',
      en: 'It is your turn. Please supply anew: the entry “What is certified”; the entry “other”; the document “户口簿” (the department’s reason: “缺‘第二页’ 不清晰”); the document “照片”. In the department’s own words: “请尽快补正”. The last day for this is 4 December 2026.',
      by: '2026-12-04',
      asks: [
        { kind: 'field', id: 'zmsx', name: { zh: '证明事项', en: 'What is certified' } },
        { kind: 'field', id: 'other', name: { zh: 'other' } },
        { kind: 'document', id: 'D1', name: { zh: '户口簿' }, reason: '缺“第二页”\n不清晰' },
        { kind: 'document', id: 'D2', name: { zh: '照片' } },
      ],
    })
  })

  test('of a very long correction says how many more there are, and has all of them', () => {
    const long: CorrectionRequest = {
      fields: [],
      documents: Array.from({ length: 100 }, (_one, n) => ({ id: `D${n}`, reason: '长'.repeat(1_000) })),
      reason: '长'.repeat(2_000),
    }
    const next = nextOf(shown('CORRECTION_REQUIRED', { correction: long }))
    expect(next?.zh).toContain('请补正100项')
    expect(next?.en).toContain(`; ${100 - LIMITS.asksNamed} more.`)
    expect(next?.asks).toHaveLength(100)
    expect(next?.zh.length).toBeLessThan(10_000)
    expect(next).not.toHaveProperty('by')
  })

  test('of a correction without any detail still says what to do', () => {
    const next = nextOf(
      shown('CORRECTION_REQUIRED', { correction: { fields: [], documents: [], reason: '' } }),
    )
    expect(next?.zh).toBe('现在轮到您办。请按办理部门的要求补正。')
  })
})

test('days are written as people read them', () => {
  expect(dayWords('2026-11-29')).toEqual({ zh: '2026年11月29日', en: '29 November 2026' })
  expect(dayWords('2027-01-03T00:00:00+08:00')).toEqual({ zh: '2027年1月3日', en: '3 January 2027' })
})

test('what others wrote is quoted on one line, cut, and can close no quotation of ours', () => {
  expect(quoted('a\n\u0000b”。我们说', 100)).toBe('“a b’。我们说”')
  expect(quoted('𠀀'.repeat(10), 4)).toBe(`“${'𠀀'.repeat(3)}…”`)
  expect(quoted(' \u200B ', 4)).toBe('')
  expect(joined(null)).toEqual({ zh: '', en: '' })
})
