import { createHash } from 'node:crypto'
import { randomBytes } from '../moment.ts'

/** The signature of the bus (contract 3.1): UPPER-case hex of SHA-256 over timestamp, token, nonce, timestamp. */
export const signatureOf = (token: string, timestamp: string, nonce: string): string =>
  createHash('sha256')
    .update(timestamp + token + nonce + timestamp)
    .digest('hex')
    .toUpperCase()

/** The headers of a callback, fresh for each attempt (contract 3.5). */
export function callbackHeaders(
  { paasid, tifToken }: { readonly paasid: string; readonly tifToken: string },
  nowMs: number,
): Record<string, string> {
  const timestamp = String(Math.floor(nowMs / 1000))
  const nonce = randomBytes(8).toString('hex')
  return {
    'Content-Type': 'application/json;charset=UTF-8',
    'x-tif-paasid': paasid,
    'x-tif-timestamp': timestamp,
    'x-tif-nonce': nonce,
    'x-tif-signature': signatureOf(tifToken, timestamp, nonce),
  }
}
