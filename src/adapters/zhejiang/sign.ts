/**
 * The signature of Zhejiang's API gateway (contract 3.1, documented) in both directions, and the MD5 of the sharing dialect
 * (3.2). Five lines are signed, each ended by a line feed, the last one too; the body is not.
 */
import { createHash, createHmac } from 'node:crypto'

/** Query parameters by their decoded names. */
export type Query = Readonly<Record<string, string>>

/** RFC 3986: everything but `A-Z a-z 0-9 - _ . ~` is percent-encoded, in upper-case hex. */
export const enc = (text: string): string =>
  encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )

/** The query as it is signed, and as we send it: sorted by the bytes of the decoded name. */
export const queryLine = (query: Query): string =>
  Object.entries(query)
    .toSorted(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([name, value]) => `${enc(name)}=${enc(value)}`)
    .join('&')

/** The text that is signed. */
export const stringToSign = (
  method: string,
  path: string,
  query: string,
  accessKey: string,
  date: string,
): string => `${[method, path, query, accessKey, date].join('\n')}\n`

/** Base64 of HMAC-SHA-256. */
export const signature = (secretKey: string, text: string): string =>
  createHmac('sha256', secretKey).update(text, 'utf8').digest('base64')

/** IMF-fixdate, GMT. */
export const fixdate = (at: Date): string => at.toUTCString()

/** Lower-case hex MD5 of the three parts, one after the other. */
export const sharingSign = (appKey: string, secret: string, requestTime: string): string =>
  createHash('md5')
    .update(appKey + secret + requestTime, 'utf8')
    .digest('hex')

/** The four headers. */
export function headersFor(
  method: string,
  path: string,
  query: string,
  keys: { accessKey: string; secretKey: string },
  at: Date,
): Record<string, string> {
  const date = fixdate(at)
  return {
    'X-BG-HMAC-ACCESS-KEY': keys.accessKey,
    'X-BG-HMAC-ALGORITHM': 'hmac-sha256',
    'X-BG-DATE-TIME': date,
    'X-BG-HMAC-SIGNATURE': signature(keys.secretKey, stringToSign(method, path, query, keys.accessKey, date)),
  }
}
