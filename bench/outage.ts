/**
 * The table of outages, as Open Zaak publishes it: receivers away, gateways killed, databases restarted, while regions go on telling
 * about twenty events a second. `npm run bench -- outage`, a quarter of an hour.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { startEmbedded } from '../src/store/embedded/server.ts'
import { databaseRestarted, equalCallbacks, gatewaysKilled, receiverAway } from '../test/outage/stories.ts'

const SECOND = 1_000
const HOUR = 3_600 * SECOND
/** How long a receiver is away, and how long the machine's clock runs meanwhile. */
const AWAY: Readonly<Record<string, { outageMs: number; realMs: number }>> = {
  '10 s': { outageMs: 10 * SECOND, realMs: 10 * SECOND },
  '60 s': { outageMs: 60 * SECOND, realMs: 60 * SECOND },
  '300 s': { outageMs: 300 * SECOND, realMs: 300 * SECOND },
  '600 s, moved clock': { outageMs: 600 * SECOND, realMs: 60 * SECOND },
  '24 h, moved clock': { outageMs: 24 * HOUR, realMs: 60 * SECOND },
  '7 d, moved clock': { outageMs: 168 * HOUR, realMs: 60 * SECOND },
}

/** Each on a database server of its own. */
async function onServer<T>(tell: (url: string, restart: () => Promise<void>) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'delta-outage-'))
  let server = await startEmbedded({ dataDir })
  try {
    return await tell(server.url, async () => {
      await server.stop()
      server = await startEmbedded({ dataDir })
    })
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Prints the tables. */
export async function benchOutage(): Promise<void> {
  const rows: Record<string, object> = {}
  for (const [what, away] of Object.entries(AWAY))
    rows[`receiver away ${what}`] = await onServer((url) => receiverAway(url, away))
  rows['gateway killed every 5 s, 12 times'] = await onServer((url) =>
    gatewaysKilled(url, { kills: 12, everyMs: 5 * SECOND }),
  )
  rows['database restarted every 10 s, 5 times'] = await onServer((url, restart) =>
    databaseRestarted(url, { times: 5, everyMs: 10 * SECOND, restart }),
  )
  console.log('\nOutages, about 20 events a second')
  console.table(rows)
  console.log('\n10,000 equal callbacks, 200 at once')
  console.table(await onServer((url) => equalCallbacks(url, { count: 10_000, atOnce: 200 })))
}
