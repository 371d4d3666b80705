/** What opens Shanghai's calls for a while, the token or the session: renewed once when a call finds that it has ended. */
import { GatewayError } from '../../errors.ts'
import type { Incoming } from '../kit/transport.ts'

/** A value that is kept until it ends: `cached` of the kit. */
interface Kept<Key> {
  readonly get: () => Promise<Key>
  readonly drop: (key: Key) => void
}

/**
 * Sends with the key; one that has ended is dropped, and the call repeated once (contract 3.1, 3.2).
 * @param ended the `errorCode` with which Shanghai says so
 */
export const renewing =
  <Key>(kept: Kept<Key>, ended: string) =>
  async <T>(send: (key: Key) => Promise<Incoming>, read: (answer: Incoming) => T): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      const key = await kept.get()
      try {
        return read(await send(key))
      } catch (error) {
        if (!(error instanceof GatewayError) || error.facts['code'] !== ended || attempt > 1) throw error
        kept.drop(key)
      }
    }
  }
