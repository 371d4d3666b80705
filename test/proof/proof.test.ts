import { test } from 'vitest'
import { drawOf } from './draw.ts'
import { openLedger } from './ledger.ts'
import { PLACES, REFUSALS } from './places.ts'
import { READINGS } from './readings/index.ts'
import { caseStory } from './stories/case.ts'
import { codesStory, refusalStory } from './stories/codes.ts'
import { operationStory, OPERATIONS } from './stories/callbacks.ts'
import { holdingsStory } from './stories/holdings.ts'
import { libraryStory } from './stories/library.ts'
import { logInStory } from './stories/log-in.ts'
import { rawsOf, tablesOf } from './tables.ts'
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
  for (const via of ['matter', 'case', 'photo', 'licence', 'logIn'] as const) {
    const turns = Math.max(0, ...PLACES[id].filter((p) => p.via === via).map((p) => rawsOf(id, p.table).length))
    for (let turn = 0; turn < turns; turn += 1) await go(turn, () => codesStory(worldOf(id, ledger), reading, via, turn, drawOf(turn)))
  }
  for (const r of REFUSALS[id]) for (let turn = 0; turn < rawsOf(id, r.table).length; turn += 1) await go(turn, () => refusalStory(worldOf(id, ledger), reading, r, turn, drawOf(turn)))
  if (id === 'jiangsu') for (let turn = 0; turn < OPERATIONS; turn += 1) await go(turn, () => operationStory(worldOf(id, ledger), reading, turn, drawOf(turn)))
  console.log('codes', ledger.total(), Date.now() - t0)
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
  for (const t of tablesOf(id)) {
    const w = rawsOf(id, t).filter((r) => !ledger.met(id, t, r, 'written')), rd = rawsOf(id, t).filter((r) => !ledger.met(id, t, r, 'read'))
    const none = w.filter((x) => rd.includes(x))
    console.log(t, none.length ? 'NONE ' + none.join(' ') : '', 'w-', w.length === rawsOf(id, t).length ? 'all' : w.join(' '), 'r-', rd.length === rawsOf(id, t).length ? 'all' : rd.join(' '))
  }
})
