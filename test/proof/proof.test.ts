import { test } from 'vitest'
import { drawOf } from './draw.ts'
import { openLedger } from './ledger.ts'
import { anhui } from './readings/anhui.ts'
import { jiangsu } from './readings/jiangsu.ts'
import { shanghai } from './readings/shanghai.ts'
import { zhejiang } from './readings/zhejiang.ts'
import { caseStory } from './stories/case.ts'
import { worldOf } from './world.ts'

const ALL = { shanghai, jiangsu, zhejiang, anhui }
test.each(['shanghai', 'jiangsu', 'zhejiang', 'anhui'] as const)('%s', async (id) => {
  const ledger = openLedger()
  const moves = new Map()
  const reading = ALL[id]
  const t0 = Date.now()
  const bad = new Map<string, number>()
  for (let n = 0; n < 100; n += 1) {
    try {
      const world = worldOf(id, ledger)
      const division = reading.divisions[n % reading.divisions.length]!
      const codes = (await world.link.listMatters({ division, page: 1, pageSize: 100 })).items.filter((m) => m.state === 'active').map((m) => m.code)
      const m = await world.link.readMatter({division, code: codes[Math.floor(n * 7) % codes.length]!}); if (!m.fileable) continue
      await caseStory(world, reading, { division, matterCode: codes[Math.floor(n * 7) % codes.length]!, moves }, drawOf(n + 1))
    } catch (error: any) {
      const k = `${error.code ?? ''} ${error.message} ${JSON.stringify(error.facts ?? {})} ${JSON.stringify(error.errors ?? [])}`.slice(0, 400)
      bad.set(k, (bad.get(k) ?? 0) + 1)
      if (bad.get(k) === 1 && process.env['STACK']) console.log(n, error.stack)
    }
  }
  console.log([...bad].map(([k, v]) => `${v} ${k}`).join('\n'), ledger.total(), Date.now() - t0, JSON.stringify(ledger.operations(id)))
})
