import { test } from 'vitest'
import { openLedger } from './ledger.ts'
import { prove } from './prove.ts'
import { rawsOf, tablesOf } from './tables.ts'

test.each(['shanghai', 'jiangsu', 'zhejiang', 'anhui'] as const)('%s', async (id) => {
  const t0 = Date.now()
  const ledger = openLedger()
  try { await prove({ region: id, ledger, seed: Number(process.env['PROOF_SEED'] ?? 41), exchanges: 500 }) } catch (e: any) { console.log(e.message, JSON.stringify(e.cause?.facts), JSON.stringify(e.cause?.errors), e.cause?.stack.slice(0, 600)) }
  console.log(ledger.total(), Date.now() - t0, JSON.stringify(ledger.operations(id)))
  for (const t of tablesOf(id)) {
    const w = rawsOf(id, t).filter((r) => !ledger.met(id, t, r, 'written')), rd = rawsOf(id, t).filter((r) => !ledger.met(id, t, r, 'read'))
    const none = w.filter((x) => rd.includes(x))
    console.log(t, none.length ? 'NONE ' + none.join(' ') : '', 'w-', w.length === rawsOf(id, t).length ? 'all' : w.join(' '), 'r-', rd.length === rawsOf(id, t).length ? 'all' : rd.join(' '))
  }
})
