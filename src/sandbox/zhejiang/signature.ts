import { createHash, createHmac } from 'node:crypto'

/** RFC 3986 percent-encoding of the UTF-8 bytes: only letters, digits and `-_.~` stay (contract 3.1). */
export function encodeComponent(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/** The query line of the string to sign: pairs sorted by the bytes of the decoded key (contract 3.1). */
export function queryLine(pairs: Iterable<readonly [string, string]>): string {
  return [...pairs]
    .map(([key, value]) => ({
      bytes: Buffer.from(key),
      line: `${encodeComponent(key)}=${encodeComponent(value)}`,
    }))
    .sort((left, right) => Buffer.compare(left.bytes, right.bytes))
    .map(({ line }) => line)
    .join('&')
}

/** What is signed besides the secret: five lines, the last one ended too. */
export interface Signed {
  readonly method: string
  readonly path: string
  readonly query: Iterable<readonly [string, string]>
  readonly accessKey: string
  readonly date: string
}

/** The five lines of contract 3.1. */
export const linesOf = ({ method, path, query, accessKey, date }: Signed): string =>
  `${method.toUpperCase()}\n${path}\n${queryLine(query)}\n${accessKey}\n${date}\n`

/** Base64 of the HMAC-SHA256 over the five lines of contract 3.1. */
export const signatureOf = (secretKey: string, signed: Signed): string =>
  createHmac('sha256', secretKey).update(linesOf(signed)).digest('base64')

/** The 32 lower-case hexadecimal digits that sign a call of the sharing dialect (contract 3.2). */
export function sharingSign(appKey: string, secret: string, requestTime: string): string {
  return createHash('md5').update(`${appKey}${secret}${requestTime}`).digest('hex')
}

/** Lower-case hexadecimal SHA-256. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex')
}
