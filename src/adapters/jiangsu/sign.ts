/**
 * The signature of Jiangsu's bus (contract 3.1, documented in one district): SHA-256 over timestamp, token, nonce and timestamp
 * again, in UPPER-case hex. Neither method nor path nor body is signed.
 */
import { createHash, randomBytes } from 'node:crypto'

/** UPPER-case hex. `timestamp` is unix seconds of ten digits, `nonce` sixteen letters and digits. */
export const busSignature = (timestamp: string, token: string, nonce: string): string =>
  createHash('sha256').update(`${timestamp}${token}${nonce}${timestamp}`, 'utf8').digest('hex').toUpperCase()

/** The four headers of one request; a repetition needs fresh ones. */
export function busHeaders(paasid: string, token: string, at: Date): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000)).padStart(10, '0')
  const nonce = randomBytes(8).toString('hex')
  return {
    'x-tif-paasid': paasid,
    'x-tif-timestamp': timestamp,
    'x-tif-nonce': nonce,
    'x-tif-signature': busSignature(timestamp, token, nonce),
  }
}

/** Lower-case hex SM3 (GB/T 32905), by which a result document is checked. */
export const sm3 = (bytes: Buffer): string => createHash('sm3').update(bytes).digest('hex')

/** A guid that is the same for the same seed: the `clientguid` of an upload, so that a repetition stores nothing twice. */
export function guidOf(seed: string): string {
  const hex = createHash('sha256').update(seed, 'utf8').digest('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join(
    '-',
  )
}
