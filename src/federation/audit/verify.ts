/** Checks every chain of access records: that nothing was taken out, changed, moved or put in by hand. */
import { createHash } from 'node:crypto'
import type { AccessRecordRow, ChainRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { macOf } from './access.ts'

type Needs = Pick<Deps, 'store' | 'sealing'>

/** One thing that is wrong. */
export interface Finding {
  /** The holder's key, or the shard where a whole chain is missing. */
  readonly holder: string
  readonly clock: string
  /** Where in the chain; 0 for its head. */
  readonly sequence: number
  readonly what: string
}

/** How much was looked at. */
export interface Verified {
  readonly chains: number
  readonly records: number
  readonly findings: number
}

const sha256 = (...parts: readonly (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** Walks all chains in bounded memory, while the gateway runs or not. @param tell hears of each finding at once · @param seen hears of each chain, and of how many there are */
export async function verifyChains(
  tell: (finding: Finding) => void,
  { store, sealing }: Needs,
  seen: (total: number) => void = () => undefined,
): Promise<Verified> {
  let [chains, records, findings] = [0, 0, 0]
  const found = (finding: Finding) => {
    findings += 1
    tell(finding)
  }
  const total = await store.chains.count()
  await store.chains.visit(async (chain, rows) => {
    chains += 1
    seen(total)
    records += await checkChain(chain, rows, found, { sealing })
  })
  for (const { holderKey, clock, records: count } of await store.chains.orphans())
    found({
      holder: holderKey,
      clock,
      sequence: 0,
      what: `the head is missing; records without it: ${count}`,
    })
  for (const { shard, counted, found: there, highest } of await store.chains.shards())
    if (counted !== there || counted !== highest)
      found({
        holder: shard,
        clock: 'all',
        sequence: 0,
        what: `a chain is missing or was put in: counted ${counted}, found ${there}, highest number ${highest}`,
      })
  return { chains, records, findings }
}

/** Checks one chain from what was pruned to its end. @returns how many records it has */
async function checkChain(
  chain: ChainRow,
  rows: AsyncIterable<AccessRecordRow>,
  found: (finding: Finding) => void,
  deps: Pick<Deps, 'sealing'>,
): Promise<number> {
  const at = (sequence: number, what: string) =>
    found({ holder: chain.holderKey, clock: chain.clock, sequence, what })
  const start = sha256(`${chain.shard} ${chain.number}`)
  if (chain.shard !== chain.holderKey.slice(0, 2)) at(0, 'the head is in the wrong shard')
  if (chain.prunedLength === 0 && !start.equals(chain.prunedDigest))
    at(0, 'the head does not fit: its start was changed')

  let [digest, last, count, isWhole] = [chain.prunedDigest, chain.prunedLength, 0, true]
  const broken = (sequence: number, what: string) => {
    isWhole = false
    at(sequence, what)
  }
  for await (const row of rows) {
    count += 1
    if (row.sequence <= chain.prunedLength || row.sequence > chain.length) {
      broken(row.sequence, 'a record stands outside of what the head counts')
      continue
    }
    if (row.sequence !== last + 1) broken(last + 1, missing(last + 1, row.sequence - 1))
    if (!macOf(row, deps).equals(row.mac))
      broken(row.sequence, 'a record was changed, or comes from another chain')
    digest = sha256(digest, row.mac)
    last = row.sequence
  }
  if (last < chain.length) broken(last + 1, missing(last + 1, chain.length))
  // What is named above breaks the digest as well: one line for one deed.
  if (isWhole && !digest.equals(chain.digest))
    at(0, 'the head does not fit: records were moved, or the head was changed')
  return count
}

const missing = (from: number, to: number): string =>
  from === to ? 'a record is missing' : `records are missing: up to ${to}`
