/** The timeline on a real PostgreSQL: chained, the row made of it, two contents under one key kept apart, the future no order. */

import { sql as sqlText } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { applyNews, changeOf } from '../../src/federation/cases/apply-news.ts'
import type { News } from '../../src/federation/cases/news.ts'
import { type Rebuilt, rebuildCases } from '../../src/federation/cases/rebuild-cases.ts'
import { formatInstant } from '../../src/schemas/instants.ts'
import { openDatabase } from '../../src/store/connection.ts'
import { applied, type CaseRow } from '../../src/store/index.ts'
import { byDrizzle } from '../../src/store/queries/ask.ts'
import { writeChanges } from '../../src/store/queries/write-changes.ts'
import { STORIES } from '../flow/stories.ts'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { inDatabase } from '../support/holdings.ts'
import { findingsOf } from './support.ts'

const story = STORIES.find(({ region }) => region === 'anhui') ?? STORIES[0]
let gateway: TestGateway
let caller: Caller
let id = ''
let began = 0

beforeAll(async () => {
  if (!story) throw new Error('no story')
  gateway = await startTestGateway()
  caller = await gateway.as(story.client)
  await gateway.sync(story.division)
})
afterAll(() => gateway.close())
beforeEach(async () => {
  if (!story) throw new Error('no story')
  const filed = await file(caller, story.application(await upload(caller, 'a.pdf')))
  expect(filed.status).toBe(201)
  id = filed.body.id
  began = Math.floor(Date.now() / 1_000) * 1_000
})

const LABELS: Partial<Record<News['status'], string>> = {
  ACCEPTED: '受理',
  IN_REVIEW: '办理中',
  COMPLETED: '办结',
}
const told = (key: string, status: News['status'], minutes: number, more: Partial<News> = {}): News => ({
  key,
  type: 'status',
  status,
  rawStatus: { code: status, label: LABELS[status] ?? status },
  // As regions' clocks are read: whole seconds, with their offset.
  occurredAt: formatInstant(new Date(began + minutes * 60_000)),
  via: 'callback',
  ...more,
})
const apply = (news: News, of = id) => applyNews(of, news, gateway.gateway.deps)
const rowOf = async (of = id): Promise<CaseRow> => {
  const row = await gateway.gateway.deps.store.cases.read(of)
  if (!row) throw new Error('no case')
  return row
}
const eventsOf = (of = id) => gateway.gateway.deps.store.cases.events(of, 0, 1_000)
const shown = async () => (await caller('GET', `/api/v1/cases/${id}`)).body
const rebuild = async (dryRun = false) => {
  const found: Rebuilt[] = []
  const all = await rebuildCases({ caseId: id, dryRun }, (one) => void found.push(one), gateway.gateway.deps)
  return { all, found }
}

/** A life with all that an event may tell. */
async function live(): Promise<void> {
  await apply(
    told('1', 'CORRECTION_REQUIRED', 1, {
      correction: { fields: [], documents: [{ id: 'x' }], reason: '缺页' },
    }),
  )
  await apply(told('2', 'ACCEPTED', 2, { acceptedAt: new Date(began + 120_000).toISOString() }))
  await apply(told('3', 'RECEIVED', 1.5))
  await apply(
    told('4', 'ACCEPTED', 3, {
      type: 'note',
      dueAt: new Date(began + 86_400_000).toISOString(),
      note: '延期',
    }),
  )
  await apply(
    told('5', 'COMPLETED', 4, {
      completedAt: new Date(began + 240_000).toISOString(),
      result: { decision: 'granted', documents: [] },
    }),
  )
}

describe('a case made again of its timeline', () => {
  test('is the case, with dates, correction and result', async () => {
    await live()
    expect((await rowOf()).status).toBe('COMPLETED')
    expect(await rebuild()).toMatchObject({ all: { cases: 1, different: 0, broken: 0, old: 0 }, found: [] })
  })

  test('mends a row that was changed by hand, and says what differed', async () => {
    await live()
    const before = await shown()
    await inDatabase(
      gateway,
      (sql) => sql`update cases set status = 'DENIED', due_at = null, open_sealed = null where id = ${id}`,
    )
    const dry = await rebuild(true)
    expect(dry.found).toEqual([{ caseId: id, differences: ['status', 'dueAt', 'openSealed'], mended: false }])
    expect((await rowOf()).status).toBe('DENIED')
    expect((await rebuild()).found[0]?.mended).toBe(true)
    expect(await shown()).toEqual(before)
  })

  test.each([
    [
      'an event was taken out',
      (sql: never) => (sql as Sql)`delete from case_events where case_id = ${id} and sequence = 3`,
      { sequence: 3, fault: 'missing' },
    ],
    [
      'the last event was taken out',
      (sql: never) =>
        (sql as Sql)`delete from case_events where case_id = ${id} and sequence = (select max(sequence) from case_events where case_id = ${id})`,
      { fault: 'missing' },
    ],
    [
      'an event was changed',
      (sql: never) =>
        (sql as Sql)`update case_events set status = 'DENIED' where case_id = ${id} and sequence = 4`,
      { sequence: 4, fault: 'changed' },
    ],
    [
      'what an event told was changed',
      (sql: never) =>
        (sql as Sql)`update case_events set news_sealed = null where case_id = ${id} and sequence = 4`,
      { sequence: 4, fault: 'changed' },
    ],
  ] as const)('is refused when %s', async (_what, harm, broken) => {
    await live()
    await inDatabase(gateway, async (sql) => void (await harm(sql as never)))
    const { all, found } = await rebuild()
    expect(all.broken).toBe(1)
    expect(found[0]).toMatchObject({ mended: false, broken })
  })
})

type Sql = (strings: TemplateStringsArray, ...values: readonly string[]) => Promise<unknown>

describe('a case as of a moment', () => {
  test('is what had been received by then', async () => {
    await apply(told('1', 'ACCEPTED', 1))
    const between = (await rowOf()).changedAt
    await new Promise((resolve) => setImmediate(resolve))
    while (Date.now() <= between.getTime() + 1) await new Promise((resolve) => setImmediate(resolve))
    await apply(told('2', 'COMPLETED', 2, { completedAt: new Date(began + 120_000).toISOString() }))
    const then = await caller('GET', `/api/v1/cases/${id}?asOf=${between.toISOString()}`)
    expect(then.body).toMatchObject({ id, status: 'ACCEPTED', completedAt: null, ball: 'region' })
    expect((await shown()).status).toBe('COMPLETED')
  })

  test.each(['yesterday', '2001-01-01T00:00:00Z'])('is refused for %s', async (moment) => {
    const { status, body } = await caller('GET', `/api/v1/cases/${id}?asOf=${moment}`)
    expect([status, body.code]).toEqual([400, 'PARAMETER_INVALID'])
  })

  test('is nobody else’s', async () => {
    const other = await gateway.as('sandbox-zhejiang')
    expect((await other('GET', `/api/v1/cases/${id}?asOf=${new Date().toISOString()}`)).body.code).toBe(
      'CASE_NOT_FOUND',
    )
  })
})

describe('two messages with one key', () => {
  test('and one content are one event', async () => {
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => apply(told('1', 'ACCEPTED', 1))))
    expect(outcomes.filter(({ outcome }) => outcome === 'changed')).toHaveLength(1)
    expect(outcomes.filter(({ outcome }) => outcome === 'repeated')).toHaveLength(49)
    expect((await eventsOf()).filter(({ key }) => key === '1')).toHaveLength(1)
  })

  test('and different contents: the first stands, the second is kept beside it and alarmed', async () => {
    await apply(told('1', 'ACCEPTED', 1))
    const second = told('1', 'COMPLETED', 2, { completedAt: new Date(began).toISOString() })
    expect((await apply(second)).outcome).toBe('conflict')
    expect((await apply(second)).outcome).toBe('conflict')
    expect(await shown()).toMatchObject({ status: 'ACCEPTED', completedAt: null })
    const kept = (await eventsOf()).filter(({ key }) => key.startsWith('conflict:'))
    expect(kept).toMatchObject([{ type: 'note', rawCode: 'COMPLETED', late: false }])
    expect(await gateway.gateway.deps.store.changes.listAlarms()).toContainEqual(
      expect.objectContaining({ table: 'event', code: 'one key, two contents' }),
    )
    expect((await rebuild(true)).found).toEqual([])
  })
})

describe('a message of the future', () => {
  test('moves the case, is shown with its own time, alarmed, and what is told afterwards is not late', async () => {
    await apply(told('1', 'ACCEPTED', 60 * 24 * 30))
    // Regions tell whole seconds.
    const now = formatInstant(new Date())
    await apply(told('2', 'IN_REVIEW', 0, { occurredAt: now }))
    const [, , ahead, after] = await eventsOf()
    expect(ahead?.occurredAt.getTime()).toBe(began + 30 * 86_400_000)
    expect(after).toMatchObject({ status: 'IN_REVIEW', late: false })
    expect((await shown()).status).toBe('IN_REVIEW')
    expect(await gateway.gateway.deps.store.changes.listAlarms()).toContainEqual(
      expect.objectContaining({ table: 'event time', code: 'in the future' }),
    )
    expect((await rebuild(true)).found).toEqual([])
  })
})

describe('changes that come at the same time', () => {
  test('of many cases are all stored, each with its row of the outbox, in the order of each case', async () => {
    if (!story) throw new Error('no story')
    const ids = [id]
    for (let more = 0; more < 4; more += 1)
      ids.push((await file(caller, story.application(await upload(caller, 'a.pdf')))).body.id)
    await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        apply(told(`k${n}`, 'ACCEPTED', n, { type: 'note', note: `${n}` }), ids[n % 5] ?? id),
      ),
    )
    for (const one of ids) {
      const events = await eventsOf(one)
      expect(events.filter(({ key }) => /^k\d/.test(key))).toHaveLength(40)
      expect(await findingsOf(one, gateway.gateway.deps)).toEqual([])
      const owed = await inDatabase(
        gateway,
        (sql) => sql`select sequence from outbox where case_id = ${one} order by tx, position`,
      )
      expect(owed.map(({ sequence }) => sequence)).toEqual(events.map(({ sequence }) => sequence))
    }
  })

  test('go out in the order of the case, also when the transaction that writes last began first', async () => {
    const database = openDatabase(gateway.databaseUrl, 1)
    const { deps } = gateway.gateway
    await database.db.transaction(async (tx) => {
      // A transaction has its number from the first lock that it waits for.
      await tx.execute(sqlText`select pg_current_xact_id()`)
      await apply(told('first', 'ACCEPTED', 1))
      const row = await rowOf()
      await writeChanges(byDrizzle(tx), [applied(row, changeOf(row, told('second', 'IN_REVIEW', 2), deps))])
    })
    await database.close()
    const [events, owed] = [
      await eventsOf(),
      await inDatabase(
        gateway,
        (sql) => sql`select sequence from outbox where case_id = ${id} order by tx, position`,
      ),
    ]
    expect(events.slice(-2).map(({ key }) => key)).toEqual(['first', 'second'])
    expect(owed.map(({ sequence }) => sequence)).toEqual(events.map(({ sequence }) => sequence))
  })

  test('one that cannot be stored harms no other', async () => {
    const bad = told('bad\0', 'ACCEPTED', 1)
    const outcomes = await Promise.allSettled([apply(told('good', 'ACCEPTED', 1)), apply(bad)])
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect((await eventsOf()).map(({ key }) => key)).toContain('good')
  })
})
