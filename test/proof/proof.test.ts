/**
 * The differential proof: what our adapters write the played regions take and keep with the same meaning, and what these say our adapters
 * read so, for every operation and every code. Neither shares a table with the other, and a third reading by the contract judges both.
 * `npm run proof` makes a hundred thousand exchanges; `PROOF_SEED` repeats a run.
 */
import { describe, expect, test } from 'vitest'
import { leftOut, NOT_ASKED, NOT_SAID, OPERATIONS } from './coverage.ts'
import { PLANTED } from './faults.ts'
import { openLedger } from './ledger.ts'
import { prove } from './prove.ts'
import { rawsOf } from './tables.ts'
import { adapterOf } from './world.ts'

const EXCHANGES = Number(process.env['PROOF'] ?? 2_000)
const SEED = Number(process.env['PROOF_SEED'] ?? 41)
const REGIONS = ['shanghai', 'jiangsu', 'zhejiang', 'anhui'] as const

describe.each(REGIONS)('%s', (region) => {
  test(
    'what one side writes the other reads, for every operation and every code',
    async () => {
      const ledger = openLedger()
      const began = Date.now()
      await prove({ region, ledger, seed: SEED, exchanges: EXCHANGES / REGIONS.length })
      const ms = Date.now() - began
      const counts = Object.entries(ledger.operations(region)).map(([name, count]) => `${name} ${count}`)
      process.stderr.write(`${region}: ${ledger.total()} exchanges in ${ms} ms: ${counts.join(', ')}\n`)
      expect(leftOut(ledger, region)).toEqual([])
      expect(ledger.total()).toBeGreaterThanOrEqual(EXCHANGES / REGIONS.length)
    },
    60_000 + EXCHANGES * 100,
  )

  test('the operations are those of the contract, and the excuses are for what it has', () => {
    const listed = [...Object.values(OPERATIONS[region]).flat(), ...Object.keys(NOT_ASKED[region])]
    const own = Object.keys(adapterOf(region).marks).map((one) => one.replace('case-callback', 'callback'))
    expect(own.filter((one) => !listed.includes(one))).toEqual([])
    expect(listed.filter((one) => !own.includes(one)).filter((one) => !NOT_ASKED[region][one])).toEqual([])
    for (const excuse of Object.keys(NOT_SAID[region])) {
      const [table = '', raw] = excuse.split(' ')
      expect(rawsOf(region, table)).toEqual(
        raw === undefined ? expect.any(Array) : expect.arrayContaining([raw]),
      )
    }
  })
})

describe('a planted fault is found', () => {
  test.each(PLANTED.map((one) => [one.side, one.name, one] as const))(
    'in the %s: %s',
    async (_side, _name, { region, fault, found }) => {
      const proof = prove({ region, ledger: openLedger(), seed: SEED, exchanges: 0, fault })
      await expect(proof).rejects.toThrow(found)
    },
    60_000,
  )

  test('there are as many as were promised, of both sides and all regions', () => {
    expect(PLANTED.length).toBeGreaterThanOrEqual(16)
    for (const side of ['adapter', 'sandbox']) expect(PLANTED.some((one) => one.side === side)).toBe(true)
    for (const region of REGIONS)
      expect(PLANTED.filter((one) => one.region === region).length).toBeGreaterThan(3)
  })
})
