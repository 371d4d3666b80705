import { test } from 'vitest'
import { drawOf } from './draw.ts'
import { openLedger } from './ledger.ts'
import { READINGS } from './readings/index.ts'
import { caseStory } from './stories/case.ts'
import { holdingsStory } from './stories/holdings.ts'
import { libraryStory } from './stories/library.ts'
import { logInStory } from './stories/log-in.ts'
import { worldOf } from './world.ts'

test.each(['shanghai', 'jiangsu', 'zhejiang', 'anhui'] as const)('%s', async (id) => {
  const ledger = openLedger()
  const moves = new Map()
  const reading = READINGS[id]
  const t0 = Date.now()
  const bad = new Map<string, number>()
  const go = async (n: number, work: () => Promise<void>) => {
    try { await work() } catch (error: any) {
      const k = `${error.code ?? ''} ${error.message} ${JSON.stringify(error.facts ?? {})} ${JSON.stringify(error.errors ?? [])}`.slice(0, 400)
      bad.set(k, (bad.get(k) ?? 0) + 1)
      if (bad.get(k) === 1 && process.env['STACK']) console.log(n, error.stack)
    }
  }
  for (let n = 0; n < 60; n += 1) {
      const division = reading.divisions[n % reading.divisions.length]!
      await go(n, async () => {
      const world = worldOf(id, ledger)
      const codes = (await world.link.listMatters({ division, page: 1, pageSize: 100 })).items.filter((m) => m.state === 'active').map((m) => m.code)
      const m = await world.link.readMatter({division, code: codes[Math.floor(n * 7) % codes.length]!}); if (!m.fileable) return
      await caseStory(world, reading, { division, matterCode: codes[Math.floor(n * 7) % codes.length]!, moves }, drawOf(n + 1)) })
      const world = worldOf(id, ledger)
      const p = world.region.persons[n % world.region.persons.length]!
      await go(n, () => holdingsStory(world, reading, p, drawOf(n)))
      const a = world.region.accounts?.[n % (world.region.accounts?.length ?? 1)]
      if (a) await go(n, () => logInStory(world, reading, a))
      await go(n, () => libraryStory(world, reading, division, drawOf(n)))
  }
  console.log([...bad].map(([k, v]) => `${v} ${k}`).join('\n'), ledger.total(), Date.now() - t0, JSON.stringify(ledger.operations(id)))
})
