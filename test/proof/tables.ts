/**
 * The code tables as the contracts have them (`vectors/*.json`), in our canonical words. Neither the adapter's tables nor the sandbox's
 * are looked at: this is the third that both are held to.
 */
import type { SimulatedRegionId } from '../../src/sandbox/simulated.ts'
import ah from '../vectors/ah.json' with { type: 'json' }
import js from '../vectors/js.json' with { type: 'json' }
import sh from '../vectors/sh.json' with { type: 'json' }
import zj from '../vectors/zj.json' with { type: 'json' }
import type { Ledger, Way } from './ledger.ts'
import { VOCABULARIES } from './words.ts'

interface Row {
  readonly raw: string | number
  /** Null for what means nothing by itself. */
  readonly canonical: string | null
}

// Each table of the files has rows of its own; raw code and canonical word are in all of them.
const CODES: Readonly<Record<SimulatedRegionId, Readonly<Record<string, readonly Row[]>>>> = {
  shanghai: sh.codes as unknown as Readonly<Record<string, readonly Row[]>>,
  jiangsu: js.codes as unknown as Readonly<Record<string, readonly Row[]>>,
  zhejiang: zj.codes as unknown as Readonly<Record<string, readonly Row[]>>,
  anhui: ah.codes as unknown as Readonly<Record<string, readonly Row[]>>,
}

/** Names of a region's tables. */
export const tablesOf = (region: SimulatedRegionId): readonly string[] => Object.keys(CODES[region])

/** Raw codes of a table, in the contract's order. */
export const rawsOf = (region: SimulatedRegionId, table: string): readonly string[] =>
  (CODES[region][table] ?? []).map(({ raw }) => String(raw))

/** The canonical word of a raw code by the contract. @throws when the contract has no such code */
export function wordOf(region: SimulatedRegionId, table: string, raw: unknown): string {
  const row = CODES[region][table]?.find((one) => String(one.raw) === String(raw))
  if (!row) throw new Error(`${region} ${table} has no code ${JSON.stringify(raw)}`)
  const vocabulary = VOCABULARIES[`${region} ${table}`] ?? VOCABULARIES[table]
  return vocabulary?.[row.canonical ?? ''] ?? row.canonical ?? ''
}

/** Reads codes of one region, and notes that they were met. */
export type Reader = (table: string, raw: unknown) => string
export const readerOf =
  (region: SimulatedRegionId, ledger: Ledger, way: Way): Reader =>
  (table, raw) => {
    const word = wordOf(region, table, raw)
    ledger.code(region, table, String(raw), way)
    return word
  }
