/** What the proof met: exchanges by operation, codes by table. So that nothing of a contract is left out unseen. */
import type { SimulatedRegionId } from '../../src/sandbox/simulated.ts'

/** `written`: our adapter said it and the region took it. `read`: the region said it and our adapter read it. */
export type Way = 'written' | 'read'

export interface Ledger {
  readonly exchange: (region: SimulatedRegionId, operation: string) => void
  readonly code: (region: SimulatedRegionId, table: string, raw: string, way: Way) => void
  /** Exchanges in all. */
  readonly total: () => number
  /** Exchanges of a region by operation; `callback` is what the region posted. */
  readonly operations: (region: SimulatedRegionId) => Readonly<Record<string, number>>
  /** How often a code was met. */
  readonly met: (region: SimulatedRegionId, table: string, raw: string, way: Way) => number
}

export function openLedger(): Ledger {
  const exchanges = new Map<SimulatedRegionId, Map<string, number>>()
  const codes = new Map<string, number>()
  let total = 0
  const keyOf = (region: string, table: string, raw: string, way: Way) => `${region} ${table} ${raw} ${way}`
  return {
    exchange: (region, operation) => {
      total += 1
      const own = exchanges.get(region) ?? new Map<string, number>()
      exchanges.set(region, own)
      own.set(operation, (own.get(operation) ?? 0) + 1)
    },
    code: (region, table, raw, way) => {
      const key = keyOf(region, table, raw, way)
      codes.set(key, (codes.get(key) ?? 0) + 1)
    },
    total: () => total,
    operations: (region) => Object.fromEntries(exchanges.get(region) ?? []),
    met: (region, table, raw, way) => codes.get(keyOf(region, table, raw, way)) ?? 0,
  }
}
