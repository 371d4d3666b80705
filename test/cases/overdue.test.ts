/** A case that runs past its due date is told once, whoever looks, and however often. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { tellOverdue } from '../../src/federation/cases/clock/tell-overdue.ts'
import type { Deps } from '../../src/federation/deps.ts'
import { type Caller, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { at, filedInHangzhou, findingsOf, onDatabase, tell } from './support.ts'

let gateway: TestGateway
let caller: Caller
let deps: Deps
let id = ''
beforeAll(async () => {
  gateway = await startTestGateway()
  await gateway.sync('330100')
  caller = await gateway.as('sandbox-shanghai')
  ;({ deps } = gateway.gateway)
})
afterAll(() => gateway.close())
beforeEach(async () => {
  // The cases of other tests are looked at no more.
  await onDatabase(gateway, (sql) => sql`update cases set promised_on = null, clock_version = version`)
  ;({ id } = await filedInHangzhou(caller))
})

const reminders = async () =>
  (await caller('GET', `/api/v1/cases/${id}/events`)).body.items.filter(
    ({ type }: { type: string }) => type === 'reminder',
  )
const owed = () =>
  onDatabase(
    gateway,
    (sql) => sql`select sequence from outbox where case_id = ${id} and type = 'reminder' order by sequence`,
  )
const dueOn = async (): Promise<string> => (await caller('GET', `/api/v1/cases/${id}`)).body.dueOn
const marks = async () =>
  (
    await onDatabase(
      gateway,
      (sql) => sql`select promised_on, version - clock_version as behind from cases where id = ${id}`,
    )
  )[0]

/** Accepted on a Monday in March; the promise of this matter is shorter than a month. */
const accepted = () => tell(id, '2099-03-16', 'ACCEPTED', deps)

test('on the last day nobody is told, and on the day after the client is, once', async () => {
  await accepted()
  const due = await dueOn()
  await tellOverdue(at(due, deps))
  expect(await reminders()).toEqual([])
  expect(await marks()).toEqual({ promised_on: due, behind: 0 })

  expect(await tellOverdue(at('2099-06-01', deps))).toBe(1)
  expect(await tellOverdue(at('2099-06-01', deps))).toBe(0)
  expect(await tellOverdue(at('2099-06-02', deps))).toBe(0)
  const [told, ...more] = await reminders()
  expect(more).toEqual([])
  expect(told).toMatchObject({ status: 'ACCEPTED', rawStatus: null, via: 'own', late: false })
  expect(told.note).toContain(due)
  expect(await owed()).toEqual([{ sequence: told.sequence }])
  expect(await marks()).toEqual({ promised_on: null, behind: 0 })
})

test('of many who look at once one tells', async () => {
  await accepted()
  const told = await Promise.all(Array.from({ length: 6 }, () => tellOverdue(at('2099-06-01', deps))))
  expect(told.reduce((sum, one) => sum + one, 0)).toBe(1)
  expect(await reminders()).toHaveLength(1)
})

test('a change after that tells nothing again, and a new date is told when it is over', async () => {
  await accepted()
  await tellOverdue(at('2099-06-01', deps))
  await tell(id, '2099-06-02', 'IN_REVIEW', deps)
  expect(await tellOverdue(at('2099-06-03', deps))).toBe(0)
  await tell(id, '2099-06-03', 'IN_REVIEW', deps, { type: 'note', dueAt: '2099-06-10T17:00:00+08:00' })
  expect(await tellOverdue(at('2099-06-10', deps))).toBe(0)
  expect(await tellOverdue(at('2099-06-11', deps))).toBe(1)
  expect((await reminders()).map(({ note }: { note: string }) => note.match(/\d{4}-\d\d-\d\d/)?.[0])).toEqual(
    [expect.any(String), '2099-06-10'],
  )
})

describe('nobody is told', () => {
  test('of a date that moved between the look and the word', async () => {
    await accepted()
    const { store } = deps
    let moved = false
    const turnsOf: typeof store.clocks.turnsOf = async (ids, more) => {
      const found = await store.clocks.turnsOf(ids, more)
      const dueAt = '2099-07-01T17:00:00+08:00'
      if (!moved) await tell(id, '2099-06-01', 'ACCEPTED', deps, { type: 'note', dueAt })
      moved = true
      return found
    }
    const clocks = { ...store.clocks, turnsOf }
    expect(await tellOverdue({ ...at('2099-06-01', deps), store: { ...store, clocks } })).toBe(0)
    expect(await tellOverdue(at('2099-06-01', deps))).toBe(0)
    expect(await marks()).toEqual({ promised_on: '2099-07-01', behind: 0 })
  })
  test.each(['SUSPENDED', 'CORRECTION_REQUIRED'] as const)(
    'while the clock stands still in %s, and when it runs again until its day is over',
    async (status) => {
      await accepted()
      await tell(id, '2099-03-17', status, deps)
      expect(await tellOverdue(at('2099-06-01', deps))).toBe(0)
      expect(await marks()).toEqual({ promised_on: null, behind: 0 })
      await tell(id, '2099-06-01', 'IN_REVIEW', deps)
      expect(await tellOverdue(at('2099-06-01', deps))).toBe(0)
      expect(await tellOverdue(at('2099-08-03', deps))).toBe(1)
    },
  )
  test('of a case that ended, however late', async () => {
    await accepted()
    await tellOverdue(at('2099-03-17', deps))
    await tell(id, '2099-05-29', 'COMPLETED', deps)
    expect(await tellOverdue(at('2099-06-01', deps))).toBe(0)
    expect(await reminders()).toEqual([])
    expect(await marks()).toMatchObject({ promised_on: null })
  })
  test('of a case that was never accepted', async () => {
    expect(await tellOverdue(at('2099-06-01', deps))).toBe(0)
    expect(await marks()).toEqual({ promised_on: null, behind: 0 })
  })
})

test('what says nothing of the region leaves untouched when the region was heard, and the row as its timeline makes it', async () => {
  await accepted()
  const before = await deps.store.cases.read(id)
  await tellOverdue(at('2099-06-01', deps))
  const after = await deps.store.cases.read(id)
  expect(after).toMatchObject({
    status: 'ACCEPTED',
    rawCode: before?.rawCode,
    asOf: before?.asOf,
    nextAskAt: before?.nextAskAt,
    regionAt: before?.regionAt,
  })
  const events = await deps.store.cases.events(id, 0, 1_000)
  expect(events.at(-1)?.type).toBe('reminder')
  expect(await findingsOf(id, deps)).toEqual([])
})

test('a round finds its cases by two small indexes, however many cases there are', async () => {
  const plan = (
    question: (sql: Parameters<Parameters<typeof onDatabase>[1]>[0]) => Promise<readonly object[]>,
  ) =>
    onDatabase(gateway, async (sql) => {
      await sql`set enable_seqscan = off`
      return JSON.stringify(await question(sql))
    })
  expect(
    await plan(
      (sql) =>
        sql`explain select * from cases where clock_version < version and status not in ('NOT_ACCEPTED', 'COMPLETED', 'VOIDED', 'WITHDRAWN', 'DELIVERED') order by changed_at limit 5`,
    ),
  ).toContain('cases_with_new_clock')
  expect(
    await plan(
      (sql) =>
        sql`explain select * from cases where promised_on is not null and promised_on < ${'2099-06-01'} order by promised_on limit 5`,
    ),
  ).toContain('cases_promised')
})
