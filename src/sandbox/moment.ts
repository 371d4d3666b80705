/**
 * What belongs to the one request that a played region is answering: where its random bytes come from, so that the same seed gives
 * the same bytes however many requests are answered at once, and what was checked about its signature, for whoever looks on.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash, randomBytes as freshBytes } from 'node:crypto'

/** How one signature was checked. The secret itself is never among it. */
export interface SignatureCheck {
  /** The clause of the contract. */
  readonly clause: string
  /** What was signed, as the region puts it together from the request; a secret in it is written `…`. */
  readonly stringToSign: string
  readonly expected: string
  readonly received: string
}

interface Moment {
  readonly bytes: (count: number) => Buffer
  readonly checks: SignatureCheck[]
}

const moments = new AsyncLocalStorage<Moment>()

/** A stream of bytes that is the same for the same text. */
function bytesFrom(text: string): (count: number) => Buffer {
  let block = 0
  let left = Buffer.alloc(0)
  return (count) => {
    while (left.length < count) {
      left = Buffer.concat([left, createHash('sha256').update(`${text}\n${block}`).digest()])
      block += 1
    }
    const taken = left.subarray(0, count)
    left = left.subarray(count)
    return taken
  }
}

/**
 * Runs what answers one request.
 *
 * @param seed what its random bytes are drawn from; the machine's own randomness when absent
 */
export function inMoment<T>(seed: string | undefined, run: (checks: readonly SignatureCheck[]) => T): T {
  const checks: SignatureCheck[] = []
  return moments.run({ bytes: seed === undefined ? freshBytes : bytesFrom(seed), checks }, () => run(checks))
}

/** Random bytes: from the seed of the request where there is one. */
export const randomBytes = (count: number): Buffer => (moments.getStore()?.bytes ?? freshBytes)(count)

/** A random number from 0 to below `below`, which is at most 2^32: what a seeded world needs of `randomInt`. */
export const randomInt = (below: number): number =>
  Math.floor((randomBytes(4).readUInt32BE() / 2 ** 32) * below)

/** A random UUID, version 4. */
export function randomUUID(): string {
  const bytes = Buffer.from(randomBytes(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

/** Tells whoever looks on how a signature was checked. */
export const explain = (check: SignatureCheck): void => void moments.getStore()?.checks.push(check)

/** A number from 0 to below 1 that is the same for the same text: a draw of the lot that can be repeated. */
export const lot = (text: string): number =>
  createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32
