import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { keptClock } from './kept-clock.ts'

const DAY_MS = 86_400_000
let folder: string
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'delta-clock-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a clock is as far ahead after a restart as it was before', async () => {
  expect(keptClock(folder).aheadMs()).toBe(0)
  await keptClock(folder).jump(3 * DAY_MS)
  const again = keptClock(folder)
  expect(again.aheadMs()).toBe(3 * DAY_MS)
  expect(again.now().getTime() - Date.now()).toBeGreaterThan(3 * DAY_MS - 1_000)
  await again.jump(DAY_MS)
  expect(JSON.parse(readFileSync(path.join(folder, 'sandbox-clock.json'), 'utf8')).aheadMs).toBe(4 * DAY_MS)
})

test.each(['', '{"aheadMs": "much"}', '[]', '{'])(
  'a file that holds %j is no reason not to start',
  (text) => {
    writeFileSync(path.join(folder, 'sandbox-clock.json'), text)
    expect(keptClock(folder).aheadMs()).toBe(0)
  },
)
