import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Clock, virtualClock } from './clock.ts'

/** A clock that is as far ahead after a restart as it was before: what has happened must not lie in the future then. */
export function keptClock(dataDir: string): Clock {
  const file = path.join(dataDir, 'sandbox-clock.json')
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { aheadMs?: unknown }) : {}
  const clock = virtualClock(() => new Date(), typeof kept.aheadMs === 'number' ? kept.aheadMs : 0)
  return {
    ...clock,
    jump: async (ms) => {
      await clock.jump(ms)
      mkdirSync(dataDir, { recursive: true, mode: 0o700 })
      writeFileSync(file, JSON.stringify({ aheadMs: clock.aheadMs() }))
    },
  }
}
