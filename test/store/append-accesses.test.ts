/** Access records under load: many connections append to the same holders, and new holders come in between. */
import { randomBytes } from 'node:crypto'
import { afterAll, expect, test } from 'vitest'
import { openDatabase, pool } from '../../src/store/connection.ts'
import { type AccessRow, openStore } from '../../src/store/index.ts'
import { freshDatabase } from '../support/database.ts'

const database = await freshDatabase()
const connection = openDatabase(database.url, 16)
const sql = pool(database.url, 1)
const { accesses } = openStore(connection)
afterAll(async () => {
  await sql.end()
  await connection.close()
  await database.drop()
})

let records = 0
const row = (holderKey: string, clock: AccessRow['clock'] = 'access'): AccessRow => {
  records += 1
  return {
    holderKey,
    clock,
    id: `acc_${records}`,
    at: new Date(),
    mac: randomBytes(32),
    record: { n: records },
  }
}
/** Holders of one shard, so that first records of theirs wait for one another. */
const holders = (shard: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => shard + String(index).padStart(62, '0'))

/** How many chains have a hole, or are not as long as they say. */
const broken = async (): Promise<number> => {
  const [found] = await sql`
    select count(*)::int as n from access_chains c where length <> (
      select count(*) from accesses a where a.holder_key = c.holder_key and a.clock = c.clock and a.sequence <= c.length)`
  return Number(found?.['n'])
}

test('two hundred at once over twenty holders follow one another without a hole', async () => {
  // None in the shard that the next test counts.
  const keys = Array.from({ length: 20 }, (_, index) => String(index).padStart(2, '0').padEnd(64, '0'))
  await Promise.all(Array.from({ length: 200 }, (_, index) => accesses.append([row(keys[index % 20] ?? '')])))
  const lengths = await sql`select length from access_chains where holder_key in ${sql(keys)}`
  expect(lengths.map(({ length }) => length)).toEqual(Array.from({ length: 20 }, () => 10))
  expect(await broken()).toBe(0)
})

test('of lists in any order no two wait for one another in a circle, which the store would mend without a word', async () => {
  const wire = ({ holderKey, clock, id, at, mac, record }: AccessRow, order: number) => ({
    order,
    holder: holderKey,
    clock,
    id,
    at,
    mac: mac.toString('base64'),
    record,
  })
  const ended = []
  for (const shard of ['c0', 'c1', 'c2', 'c3', 'c4', 'c5']) {
    const all = holders(shard, 60)
    await accesses.append(all.filter((_, index) => index % 3 === 1).map((key) => row(key)))
    const lists = Array.from({ length: 16 }, (_, list) =>
      all.filter((_key, index) => (index * 7 + list) % 5 < 2).map((key) => row(key)),
    )
    const sent = lists.map((rows, list) => (list % 2 ? rows.toReversed() : rows).map(wire))
    ended.push(
      ...(await Promise.allSettled(
        sent.map((list) => connection.sql`select append_accesses(${JSON.stringify(list)}::text::jsonb)`),
      )),
    )
  }
  expect(ended.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : []))).toEqual([])
  expect(await broken()).toBe(0)
})

test('lists over holders some of whom are new never wait for one another in a circle', async () => {
  // Every third holder is known; each list begins at another holder, so that what one creates stands between what another has locked.
  const all = holders('ab', 120)
  await accesses.append(all.filter((_, index) => index % 3 === 1).map((key) => row(key)))
  const lists = Array.from({ length: 40 }, (_, list) =>
    all.filter((_key, index) => (index * 7 + list) % 5 < 2).map((key) => row(key)),
  )
  const filings = all.map((key) => [row(key, 'provision')])
  const ended = await Promise.allSettled([...lists, ...filings].map((rows) => accesses.append(rows)))
  expect(ended.filter(({ status }) => status === 'rejected')).toEqual([])
  expect(await broken()).toBe(0)
  const [shard] = await sql`
    select s.chains, count(c.*)::int as found, max(c.number) as highest
    from access_shards s join access_chains c on c.shard = s.shard where s.shard = 'ab' group by 1`
  expect(shard).toMatchObject({ chains: 240, found: 240, highest: 240 })
})
