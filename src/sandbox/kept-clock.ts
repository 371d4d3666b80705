import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { type Clock, virtualClock } from './clock.ts'

/** How far the clock was ahead; 0 where that is not known: the sandbox starts all the same. */
function aheadIn(file: string): number {
  try {
    const { aheadMs } = JSON.parse(readFileSync(file, 'utf8')) as { aheadMs?: unknown }
    return typeof aheadMs === 'number' ? aheadMs : 0
  } catch {
    return 0
  }
}

/** A clock that is as far ahead after a restart as it was before: what has happened must not lie in the future then. */
export function keptClock(dataDir: string): Clock {
  const file = path.join(dataDir, 'sandbox-clock.json')
  const clock = virtualClock(() => new Date(), aheadIn(file))
  return {
    ...clock,
    jump: async (ms) => {
      await clock.jump(ms)
      mkdirSync(dataDir, { recursive: true, mode: 0o700 })
      // Whoever is killed meanwhile finds the old file or the new one.
      writeFileSync(`${file}.new`, JSON.stringify({ aheadMs: clock.aheadMs() }))
      renameSync(`${file}.new`, file)
    },
  }
}
