import { createPostman, type Postman } from '../postman.ts'
import type { Answer } from '../simulated.ts'
import { nowOf, type Office } from './office.ts'
import { callbackHeaders } from './signature.ts'
import type { QueuedCallback } from './state.ts'

/** Taken is `custom.code` 1 with HTTP 200, and nothing else (contract 4.c). */
function isTaken({ status, body }: Answer): boolean {
  if (status !== 200) return false
  try {
    return String((JSON.parse(body) as { custom?: { code?: unknown } }).custom?.code) === '1'
  } catch {
    return false
  }
}

/** Sends each callback with a fresh time, nonce and signature, but the same `params`. */
export const jiangsuPostman = (office: Office): Postman<QueuedCallback> =>
  createPostman(office.world, {
    letters: () => office.state.callbacks,
    send: ({ params }) => {
      const { credentials, options } = office.config
      return office.world.post(
        `${office.world.gatewayUrl}${options.callbackPath}`,
        callbackHeaders(credentials.callback, nowOf(office)),
        JSON.stringify({ token: credentials.callback.moduleToken, params }),
      )
    },
    isTaken,
  })
