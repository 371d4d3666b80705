/** Messages of lives that regions lead: each thing once, in the order in which it happened, whatever order it was heard in. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeOf } from '../../src/federation/cases/apply-news.ts'
import type { News } from '../../src/federation/cases/news.ts'
import { statusOf } from '../../src/federation/cases/record.ts'
import { type EventFacts, factsOfEvent } from '../../src/federation/cases/words/event-words.ts'
import { type Message, messagesOf } from '../../src/federation/cases/words/messages.ts'
import { createKeys } from '../../src/federation/keys.ts'
import { sealing as makeSealing } from '../../src/federation/sealing.ts'
import { applied, type CaseRow } from '../../src/store/index.ts'
import { lives } from './region-life.ts'

const START = Date.parse('2026-01-05T09:00:00+08:00')
const now = () => new Date('2026-06-01T09:00:00+08:00')
const keys = await createKeys(now())
const sealing = makeSealing(() => keys, now)

const row: CaseRow = {
  id: 'case_1',
  origin: 'filed',
  headDigest: '',
  changedAt: new Date(START),
  nextAskAt: null,
  askFailures: 0,
  silentSince: null,
  clientId: 'client',
  region: 'anhui',
  division: '340100',
  sourceDivision: '310000',
  matterId: 'm',
  matterVersion: 1,
  matterName: '户籍事项证明',
  sourceNumber: 's',
  caseNumber: 'AH1',
  caseKey: 'k',
  mandateId: null,
  holderKey: 'h',
  status: 'SUBMITTED',
  rawCode: null,
  rawLabel: null,
  appliedAt: new Date(START),
  acceptedAt: null,
  dueAt: null,
  completedAt: null,
  regionAt: null,
  version: 1,
  sequence: 0,
  asOf: new Date(START),
  filedSealed: Buffer.alloc(0),
  handleSealed: null,
  openSealed: null,
  ledgerId: 'l',
  dispatchState: 'sent',
  dispatchReason: null,
  dispatchAttempts: 0,
}
/** The timeline that messages make in the order in which they arrive. */
function timelineOf(arrived: readonly News[]): readonly EventFacts[] {
  const known = new Set<string>()
  const facts: EventFacts[] = []
  let made = row
  for (const [index, news] of arrived.entries()) {
    if (known.has(news.key)) continue
    known.add(news.key)
    const deps = { sealing, now: () => new Date(now().getTime() + index * 1_000) }
    const { after, event } = applied(made, changeOf(made, news, deps))
    made = after
    if (event) facts.push(factsOfEvent(event, statusOf(event.status), sealing))
  }
  return facts
}

/** What is told, without how it came. */
const told = (messages: readonly Message[]) =>
  messages.map(({ at, sentence, note }) => ({ at, sentence, note }))

/** Lives with what departments wrote beside, and with the region's later answer to a question, which repeats what is known. */
const written = lives(START).chain(({ told: news, view }) =>
  fc
    .array(fc.constantFrom(undefined, '请带原件', '已转科室'), {
      minLength: news.length,
      maxLength: news.length,
    })
    .map((notes) => [...news.map((one, n) => (notes[n] ? { ...one, note: notes[n] } : one)), view]),
)
const shuffled = written.chain((news) =>
  fc
    .shuffledSubarray([...news, ...news], { minLength: news.length * 2, maxLength: news.length * 2 })
    .map((arrived) => ({ news, arrived })),
)

test('any order of arrival, and any repetition, tells the same messages', () => {
  fc.assert(
    fc.property(shuffled, ({ news, arrived }) => {
      expect(told(messagesOf(timelineOf(arrived)))).toEqual(told(messagesOf(timelineOf(news))))
    }),
    { numRuns: 2_000 },
  )
})

test('no message is told twice, and times never go back', () => {
  fc.assert(
    fc.property(shuffled, ({ arrived }) => {
      const messages = told(messagesOf(timelineOf(arrived)))
      expect(messages.length).toBeGreaterThan(0)
      for (const [index, message] of messages.entries()) {
        const before = messages[index - 1]
        if (!before) continue
        expect(message.at.getTime()).toBeGreaterThanOrEqual(before.at.getTime())
        // Neither a state nor what a department wrote is told twice while a state lasts.
        expect([message.sentence, message.note]).not.toEqual([before.sentence, before.note])
      }
    }),
    { numRuns: 2_000 },
  )
})

test('every state that a life passes through is told, in its order', () => {
  fc.assert(
    fc.property(written, (news) => {
      const states = news.filter(({ type }) => type === 'status').map(({ status }) => status)
      const passed = states.filter((status, index) => status !== states[index - 1])
      const messages = messagesOf(timelineOf(news.toReversed()))
      const shown = messages.filter(({ sentence }) => !sentence.zh.startsWith('办理部门'))
      expect(shown.map(({ event }) => event.status)).toEqual(passed)
    }),
    { numRuns: 1_000 },
  )
})

test('of two states in one second the later rank is told last, and what was handed in stands first', () => {
  const second = (key: string, status: News['status'], more: Partial<News> = {}): News => ({
    key,
    type: 'status',
    status,
    rawStatus: { code: status, label: '' },
    occurredAt: new Date(START).toISOString(),
    via: 'callback',
    ...more,
  })
  const arrived = [
    second('a', 'IN_REVIEW'),
    second('b', 'ACCEPTED'),
    second('own:submit:1', 'SUBMITTED', { type: 'dispatch', via: 'own' }),
    // Our clock is ahead of the region's.
    second('own:filed', 'SUBMITTED', { via: 'own', occurredAt: new Date(START + 90_000).toISOString() }),
  ]
  const messages = messagesOf(timelineOf(arrived))
  expect(messages.map(({ event }) => event.key)).toEqual(['own:filed', 'own:submit:1', 'b', 'a'])
  expect(new Set(messages.map(({ at }) => at.getTime()))).toEqual(new Set([START + 90_000]))
})
