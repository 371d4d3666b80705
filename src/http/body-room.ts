/** Room for large bodies: each is held in memory several times over while it is read and worked on, so there is room for a few. */
import type { Context } from 'hono'
import { GatewayError } from '../errors.ts'
import type { Env } from './env.ts'

/**
 * Bodies of this process that are in hand at once.
 * @param bytes how many together
 * @param most what a body may have that does not say its length
 * @returns runs `work` on a request while its body has room. @throws GatewayError `PICTURES_BUSY` when there is none
 */
export function bodyRoom(bytes: number, most: number) {
  let held = 0
  return async <T>(c: Context<Env>, work: () => Promise<T>): Promise<T> => {
    const declared = Number(c.req.header('content-length') ?? most)
    const size = declared >= 0 && declared <= most ? declared : most
    // One alone always has room: a limit on one body is looked at where it is read.
    if (held > 0 && held + size > bytes) throw new GatewayError('PICTURES_BUSY', { held })
    held += size
    try {
      return await work()
    } finally {
      held -= size
    }
  }
}
