import { createHash, createHmac } from 'node:crypto'
import { randomBytes } from '../moment.ts'
import { createPostman, type Postman } from '../postman.ts'
import type { Answer } from '../simulated.ts'
import { nowOf, type Office } from './office.ts'
import type { Callback } from './state.ts'

/** The signature of a callback (contract 3.4), with a fresh time and nonce for each attempt. */
function signedHeaders(office: Office, url: string, body: string): Record<string, string> {
  const timestamp = String(nowOf(office))
  const nonce = randomBytes(16).toString('hex')
  const digest = createHash('sm3').update(body).digest('hex')
  const text = ['POST', new URL(url).pathname, timestamp, nonce, digest].join('\n')
  return {
    'Content-Type': 'application/json;charset=UTF-8',
    'X-SH-Timestamp': timestamp,
    'X-SH-Nonce': nonce,
    'X-SH-Signature': createHmac('sm3', office.config.credentials.callbackSecret).update(text).digest('hex'),
  }
}

/** HTTP 200 and `isSuccess` true, and nothing less. */
function isTaken({ status, body }: Answer): boolean {
  if (status !== 200) return false
  try {
    return (JSON.parse(body) as { isSuccess?: unknown }).isSuccess === true
  } catch {
    return false
  }
}

/** Sends each callback, always with the same body. */
export const shanghaiPostman = (office: Office): Postman<Callback> =>
  createPostman(office.world, {
    letters: () => office.state.callbacks,
    send: ({ body }) => {
      const url = `${office.world.gatewayUrl}${office.config.options.callbackPath}`
      return office.world.post(url, signedHeaders(office, url, body), body)
    },
    isTaken,
  })
