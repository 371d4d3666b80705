/** The rules by which messages move a case, against a model of what regions do: any order, repetition and loss end in the same case. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applyNews, changeOf } from '../../src/federation/cases/apply-news.ts'
import type { News } from '../../src/federation/cases/news.ts'
import { nothingHeard } from '../../src/federation/cases/rebuild.ts'
import { presentCase } from '../../src/federation/cases/record.ts'
import { CASE_STATUSES } from '../../src/schemas/case-status.ts'
import type { CaseRow } from '../../src/store/index.ts'
import { STORIES } from '../flow/stories.ts'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { arrivals, lives, MOVES } from './region-life.ts'
import { findingsOf } from './support.ts'

const story = STORIES.find(({ region }) => region === 'anhui')
/** Lives lie in the past, so that no message tells of the future. */
const START = Date.parse('2026-01-05T09:00:00+08:00')

let gateway: TestGateway
let caller: Caller
let row: CaseRow
const newCase = async (): Promise<CaseRow> => {
  if (!story) throw new Error('no story')
  const filed = await file(caller, story.application(await upload(caller, 'a.pdf')))
  expect(filed.status).toBe(201)
  const found = await gateway.gateway.deps.store.cases.read(filed.body.id)
  if (!found) throw new Error('no case')
  return found
}
beforeAll(async () => {
  if (!story) throw new Error('no story')
  gateway = await startTestGateway()
  caller = await gateway.as(story.client)
  await gateway.sync(story.division)
  row = { ...nothingHeard(await newCase()), dispatchState: 'sent' }
})
afterAll(() => gateway.close())

/** What a person and another province see of it. */
const seen = (of: CaseRow) => {
  const { status, rawStatus, acceptedAt, dueOn, completedAt, ball, correction, result } = presentCase(
    of,
    gateway.gateway.deps.sealing,
  )
  return { status, rawStatus, acceptedAt, dueOn, completedAt, ball, correction, result }
}

/** The pure fold over messages as they arrive; what came before under the same key changes nothing. */
function folded(messages: readonly News[]): CaseRow {
  const known = new Set<string>()
  let made = row
  for (const news of messages) {
    if (known.has(news.key)) continue
    known.add(news.key)
    made = { ...made, ...changeOf(made, news, gateway.gateway.deps).columns }
  }
  return made
}

// First, while the connections are fresh: what follows holds the process for seconds.
describe('through the database', () => {
  test('the same holds, many messages at once, and the timeline makes the row', async () => {
    const { deps } = gateway.gateway
    await fc.assert(
      fc.asyncProperty(arrivals(Date.now() - 30 * 86_400_000), async ({ told, arrived, view }) => {
        const { id } = await newCase()
        await Promise.all(arrived.map((news) => applyNews(id, news, deps)))
        await applyNews(id, view, deps)
        const after = await deps.store.cases.read(id)
        if (!after) throw new Error('no case')
        expect(seen(after).status).toBe(seen(folded([...told, view])).status)
        expect(await findingsOf(id, deps)).toEqual([])
      }),
      { numRuns: 25 },
    )
  })
})

test('the model names every state, and moves to states alone', () => {
  const named = Object.keys(MOVES)
  expect(CASE_STATUSES.filter((one) => !named.includes(one))).toEqual(['DRAFT', 'UNKNOWN'])
  expect(
    Object.values(MOVES)
      .flat()
      .filter((to) => !named.includes(to)),
  ).toEqual([])
})

test('every life that arrives as it happened is followed to its last state', () => {
  fc.assert(
    fc.property(lives(START), ({ told, view }) => {
      expect(folded(told).status).toBe(view.status)
    }),
    { numRuns: 500 },
  )
})

test('any order, repetition and loss, and one question in the end, give the case that the whole story gives', () => {
  fc.assert(
    fc.property(arrivals(START), ({ told, arrived, view }) => {
      expect(seen(folded([...arrived, view]))).toEqual(seen(folded([...told, view])))
    }),
    { numRuns: 4_000 },
  )
})

test('without loss no question is needed: any order gives the case that the right order gives', () => {
  const shuffled = lives(START).chain((life) =>
    fc
      .shuffledSubarray([...life.told], { minLength: life.told.length, maxLength: life.told.length })
      .map((arrived) => ({ ...life, arrived })),
  )
  fc.assert(
    fc.property(shuffled, ({ told, arrived }) => {
      expect(seen(folded(arrived))).toEqual(seen(folded(told)))
    }),
    { numRuns: 4_000 },
  )
})
