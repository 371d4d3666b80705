import { randomUUID } from '../moment.ts'
import { createPostman, type Postman } from '../postman.ts'
import type { Answer } from '../simulated.ts'
import { nowOf, type Office } from './office.ts'
import { contentMd5, signatureOf } from './signature.ts'
import type { QueuedCallback } from './state.ts'

/** An answer later than ten seconds is none. */
const ANSWER_MS = 10_000
/** The results that end a callback; every other answer is followed by another attempt. */
const ENDING: ReadonlySet<string> = new Set(['01', '02', '05'])

/** The Shield headers of a callback, new for every attempt. */
function signedHeaders(office: Office, { url, contentType }: QueuedCallback, body: string) {
  const { credentials, options } = office.config
  const { pathname, search } = new URL(url)
  const nonce = randomUUID()
  const timestamp = String(nowOf(office))
  const appId = credentials.callbackAppId
  const md5 = contentMd5(body)
  const signed = { target: pathname + search, nonce, timestamp, appId, contentMd5: md5 }
  return {
    'Content-Type': contentType,
    'S-Auth-Version': '1',
    'S-Auth-AppId': appId,
    'S-Auth-Timestamp': timestamp,
    'S-Auth-Nonce': nonce,
    'S-Auth-Stage': options.stage,
    'S-Auth-GroupId': options.callbackGroup,
    'S-Auth-Signature': signatureOf(credentials.callbackAppSecret, signed),
    'S-Content-MD5': md5,
    'S-SDK-Version': options.sdkVersion,
    'User-Agent': options.userAgent,
  }
}

/** The `result` of an answer, or an empty text. */
function resultOf({ body }: Answer): string {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value !== 'object' || value === null || !('result' in value)) return ''
    return typeof value.result === 'string' ? value.result.slice(0, 10) : ''
  } catch {
    return ''
  }
}

/** Sends callbacks until they are answered for good, those of one case in their order (contract 4c). */
export const anhuiPostman = (office: Office): Postman<QueuedCallback> =>
  createPostman(office.world, {
    letters: () => office.state.callbacks,
    send: (letter) => {
      const { url, body = '' } = letter
      return office.world.post(url, signedHeaders(office, letter, body), body)
    },
    isTaken: (answer) => answer.status === 200 && ENDING.has(resultOf(answer)),
    answerMs: ANSWER_MS,
    inOrderOf: ({ caseNumber }) => caseNumber,
    saidIn: resultOf,
    // What was taken is not sent again: its body need not be kept.
    onTaken: (letter) => delete letter.body,
  })
