/** Chains of access records on a real PostgreSQL: made without holes by many at once, and whatever is done to them by hand is found. */
import { randomBytes } from 'node:crypto'
import type postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { accessRow } from '../../src/federation/audit/access.ts'
import { type Finding, verifyChains } from '../../src/federation/audit/verify.ts'
import { sealing as makeSealing } from '../../src/federation/sealing.ts'
import { openDatabase, pool } from '../../src/store/connection.ts'
import { type Clock, openStore, type Store } from '../../src/store/index.ts'
import { freshDatabase } from '../support/database.ts'

const DAY_MS = 86_400_000
const secret = (id: string) => ({
  id,
  key: randomBytes(32).toString('base64'),
  from: '2020-01-01T00:00:00Z',
  until: null,
})
const keys = { sealing: [secret('s')], index: [secret('i')], pairwise: [secret('p')], signing: [] }

let database: Awaited<ReturnType<typeof freshDatabase>>
let handles: ReturnType<typeof openDatabase>[]
let stores: Store[]
let store: Store
let sql: postgres.Sql
let now = new Date()
// Only keys without a public part are needed here.
const sealing = makeSealing(
  () => keys as never,
  () => now,
)
const holder = (name: string) => sealing.hash('test', name)

const row = (name: string, clock: Clock = 'access') =>
  accessRow(
    {
      holder: holder(name),
      clock,
      act: 'cases.read',
      purpose: 'case',
      basis: 'duty',
      fields: ['caseStatus'],
      outcome: 'granted',
    },
    { clientId: 'some-client', requestId: 'req_test' },
    { sealing, now: () => now, clients: () => undefined },
  )
const append = async (name: string, count: number, clock?: Clock) => {
  for (let i = 0; i < count; i += 1) await store.accesses.append([row(name, clock)])
}
const findings = async (): Promise<Finding[]> => {
  const found: Finding[] = []
  await verifyChains((one) => void found.push(one), { store, sealing })
  return found
}

beforeAll(async () => {
  database = await freshDatabase()
  handles = Array.from({ length: 6 }, () => openDatabase(database.url, 1))
  stores = handles.map(openStore)
  store = stores[0] as Store
  sql = pool(database.url, 1)
})
afterAll(async () => {
  await sql.end()
  for (const { close } of handles) await close()
  await database.drop()
})
beforeEach(async () => {
  now = new Date()
  await sql`truncate accesses, access_chains, access_shards`
})

describe('what is appended', () => {
  test('by many connections at once, the first records of one holder, makes one chain without holes', async () => {
    await Promise.all(
      stores.flatMap((one) => Array.from({ length: 8 }, () => one.accesses.append([row('a')]))),
    )
    const found = await sql`select sequence from accesses order by sequence`
    expect(found.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 48 }, (_none, index) => index + 1),
    )
    expect(await sql`select number, length from access_chains`).toMatchObject([{ number: 1, length: 48 }])
    expect(await findings()).toEqual([])
  })

  test('for many holders at once leaves no hole in the count of any shard', async () => {
    await Promise.all(
      stores.map((one, index) =>
        Promise.all(
          Array.from({ length: 60 }, (_none, i) =>
            one.accesses.append([row(`${index} ${i}`), row(`common ${i}`)]),
          ),
        ),
      ),
    )
    expect(await sql`select count(*)::int as n from access_chains`).toMatchObject([{ n: 420 }])
    expect(await findings()).toEqual([])
  })

  test('is counted with chains and records', async () => {
    await append('a', 3)
    await append('b', 2, 'provision')
    expect(await verifyChains(() => undefined, { store, sealing })).toEqual({
      chains: 2,
      records: 5,
      findings: 0,
    })
  })
})

describe('done by hand, it is found:', () => {
  const only = async (what: string, sequence: number) => {
    const found = await findings()
    expect(found).toMatchObject([
      { holder: holder('a'), clock: 'access', sequence, what: expect.stringContaining(what) },
    ])
  }

  test.each([
    ['the first', 1],
    ['the second', 2],
    ['one in the middle', 5],
    ['the one before the last', 8],
    ['the last', 9],
  ])('%s record is deleted', async (_which, sequence) => {
    await append('a', 9)
    await append('b', 2)
    await sql`delete from accesses where holder_key = ${holder('a')} and sequence = ${sequence}`
    await only('missing', sequence)
  })

  test('every record is deleted in its turn', async () => {
    await append('a', 5)
    for (const { id } of await sql`select id from accesses`) {
      const kept = await sql`delete from accesses where id = ${id as string} returning *`
      expect(await findings()).toHaveLength(1)
      await sql`insert into accesses ${sql(kept as never)}`
      expect(await findings()).toEqual([])
    }
  })

  test('the tail is cut', async () => {
    await append('a', 9)
    await sql`delete from accesses where sequence > 4`
    await only('missing: up to 9', 5)
  })

  test('the tail is cut, and the head is told a shorter length', async () => {
    await append('a', 9)
    await sql`delete from accesses where sequence > 4`
    await sql`update access_chains set length = 4`
    await only('the head does not fit', 0)
  })

  test('a chain is deleted with its head', async () => {
    await append('a', 3)
    await append('b', 3)
    await sql`delete from accesses where holder_key = ${holder('a')}`
    await sql`delete from access_chains where holder_key = ${holder('a')}`
    expect(await findings()).toMatchObject([
      { holder: holder('a').slice(0, 2), what: expect.stringContaining('counted 1, found 0') },
    ])
  })

  test('the head alone is deleted', async () => {
    await append('a', 3)
    await sql`delete from access_chains`
    const found = await findings()
    expect(found.map(({ what }) => what)).toEqual([
      expect.stringContaining('the head is missing; records without it: 3'),
      expect.stringContaining('counted 1, found 0'),
    ])
  })

  test.each([
    ['who it was', "record = jsonb_set(record, '{body,id}', '\"another\"')"],
    ['the outcome', "record = jsonb_set(record, '{outcome}', '\"CASE_NOT_FOUND\"')"],
    ['a field that was seen', "record = jsonb_set(record, '{fields}', '[]')"],
    ['the time', "at = at + interval '1 second'"],
    ['the id', "id = 'acc_other'"],
    ['its code', "mac = sha256('x')"],
  ])('%s is changed', async (_what, change) => {
    await append('a', 5)
    await sql.unsafe(`update accesses set ${change} where sequence = 3`)
    await only('was changed', 3)
  })

  test('two records are swapped', async () => {
    await append('a', 5)
    await sql`update accesses set sequence = case sequence when 2 then 104 else 102 end where sequence in (2, 4)`
    await sql`update accesses set sequence = sequence - 100 where sequence > 100`
    await only('moved', 0)
  })

  test('a record is moved to another holder', async () => {
    await append('a', 2)
    await append('b', 3)
    await sql`update accesses set holder_key = ${holder('a')} where holder_key = ${holder('b')} and sequence = 3`
    const found = await findings()
    expect(found).toMatchObject(
      [
        { holder: holder('a'), sequence: 3, what: expect.stringContaining('outside') },
        { holder: holder('b'), sequence: 3, what: expect.stringContaining('missing') },
      ].toSorted((one, other) => (one.holder < other.holder ? -1 : 1)),
    )
  })

  test('a record is put in behind the end', async () => {
    await append('a', 2)
    const forged = row('a')
    await sql`insert into accesses values (${forged.holderKey}, 'access', 3, ${forged.id}, ${forged.at.toISOString()}, ${forged.mac}, ${sql.json(forged.record as never)})`
    await only('outside', 3)
  })

  test('a head is told that more was pruned', async () => {
    await append('a', 4)
    await sql`delete from accesses where sequence = 1`
    await sql`update access_chains set pruned_length = 1`
    await only('the head does not fit', 0)
  })
})

describe('pruning', () => {
  const age = async (days: number) => {
    const moment = now
    now = new Date(moment.getTime() - days * DAY_MS)
    await append('a', 4)
    now = moment
  }

  test('forgets what is old from the start of each chain, and leaves the rest whole', async () => {
    await age(500)
    await append('a', 3)
    await store.accesses.forget('access', new Date(now.getTime() - 400 * DAY_MS))
    expect(
      (await sql`select sequence from accesses order by sequence`).map(({ sequence }) => sequence),
    ).toEqual([5, 6, 7])
    expect(await findings()).toEqual([])
    await append('a', 2)
    expect(await findings()).toEqual([])
    await sql`delete from accesses where sequence = 5`
    expect(await findings()).toMatchObject([{ sequence: 5, what: expect.stringContaining('missing') }])
  })

  test('forgets a whole chain and keeps its head, so that the count holds', async () => {
    await age(500)
    await store.accesses.forget('access', now)
    expect(await sql`select length, pruned_length from access_chains`).toMatchObject([
      { length: 4, pruned_length: 4 },
    ])
    expect(await findings()).toEqual([])
    await append('a', 1)
    expect(await findings()).toEqual([])
  })

  test('leaves the other clock alone', async () => {
    const moment = now
    now = new Date(moment.getTime() - 500 * DAY_MS)
    await append('a', 2, 'provision')
    now = moment
    await store.accesses.forget('access', new Date(now.getTime() - 400 * DAY_MS))
    expect(await sql`select count(*)::int as n from accesses`).toMatchObject([{ n: 2 }])
  })

  test('goes through more chains than it takes at once', async () => {
    const moment = now
    now = new Date(moment.getTime() - 500 * DAY_MS)
    await store.accesses.append(Array.from({ length: 230 }, (_none, index) => row(`old ${index}`)))
    now = moment
    await append('young', 1)
    await store.accesses.forget('access', new Date(now.getTime() - 400 * DAY_MS))
    expect(await sql`select count(*)::int as n from accesses`).toMatchObject([{ n: 1 }])
    expect(await findings()).toEqual([])
  })

  test('does not hide what was deleted before', async () => {
    await age(500)
    await sql`delete from accesses where sequence = 2`
    await store.accesses.forget('access', new Date(now.getTime() - 400 * DAY_MS))
    expect(await findings()).not.toEqual([])
  })
})
