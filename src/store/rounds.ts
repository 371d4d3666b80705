/** Rounds of work that all processes share: each is a job of pg-boss, over a connection of our own, and runs once, whoever runs it. */
import { sql } from 'drizzle-orm'
import { fromDrizzle, PgBoss } from 'pg-boss'
import { type Database, openDatabase, pool } from './connection.ts'

/** One kind of round. */
export interface Round {
  readonly name: string
  readonly everySeconds: number
  /** What a round is about, one job each: cities, say. One job for all when absent. */
  readonly keys?: readonly string[]
  /** How many of them one process runs at a time. */
  readonly atOnce?: number
  readonly run: (key: string) => Promise<unknown>
}

/** A job of a process that died is given to another after so many seconds without a sign of life, the least that pg-boss takes. */
const HEARTBEAT_SECONDS = 10
const LOOK_SECONDS = 5
const LONGEST_SECONDS = 3_600

const INSTALL_LOCK = 4_141_2020

/** pg-boss makes its tables and queues as if it were alone: of processes that start at once one does it first. */
async function inTurn(url: string, run: () => Promise<void>): Promise<void> {
  const client = pool(url, 1)
  try {
    await client`select pg_advisory_lock(${INSTALL_LOCK})`
    await run()
  } finally {
    await client.end({ timeout: 5 })
  }
}

/** pg-boss writes begin and commit into its texts: that is safe on a connection of its own alone, rolled back where one fails. */
function adapterOf({ db }: Database) {
  const adapter = fromDrizzle(db, sql)
  return {
    executeSql: async (text: string, values?: unknown[]) => {
      try {
        // drizzle hands times on as they are, and the driver beneath would write them as people do.
        return await adapter.executeSql(
          text,
          values?.map((one) => (one instanceof Date ? one.toISOString() : one)),
        )
      } catch (error) {
        await db.execute(sql`rollback`).catch(() => undefined)
        throw error
      }
    },
  }
}

const queueOf = (boss: PgBoss, { name }: Round): Promise<void> =>
  boss.createQueue(name, {
    // Neither twice at once nor twice in a row, however many processes call for it.
    policy: 'exclusive',
    retryLimit: 1,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    expireInSeconds: LONGEST_SECONDS,
    deleteAfterSeconds: LONGEST_SECONDS,
  })

/** @param failed hears of a round that failed, and of what pg-boss itself reports */
export async function startRounds(
  { url }: Pick<Database, 'url'>,
  rounds: readonly Round[],
  failed: (round: string, error: unknown) => void,
): Promise<{ readonly stop: () => Promise<void> }> {
  const own = openDatabase(url, 1)
  const boss = new PgBoss({
    db: adapterOf(own),
    schema: 'pgboss',
    schedule: false,
    superviseIntervalSeconds: LOOK_SECONDS,
    monitorIntervalSeconds: LOOK_SECONDS,
  })
  boss.on('error', (error) => failed('pg-boss', error))
  await inTurn(url, async () => {
    await boss.start()
    for (const round of rounds) await queueOf(boss, round)
  })
  const timers: NodeJS.Timeout[] = []
  for (const round of rounds) {
    await boss.work<{ key: string }>(
      round.name,
      { pollingIntervalSeconds: 2, localConcurrency: round.atOnce ?? 1 },
      async ([job]) => {
        if (job) await round.run(job.data.key).catch((error: unknown) => failed(round.name, error))
      },
    )
    const call = () => callFor(boss, round).catch((error: unknown) => failed(round.name, error))
    void call()
    timers.push(setInterval(call, round.everySeconds * 1_000).unref())
  }
  return {
    stop: async () => {
      for (const timer of timers) clearInterval(timer)
      await boss.stop({ graceful: true, close: false, timeout: 2_000 })
      await own.close()
    },
  }
}

/** Calls for a round. Every process does, and one job comes of it in each span of its time. */
async function callFor(boss: PgBoss, { name, everySeconds, keys = [''] }: Round): Promise<void> {
  for (const key of keys)
    await boss.send(name, { key }, { singletonKey: key === '' ? name : key, singletonSeconds: everySeconds })
}
