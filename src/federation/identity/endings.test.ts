import { expect, test } from 'vitest'
import { endings } from './endings.ts'

/** A list in memory that can be out of reach, and answers as the table does: what ended in the last so many seconds. */
function list() {
  let now = Date.parse('2026-03-02T09:00:00+08:00')
  let isDown = false
  const rows: { kind: string; id: string; at: number; until: Date }[] = []
  const ended = endings(
    {
      logIns: {
        end: async () => undefined,
        endings: async (seconds) => {
          if (isDown) throw new Error('no database')
          const since = seconds === undefined ? 0 : now - seconds * 1000
          return rows.flatMap((row, position) =>
            row.at > since ? [{ ...row, at: new Date(row.at), position }] : [],
          )
        },
      },
    },
    () => new Date(now),
  )
  return {
    ended,
    /** Another process ends something. */
    elsewhere: (id: string) => void rows.push({ kind: 'token', id, at: now, until: new Date(now + 600_000) }),
    pass: (seconds: number) => {
      now += seconds * 1000
    },
    down: (is: boolean) => {
      isDown = is
    },
  }
}

test('what another process ended while the list could not be read is known when it can be read again', async () => {
  const { ended, elsewhere, pass, down } = list()
  await ended.refresh()
  down(true)
  elsewhere('in the outage')
  for (let second = 0; second < 90; second += 1) {
    pass(1)
    await expect(ended.refresh()).rejects.toThrow('no database')
  }
  down(false)
  await ended.refresh()
  expect(ended.has('token', 'in the outage')).toBe(true)
})

test('what ended before the process started is known after the first reading, and forgotten when nothing stands on it', async () => {
  const { ended, elsewhere, pass } = list()
  elsewhere('long ago')
  pass(300)
  await ended.refresh()
  expect(ended.has('token', 'long ago')).toBe(true)
  pass(301)
  await ended.refresh()
  expect(ended.has('token', 'long ago')).toBe(false)
})
