/**
 * Shanghai signs its callbacks (contract 3.4, designed): HMAC-SM3 over method, path, timestamp, nonce and the SM3 of the raw
 * body, joined by line feeds with none at the end. The gateway's own calls carry a token instead.
 */
import { createHash, createHmac } from 'node:crypto'

/** Lower-case hex SM3 (GB/T 32905). */
export const sm3 = (bytes: Buffer | string): string => createHash('sm3').update(bytes).digest('hex')

/** The signed text. `path` is without query. */
export const callbackText = (path: string, timestamp: string, nonce: string, body: Buffer): string =>
  ['POST', path, timestamp, nonce, sm3(body)].join('\n')

/** Lower-case hex HMAC-SM3 of a text. */
export const signCallback = (secret: string, text: string): string =>
  createHmac('sm3', Buffer.from(secret, 'utf8')).update(text, 'utf8').digest('hex')
