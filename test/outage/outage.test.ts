/** The short forms of the outages that `npm run bench -- outage` measures at length. */
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { startEmbedded } from '../../src/store/embedded/server.ts'
import { freshDatabase } from '../support/database.ts'
import { databaseRestarted, equalCallbacks, gatewaysKilled, receiverAway } from './stories.ts'

const NOTHING_AMISS = { lost: 0, doubled: 0, outOfOrder: 0 }

async function onDatabase<T>(tell: (url: string) => Promise<T>): Promise<T> {
  const { url, drop } = await freshDatabase()
  try {
    return await tell(url)
  } finally {
    await drop()
  }
}

test('a receiver that is away loses nothing, gets nothing twice, and gets each case in its order', async () => {
  const found = await onDatabase((url) => receiverAway(url, { outageMs: 10_000, realMs: 2_000 }))
  expect(found).toMatchObject({ ...NOTHING_AMISS, replayed: false })
  expect(found.events).toBeGreaterThan(20)
})

test('a receiver that is away for a week by the clock loses nothing either', async () => {
  const found = await onDatabase((url) => receiverAway(url, { outageMs: 7 * 86_400_000, realMs: 3_000 }))
  expect(found).toMatchObject(NOTHING_AMISS)
  expect(found.events).toBeGreaterThan(20)
})

test('a gateway that is killed loses nothing: the other one goes on', async () => {
  const found = await onDatabase((url) => gatewaysKilled(url, { kills: 1, everyMs: 1_500 }))
  expect(found).toMatchObject(NOTHING_AMISS)
  expect(found.events).toBeGreaterThan(10)
})

test('a database that is restarted loses nothing', async () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'delta-outage-'))
  let server = await startEmbedded({ dataDir })
  try {
    const restart = async () => {
      await server.stop()
      server = await startEmbedded({ dataDir })
    }
    const found = await databaseRestarted(server.url, { times: 1, everyMs: 1_500, restart })
    expect(found).toMatchObject(NOTHING_AMISS)
    expect(found.events).toBeGreaterThan(10)
  } finally {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

test('equal callbacks, many at once, are one event and one row of the outbox', async () => {
  const found = await onDatabase((url) => equalCallbacks(url, { count: 1_000, atOnce: 200 }))
  expect(found).toEqual({ events: 1, outbox: 1, refused: 0 })
})
