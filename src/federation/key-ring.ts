/** The keys of a running gateway: read once at the start, and again whenever the file was replaced. */
import { readFileSync, statSync } from 'node:fs'
import { GatewayError } from '../errors.ts'
import type { Log } from './deps.ts'
import { type Keys, parseKeys, requireInForce } from './keys.ts'

export interface KeyRing {
  /** The keys as they are now. */
  readonly keys: () => Keys
  /** Looks at the file. @returns whether there were new keys. A broken file is told and changes nothing. */
  readonly refresh: () => boolean
}

/** @throws GatewayError `CONFIGURATION_INVALID` when the file cannot be used at the start. */
export function keyRing(file: string, log: Log, now: () => Date): KeyRing {
  const stamp = () => {
    const { mtimeMs, ino, size } = statSync(file)
    return `${mtimeMs} ${ino} ${size}`
  }
  const read = (): Keys => {
    try {
      const found = parseKeys(readFileSync(file, 'utf8'))
      requireInForce(found, now())
      return found
    } catch (cause) {
      if (cause instanceof GatewayError) throw cause
      throw new GatewayError('CONFIGURATION_INVALID', {
        variable: 'KEYS_FILE',
        reason: 'the file cannot be read',
      })
    }
  }
  let keys = read()
  let seen = stamp()
  return {
    keys: () => keys,
    refresh: () => {
      try {
        const latest = stamp()
        if (latest === seen) return false
        keys = read()
        seen = latest
        return true
      } catch (error) {
        log.error(
          { reason: error instanceof Error ? error.message : 'unknown' },
          'the key file cannot be read again; the old keys stay in use',
        )
        return false
      }
    },
  }
}
