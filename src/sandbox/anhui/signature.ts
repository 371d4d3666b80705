import { createHash, createHmac } from 'node:crypto'

/** The parts of a signature (contract 3.2). */
export interface Signed {
  /** The request target as on the request line: path and query. */
  readonly target: string
  /** Only in strategy GM (contract 3.4). */
  readonly randomKey?: string
  readonly nonce: string
  readonly timestamp: string
  readonly appId: string
  /** Empty when there is no body. */
  readonly contentMd5: string
}

/** Base64 of the MD5 of a body as sent: `S-Content-MD5`. */
export const contentMd5 = (body: string | Buffer): string => createHash('md5').update(body).digest('base64')

/** The parts that are there, joined. */
export function stringToSign({
  target,
  randomKey = '',
  nonce,
  timestamp,
  appId,
  contentMd5,
}: Signed): string {
  return [target, randomKey, nonce, timestamp, appId, contentMd5].filter((part) => part !== '').join('|')
}

/** The value of `S-Auth-Signature`, strategy PLAIN (contract 3.2). */
export const signatureOf = (secret: string, signed: Signed): string =>
  createHmac('sha256', secret).update(stringToSign(signed)).digest('base64')

/** The value of `S-Auth-Signature`, strategy GM (contract 3.4, step 5). */
export const gmSignatureOf = (secret: string, signed: Signed): string =>
  createHmac('sm3', secret).update(stringToSign(signed)).digest('base64')
