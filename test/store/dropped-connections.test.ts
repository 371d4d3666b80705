import { afterAll, beforeAll, expect, test } from 'vitest'
import { pool } from '../../src/store/connection.ts'
import { freshDatabase } from '../support/database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

test('every query is answered when all backends are terminated again and again under load', async () => {
  const sql = pool(database.url, 8)
  const killer = pool(database.url, 1)
  await sql`create table pairs (id text, half int)`
  const uncaught: unknown[] = []
  const note = (error: unknown) => void uncaught.push(error)
  process.on('uncaughtException', note)
  process.on('unhandledRejection', note)
  let [running, answered, failed] = [true, 0, 0]
  const worker = async (name: number) => {
    for (let n = 0; running; n += 1) {
      const id = `${name}-${n}`
      await sql
        .begin(async (tx) => {
          await tx`insert into pairs values (${id}, 1)`
          await tx`select pg_sleep(0.001)`
          await tx`insert into pairs values (${id}, 2)`
        })
        .then(
          () => {
            answered += 1
          },
          () => {
            failed += 1
          },
        )
      await sql`select ${n}::int`.then(
        () => {
          answered += 1
        },
        () => {
          failed += 1
        },
      )
    }
  }
  const workers = Array.from({ length: 16 }, (_, name) => worker(name))
  for (let round = 0; round < 40; round += 1) {
    await killer`select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()`
    await killer`select pg_sleep(0.03)`
  }
  running = false
  await Promise.all(workers)
  const halves = await killer`select id from pairs group by id having count(*) <> 2`
  process.removeListener('uncaughtException', note)
  process.removeListener('unhandledRejection', note)
  await sql.end({ timeout: 2 })
  await killer.end({ timeout: 2 })
  expect(uncaught).toEqual([])
  expect(answered).toBeGreaterThan(100)
  expect(failed).toBeGreaterThan(20)
  // A statement that ran outside its transaction would leave half a pair.
  expect(halves).toHaveLength(0)
})
