/** Regions asked about cases: shared by processes, at a bounded rate, and silence said. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { LIMITS } from '../../src/config.ts'
import { takeAsks } from '../../src/federation/cases/poll-cases.ts'
import type { Deps } from '../../src/federation/deps.ts'
import { type Caller, file, startTestGateway, type TestGateway, upload } from '../support/gateway.ts'
import { inDatabase } from '../support/holdings.ts'
import { storyOf } from './stories.ts'

const story = storyOf('zhejiang')
let gateway: TestGateway
let clerk: Caller

beforeEach(async () => {
  gateway = await startTestGateway()
  await gateway.sync(story.division)
  clerk = await gateway.as(story.client)
})
afterEach(() => gateway.close())

const filed = async (): Promise<string> => {
  const { body, status } = await file(clerk, story.application(await upload(clerk, 'a.pdf')))
  if (status !== 201) throw new Error(`filed: ${status} ${JSON.stringify(body)}`)
  return body.id
}
const at = (ms: number): Deps => ({ ...gateway.gateway.deps, now: () => new Date(Date.now() + ms) })
const read = async (id: string) => (await clerk('GET', `/api/v1/cases/${id}`)).body

/** The case, so many times: each due since the hour before. */
const copies = (id: string, count: number) =>
  inDatabase(gateway, async (sql) => {
    await sql`create temp table one as select * from cases where id = ${id}`
    for (let n = 0; n < count; n += 1) {
      await sql`update one set id = ${`case_copy${n}`}, source_number = ${`COPY${n}`}, next_ask_at = now() - interval '1 hour'`
      await sql`insert into cases select * from one`
    }
    await sql`drop table one`
  })

test('two processes ask about each case once', async () => {
  await copies(await filed(), 30)
  let asked = 0
  const counted: Deps = {
    ...at(2 * 60_000),
    directory: {
      ...gateway.gateway.deps.directory,
      at: (division) => {
        const connection = gateway.gateway.deps.directory.at(division)
        const readCase: typeof connection.link.readCase = (one) => {
          asked += 1
          return connection.link.readCase(one)
        }
        return { ...connection, link: { ...connection.link, readCase } }
      },
    },
  }
  const rounds = [0, 1_100, 2_200, 3_300].flatMap((ms) => {
    const now = () => new Date(Date.now() + 2 * 60_000 + ms)
    return [
      { ...counted, now },
      { ...counted, now },
    ]
  })
  let taken = 0
  for (let round = 0; round < rounds.length; round += 2) {
    const both = await Promise.all(rounds.slice(round, round + 2).map((deps) => takeAsks(deps)))
    await Promise.all(both.map((one) => one.asked))
    taken += both.reduce((sum, one) => sum + one.taken, 0)
  }
  expect([taken, asked]).toEqual([31, 31])
})

test('after an outage no place is asked about more than its number of cases in a second, the newest first', async () => {
  await copies(await filed(), 45)
  await inDatabase(
    gateway,
    (sql) =>
      sql`update cases set next_ask_at = next_ask_at + (right(id, 2) || ' seconds')::interval where id ~ 'copy[0-9]{2}$'`,
  )
  const start = Date.now() - 60_000
  const perSecond: number[] = []
  for (let second = 0; second < 5; second += 1)
    for (const part of [0, 300, 600]) {
      const { taken, asked } = await takeAsks({
        ...gateway.gateway.deps,
        now: () => new Date(start + second * 1_000 + part),
      })
      await asked
      perSecond[second] = (perSecond[second] ?? 0) + taken
      if (second === 0 && part === 0) {
        const left = await inDatabase(
          gateway,
          (sql) =>
            sql`select max(right(id, 2)) as newest from cases where next_ask_at < now() - interval '50 minutes' and id ~ 'copy[0-9]{2}$'`,
        )
        expect(left[0]?.['newest']).toBe('34')
      }
    }
  expect(perSecond).toEqual([LIMITS.asksOfPlace, 10, 10, 10, 5])
})

test('what a process had taken when it died is taken by another within ten seconds', async () => {
  await filed()
  const start = Date.now() + 120_000
  const then = (ms: number): Deps => ({ ...gateway.gateway.deps, now: () => new Date(start + ms) })
  const dead = await gateway.gateway.deps.store.asks.take(new Date(start), {
    until: new Date(start + LIMITS.leaseMs),
    nextTurn: new Date(start + 1_000),
    ofPlace: 10,
    most: 10,
  })
  expect(dead).toHaveLength(1)
  expect((await takeAsks(then(8_500))).taken).toBe(0)
  const { taken, asked } = await takeAsks(then(10_000))
  await asked
  expect(taken).toBe(1)
})

test('a silent region is said to be silent, rests, and is asked again when it is back', async () => {
  const id = await filed()
  expect((await read(id)).silentSince).toBeNull()
  gateway.region(story.region).faults.add({ kind: 'drop', oneIn: 1 })
  await gateway.poll()
  const since = (await read(id)).silentSince
  expect(Math.abs(Date.parse(since) - Date.now())).toBeLessThan(20_000)
  const city = async () => (await gateway.anyone('GET', `/api/v1/cities/${story.division}`)).body
  expect((await city()).silentSince).toBe(since)
  expect((await takeAsks(at(10_000))).taken).toBe(0)
  await gateway.poll()
  const [row] = await inDatabase(gateway, (sql) => sql`select ask_failures from cases where id = ${id}`)
  expect(row?.['ask_failures']).toBe(2)
  expect((await read(id)).silentSince).toBe(since)
  gateway.region(story.region).faults.clear()
  await gateway.poll()
  expect((await read(id)).silentSince).toBeNull()
  expect((await city()).silentSince).toBeNull()
})
