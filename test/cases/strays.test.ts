/** News of cases that nobody here knows: kept apart, asked about, joined later, and given up in the end. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RegionalEvent } from '../../src/adapters/kit/contract.ts'
import { LIMITS } from '../../src/config.ts'
import { newsOf } from '../../src/federation/cases/kept-news.ts'
import { joinStrays, listStrays, lookAfterStrays } from '../../src/federation/cases/strays.ts'
import type { Deps } from '../../src/federation/deps.ts'
import { STORIES } from '../flow/stories.ts'
import {
  type Caller,
  file,
  type Letter,
  startTestGateway,
  type TestGateway,
  upload,
} from '../support/gateway.ts'
import { onDatabase } from './support.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
}, 60_000)
afterAll(() => gateway.close())

const later = (ms: number): Deps => ({ ...gateway.gateway.deps, now: () => new Date(Date.now() + ms) })

describe.each(STORIES)('of $region', (story) => {
  let caller: Caller
  let id = ''
  let letter: Letter
  let number = ''
  const inDatabase = <T>(run: Parameters<typeof onDatabase<T>>[1]) => onDatabase(gateway, run)
  const strays = () =>
    inDatabase((sql) => sql`select * from strays where region = ${story.region} and case_number = ${number}`)
  const read = async () => (await caller('GET', `/api/v1/cases/${id}`)).body
  const row = async () => {
    const found = await gateway.gateway.deps.store.cases.read(id)
    if (!found) throw new Error('no case')
    return found
  }
  let restore: () => Promise<unknown>

  /** Files a case, lets its region move it, and makes the gateway forget how the case is called before the letter comes. */
  const unknown = async () => {
    const filed = await file(caller, story.application(await upload(caller, 'a.pdf')))
    expect(filed.status).toBe(201)
    ;({ id, caseNumber: number } = filed.body)
    const { region } = gateway.region(story.region)
    // What was held for another case is posted again first.
    await region.sendCallbacks()
    const before = gateway.mail.letters.length
    gateway.mail.held = true
    try {
      for (let step = 0; step < 4 && gateway.mail.letters.length === before; step += 1) {
        const next = region.cases().find((one) => one.number === number)?.next[0]
        if (next) region.advance(number, { to: next })
        await region.sendCallbacks()
      }
    } finally {
      gateway.mail.held = false
    }
    letter = gateway.mail.letters[before] as Letter
    expect(letter).toBeDefined()
    const { caseNumber, caseKey, sourceNumber } = await row()
    await inDatabase(
      (sql) =>
        sql`update cases set case_number = null, case_key = null, source_number = ${`hidden ${id}`} where id = ${id}`,
    )
    restore = () =>
      inDatabase(
        (sql) =>
          sql`update cases set case_number = ${caseNumber}, case_key = ${caseKey}, source_number = ${sourceNumber} where id = ${id}`,
      )
    await gateway.mail.send(letter)
  }

  beforeAll(async () => {
    caller = await gateway.as(story.client)
    await gateway.sync(story.division)
  }, 60_000)

  test('are kept once however often they come, told by count, and joined when the case is known', async () => {
    await unknown()
    const before = await read()
    await gateway.mail.send(letter)
    const kept = await strays()
    expect(kept).toHaveLength(1)
    expect(JSON.stringify(kept[0]?.['news_sealed'])).not.toContain(number)
    expect((await listStrays(gateway.gateway.deps)).map(({ caseNumber }) => caseNumber)).toContain(number)
    const alarms = await gateway.gateway.deps.store.changes.listAlarms()
    expect(
      alarms.find(({ region, code }) => region === story.region && code === 'unknown case'),
    ).toBeDefined()
    // Nobody knows the case yet: the round leaves it.
    await lookAfterStrays(later(LIMITS.strayFirstMs + 1_000))
    expect((await strays())[0]).toMatchObject({ case_id: null, tries: 1 })
    await restore()
    expect(await lookAfterStrays(later(2 * LIMITS.strayLongestMs))).toBeGreaterThan(0)
    expect((await strays())[0]).toMatchObject({ case_id: id })
    expect((await read()).status).not.toBe(before.status)
    const events = await gateway.gateway.deps.store.cases.events(id, 0, 1_000)
    const last = events.findLast(({ via }) => via === 'callback')
    if (!last) throw new Error('no callback')
    expect(newsOf(last, gateway.gateway.deps.sealing).heardAt).toBe(kept[0]?.['received_at'].toISOString())
    // The region repeats what was answered with "unknown": it is the same news.
    await gateway.mail.send(letter)
    expect(await gateway.gateway.deps.store.cases.events(id, 0, 1_000)).toHaveLength(events.length)
  })

  test('are joined at once when the case gets its number', async () => {
    await unknown()
    await restore()
    await joinStrays(await row(), gateway.gateway.deps)
    expect((await strays())[0]).toMatchObject({ case_id: id })
  })

  test('that have the number of one case and another key of somebody else’s stay apart', async () => {
    await unknown()
    await restore()
    const mine = await row()
    const [found] = await gateway.gateway.deps.store.strays.of(story.region, mine)
    if (!found) throw new Error('no stray')
    const told = gateway.gateway.deps.sealing.open<RegionalEvent>(found.newsSealed)
    const ofTwo = gateway.gateway.deps.sealing.seal({ ...told, caseNumber: `${number}9` })
    await inDatabase(
      (sql) =>
        sql`update strays set news_sealed = ${ofTwo} where region = ${story.region} and key = ${found.key}`,
    )
    await joinStrays(mine, gateway.gateway.deps)
    expect((await strays())[0]).toMatchObject({ case_id: null })
    expect((await row()).sequence).toBe(mine.sequence)
    await inDatabase((sql) => sql`delete from strays where region = ${story.region} and key = ${found.key}`)
  })

  test('are given up after thirty days, and still shown', async () => {
    await unknown()
    const month = later(31 * 86_400_000)
    await lookAfterStrays(month)
    await restore()
    expect(await lookAfterStrays({ ...month, now: () => new Date(Date.now() + 32 * 86_400_000) })).toBe(0)
    const shown = (await listStrays(gateway.gateway.deps)).find(({ caseNumber }) => caseNumber === number)
    expect(shown?.givenUpAt).not.toBeNull()
  })
})

test('of one region are kept in a bounded number', async () => {
  const { store, now } = gateway.gateway.deps
  const stray = (key: string) => ({
    region: 'bounded',
    key,
    caseNumber: key,
    caseKey: null,
    sourceNumber: null,
    newsSealed: Buffer.from('x'),
    receivedAt: now(),
    tries: 0,
    nextTryAt: new Date('2999-01-01T00:00:00Z'),
    caseId: null,
    givenUpAt: null,
  })
  expect(await store.strays.keep(stray('1'), 2)).toBe(true)
  expect(await store.strays.keep(stray('1'), 2)).toBe(false)
  expect(await store.strays.keep(stray('2'), 2)).toBe(true)
  expect(await store.strays.keep(stray('3'), 2)).toBe(false)
  await onDatabase(gateway, (sql) => sql`delete from strays where region = 'bounded'`)
})
