/** Rounds shared by two pools: each runs once in its span of time, and never twice at once. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/store/connection.ts'
import { startRounds } from '../../src/store/rounds.ts'
import { freshDatabase } from '../support/database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

test('a round that two processes call for runs once, also one that fails', async () => {
  const ran: string[] = []
  const failures: unknown[] = []
  const rounds = [
    {
      name: 'cities',
      everySeconds: 60,
      keys: ['320100', '330100'],
      run: async (key: string) => ran.push(key),
    },
    {
      name: 'broken',
      everySeconds: 60,
      run: async () => {
        ran.push('broken')
        throw new Error('told')
      },
    },
  ]
  const both = [openDatabase(database.url, 1), openDatabase(database.url, 1)] as const
  const started = await Promise.all(
    both.map((one) =>
      startRounds(one, rounds, (name, error) =>
        failures.push(`${name}: ${error instanceof Error ? error.message : JSON.stringify(error)}`),
      ),
    ),
  )
  await expect.poll(() => ran.toSorted(), { timeout: 8_000 }).toEqual(['320100', '330100', 'broken'])
  await Promise.all(started.map(({ stop }) => stop()))
  const [left] = await both[0].sql`select count(*)::int as n from pgboss.job where state <> 'completed'`
  expect([left?.['n'], ran.length, failures]).toEqual([0, 3, ['broken: told']])
  await Promise.all(both.map(({ close }) => close()))
})
