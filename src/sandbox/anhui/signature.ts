import { createHash, createHmac } from 'node:crypto'

/** The parts of a PLAIN signature (contract 3.2). */
export interface Signed {
  /** The request target as on the request line: path and query. */
  readonly target: string
  readonly nonce: string
  readonly timestamp: string
  readonly appId: string
  /** Empty when there is no body. */
  readonly contentMd5: string
}

/** Base64 of the MD5 of a body as sent: `S-Content-MD5`. */
export const contentMd5 = (body: string | Buffer): string => createHash('md5').update(body).digest('base64')

/** The value of `S-Auth-Signature`, strategy PLAIN (contract 3.2). */
export function signatureOf(secret: string, signed: Signed): string {
  const parts = [signed.target, signed.nonce, signed.timestamp, signed.appId, signed.contentMd5]
  return createHmac('sha256', secret)
    .update(parts.filter((part) => part !== '').join('|'))
    .digest('base64')
}
