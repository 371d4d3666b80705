/** One call of Shanghai's: a token in the body, refreshed once when it has ended (contract 3.1). */
import { GatewayError } from '../../errors.ts'
import {
  cached,
  type FormPart,
  fileNameOf,
  formOf,
  jsonOf,
  multipart,
  objectOf,
  under,
} from '../kit/connect.ts'
import type { FileContent } from '../kit/contract.ts'
import type { Incoming, Transport } from '../kit/transport.ts'
import type { ShanghaiConfig } from './config.ts'
import { open, refusal } from './open.ts'
import { renewing } from './renewing.ts'

/** The calls that the link is made of. */
export interface Caller {
  /** A JSON call under `apiBase`; answers with `data`. */
  readonly json: (
    operation: string,
    path: string,
    body: Readonly<Record<string, unknown>>,
  ) => Promise<unknown>
  /** A multipart call; the token is one of its parts. */
  readonly form: (operation: string, path: string, parts: readonly FormPart[]) => Promise<unknown>
  /** A call that answers with bytes; a failure is JSON with HTTP 200, so the content type is looked at first. */
  readonly bytes: (
    operation: string,
    path: string,
    body: Readonly<Record<string, unknown>>,
  ) => Promise<FileContent>
  readonly health: () => Promise<void>
}

const JSON_TYPE = { 'content-type': 'application/json;charset=UTF-8' }

/** Binds the calls to one configuration. */
export function caller(config: ShanghaiConfig, transport: Transport, now: () => Date): Caller {
  const { credentials, options } = config
  const api = under(config.baseUrl, options.apiBase)

  const token = cached(async () => {
    const answer = await transport(
      {
        method: 'POST',
        url: `${api}/oauth2/getToken`,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: formOf({ clientId: credentials.clientId, clientSecret: credentials.clientSecret }),
      },
      { timeoutMs: options.timeoutMs },
    )
    const body = objectOf(jsonOf(answer))
    const value = body['access_token']
    // A wrong secret is told with HTTP 200 and `error`.
    if (typeof value !== 'string')
      throw new GatewayError('REGION_AUTH', {
        region: 'shanghai',
        operation: 'token',
        code: String(body['error'] ?? answer.status),
      })
    const seconds = Math.max(1, Number(body['expires_in'] ?? 0) - options.tokenEarlySeconds)
    return { value, until: now().getTime() + seconds * 1000 }
  }, now)

  const withToken = renewing(token, 'TOKEN_INVALID')

  const readData = (operation: string) => (answer: Incoming) => open(objectOf(jsonOf(answer)), operation)

  return {
    json: (operation, path, body) =>
      withToken(
        (accessToken) =>
          transport(
            {
              method: 'POST',
              url: `${api}${path}`,
              headers: JSON_TYPE,
              body: JSON.stringify({ accessToken, ...body }),
            },
            { timeoutMs: options.timeoutMs },
          ),
        readData(operation),
      ),
    form: (operation, path, parts) =>
      withToken((accessToken) => {
        const { contentType, body } = multipart([{ name: 'accessToken', value: accessToken }, ...parts])
        return transport(
          { method: 'POST', url: `${api}${path}`, headers: { 'content-type': contentType }, body },
          { timeoutMs: options.transferTimeoutMs },
        )
      }, readData(operation)),
    bytes: (operation, path, body) =>
      withToken(
        (accessToken) =>
          transport(
            {
              method: 'POST',
              url: `${api}${path}`,
              headers: JSON_TYPE,
              body: JSON.stringify({ accessToken, ...body }),
            },
            { timeoutMs: options.transferTimeoutMs },
          ),
        (answer) => {
          const contentType = answer.headers['content-type'] ?? ''
          if (answer.status >= 500 || /^application\/json/i.test(contentType))
            throw refusal(objectOf(jsonOf(answer)), operation)
          return {
            name: fileNameOf(answer.headers['content-disposition'], 'document'),
            contentType,
            bytes: answer.body,
          }
        },
      ),
    health: async () => {
      const answer = await transport(
        { method: 'GET', url: `${api}/health`, headers: {} },
        { timeoutMs: options.timeoutMs },
      )
      open(objectOf(jsonOf(answer)), 'health')
    },
  }
}
