/**
 * The signature of the Shield front (contract 3.1 to 3.4, documented; GM designed), the same in both directions: an HMAC over the
 * request target, the key of the request in GM, the nonce, the time, the caller and the MD5 of the body, joined by bars. Empty parts
 * are left out. PLAIN is HMAC-SHA256, GM is HMAC-SM3.
 */
import { createHash, createHmac } from 'node:crypto'

/** Base64 of the MD5 of the body as it is sent; `''` where there is no body. */
export const contentMd5 = (body: Buffer | string): string =>
  body.length === 0 ? '' : createHash('md5').update(body).digest('base64')

/** What is signed. `target` is path and query as they stand on the request line. */
export interface Signed {
  readonly target: string
  /** `S-Auth-RandomKey` of strategy GM; absent in PLAIN. */
  readonly randomKey?: string
  readonly nonce: string
  /** Milliseconds since 1970, thirteen digits. */
  readonly timestamp: string
  readonly appId: string
  readonly contentMd5: string
}

/** The signed text. */
export const stringToSign = ({
  target,
  randomKey = '',
  nonce,
  timestamp,
  appId,
  contentMd5: md5,
}: Signed): string =>
  [target, randomKey, nonce, timestamp, appId, md5].filter((part) => part !== '').join('|')

/** Base64 of HMAC-SHA-256, or of HMAC-SM3 where the request has a key of its own. */
export const signature = (secret: string, signed: Signed): string =>
  createHmac(signed.randomKey === undefined ? 'sha256' : 'sm3', Buffer.from(secret, 'utf8'))
    .update(stringToSign(signed), 'utf8')
    .digest('base64')

/** What every call of ours says of itself. */
export interface Constants {
  readonly stage: string
  readonly sdkVersion: string
  readonly userAgent: string
}

/** The headers of one attempt, in GM where it has a key of its own. */
export function headersFor(
  signed: Signed,
  secret: string,
  group: string,
  { stage, sdkVersion, userAgent }: Constants,
): Record<string, string> {
  return {
    'S-Auth-Version': '1',
    'S-Auth-AppId': signed.appId,
    'S-Auth-Timestamp': signed.timestamp,
    'S-Auth-Nonce': signed.nonce,
    'S-Auth-Stage': stage,
    'S-Auth-GroupId': group,
    'S-Auth-Signature': signature(secret, signed),
    'S-SDK-Version': sdkVersion,
    'User-Agent': userAgent,
    ...(signed.contentMd5 === '' ? {} : { 'S-Content-MD5': signed.contentMd5 }),
    ...(signed.randomKey === undefined
      ? {}
      : { 'S-Auth-SignType': 'GM', 'S-Auth-RandomKey': signed.randomKey }),
  }
}
