import { test } from 'vitest'
import { drawOf } from './draw.ts'
import { openLedger } from './ledger.ts'
import { shanghai } from './readings/shanghai.ts'
import { caseStory } from './stories/case.ts'
import { worldOf } from './world.ts'

test('shanghai', async () => {
  const ledger = openLedger()
  const moves = new Map()
  const reading = shanghai
  const first = worldOf('shanghai', ledger)
  const t0 = Date.now()
  const codes = (await first.link.listMatters({ division: reading.divisions[0]!, page: 1, pageSize: 100 })).items.filter((m) => m.state === 'active').map((m) => m.code)
  const bad = new Map<string, number>()
  for (let n = 0; n < 100; n += 1) {
    try {
      const world = worldOf('shanghai', ledger)
      await caseStory(world, reading, { division: reading.divisions[0]!, matterCode: codes[n % codes.length]!, moves }, drawOf(n + 1))
    } catch (error: any) {
      const k = `${error.code ?? ''} ${error.message} ${JSON.stringify(error.facts ?? {})} ${JSON.stringify(error.errors ?? [])}`.slice(0, 400)
      bad.set(k, (bad.get(k) ?? 0) + 1)
      if (bad.get(k) === 1 && process.env['STACK']) console.log(n, error.stack)
    }
  }
  console.log([...bad].map(([k, v]) => `${v} ${k}`).join('\n'), ledger.total(), Date.now() - t0, ledger.operations('shanghai'))
})
