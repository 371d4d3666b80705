/** Identifiers that sort by time and tell nothing. */
import { randomBytes } from 'node:crypto'

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** A new identifier: a short prefix, nine characters of time, sixteen of chance. */
export function newId(prefix: string, now: Date): string {
  let time = now.getTime()
  let head = ''
  for (let i = 0; i < 9; i += 1) {
    head = (ALPHABET[time % 32] ?? '0') + head
    time = Math.floor(time / 32)
  }
  let tail = ''
  for (const byte of randomBytes(16)) tail += ALPHABET[byte % 32] ?? '0'
  return `${prefix}_${head}${tail}`
}

/**
 * The gateway's own case number, which travels to the region: `CSJ`, the day in Asia/Shanghai, twelve characters of chance.
 * Letters and digits only: every contract's form for a source number takes it.
 */
export function newSourceNumber(now: Date): string {
  const day = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10).replaceAll('-', '')
  let tail = ''
  for (const byte of randomBytes(12)) tail += ALPHABET[byte % 32] ?? '0'
  return `CSJ${day}${tail.toUpperCase()}`
}
