import { createPostman, type Postman } from '../postman.ts'
import type { Office } from './office.ts'
import { jsonObject } from './requests.ts'
import { signatureOf } from './signature.ts'
import type { QueuedCallback } from './state.ts'

/** An answer later than five seconds is none. */
const ANSWER_MS = 5_000

function signedHeaders(office: Office, url: string): Record<string, string> {
  const { callbackAccessKey: accessKey, callbackSecretKey } = office.config.credentials
  const date = office.world.now().toUTCString()
  const { pathname: path, searchParams } = new URL(url)
  return {
    'Content-Type': 'application/json; charset=UTF-8',
    'X-BG-HMAC-ACCESS-KEY': accessKey,
    'X-BG-HMAC-ALGORITHM': 'hmac-sha256',
    'X-BG-DATE-TIME': date,
    'X-BG-HMAC-SIGNATURE': signatureOf(callbackSecretKey, {
      method: 'POST',
      path,
      query: searchParams,
      accessKey,
      date,
    }),
  }
}

/** Sends callbacks until they are acknowledged (contract 3.3 and 4.c.2). */
export const zhejiangPostman = (office: Office): Postman<QueuedCallback> =>
  createPostman(office.world, {
    letters: () => office.state.callbacks,
    send: ({ channel, body = '' }) => {
      const { gatewayUrl, post } = office.world
      const url = `${gatewayUrl}${office.config.options.callbackPath}/${channel}`
      return post(url, signedHeaders(office, url), body)
    },
    isTaken: ({ status, body }) => status === 200 && jsonObject(body)?.['success'] === true,
    answerMs: ANSWER_MS,
    saidIn: ({ body }) => {
      const code = jsonObject(body)?.['errorCode']
      return typeof code === 'string' ? code : ''
    },
    // What was taken is not sent again: its body need not be kept.
    onTaken: (letter) => delete letter.body,
  })
