/** One call of Zhejiang's, in either dialect, with the repairs that the contract names: the clock once, the secrets once. */
import { GatewayError } from '../../errors.ts'
import { asText } from '../kit/codecs.ts'
import { type FormPart, formOf, jsonOf, multipart, objectOf } from '../kit/connect.ts'
import type { Incoming, Transport } from '../kit/transport.ts'
import type { ZhejiangConfig } from './config.ts'
import { open, openSharing, refusal } from './open.ts'
import { headersFor, type Query, queryLine, sharingSign } from './sign.ts'

type Plain = Readonly<Record<string, unknown>>
type Group = 'matter' | 'case' | 'attach'

/** The calls that the link is made of. */
export interface Caller {
  readonly get: (operation: string, group: Group, path: string, query: Query) => Promise<unknown>
  readonly json: (operation: string, group: Group, path: string, body: Plain) => Promise<unknown>
  readonly param: (operation: string, path: string, value: Plain) => Promise<unknown>
  readonly form: (operation: string, path: string, parts: readonly FormPart[]) => Promise<unknown>
  /** Bytes; a failure is JSON with HTTP 200, so the content type is looked at first. */
  readonly bytes: (operation: string, path: string, query: Query) => Promise<Incoming>
  /** A call of the sharing dialect; answers with the whole envelope. */
  readonly sharing: (operation: string, apiId: string, query: Query) => Promise<Plain>
}

interface Secrets {
  readonly refreshSecret: string
  readonly requestSecret: string
  readonly requestUntil: number
}

const JSON_TYPE = { 'content-type': 'application/json; charset=UTF-8' }
/** A request secret lives fifteen minutes and may be used for twelve. */
const EARLY_MS = 3 * 60_000

export function caller(config: ZhejiangConfig, transport: Transport, now: () => Date): Caller {
  const { baseUrl, credentials, options } = config
  let clockOffset = 0
  const at = () => new Date(now().getTime() + clockOffset)

  /** Signs and sends. A refused clock is corrected by the answer's own date, once. */
  const send = async (
    operation: string,
    method: 'GET' | 'POST',
    path: string,
    query: () => Query,
    more: { headers?: Record<string, string>; body?: string | Buffer; timeoutMs?: number } = {},
  ): Promise<Incoming> => {
    for (let attempt = 1; ; attempt += 1) {
      const line = queryLine(query())
      const headers = { ...headersFor(method, path, line, credentials, at()), ...more.headers }
      const answer = await transport(
        {
          method,
          url: `${baseUrl}${path}${line === '' ? '' : `?${line}`}`,
          headers,
          ...(more.body === undefined ? {} : { body: more.body }),
        },
        { timeoutMs: more.timeoutMs ?? options.timeoutMs },
      )
      if (answer.status !== 401 && answer.status !== 404 && answer.status !== 413) return answer
      const message = String(objectOf(jsonOf(answer))['message'] ?? '')
      const theirs = Date.parse(answer.headers['date'] ?? '')
      if (message === 'Clock skew exceeded' && attempt === 1 && !Number.isNaN(theirs)) {
        clockOffset = theirs - now().getTime()
        continue
      }
      throw new GatewayError(answer.status === 413 ? 'REGION_REJECTED' : 'REGION_AUTH', {
        region: 'zhejiang',
        operation,
        code: String(answer.status),
        message,
      })
    }
  }

  const pathOf = (group: Group, rest: string) => `${options.pathPrefix}/${options.icCodes[group]}${rest}`
  const dataOf = (operation: string, answer: Incoming) => open(objectOf(jsonOf(answer)), operation)

  let secrets: Secrets | undefined
  let pending: Promise<Secrets> | undefined

  const refreshBy = async (operation: string, file: string, secret: string): Promise<Secrets> => {
    const query = () => {
      const requestTime = String(at().getTime())
      return {
        appKey: credentials.sharingAppKey,
        requestTime,
        sign: sharingSign(credentials.sharingAppKey, secret, requestTime),
      }
    }
    const answer = await send(
      operation,
      'GET',
      pathOf('matter', `${options.sharingRefreshPath}/${file}`),
      query,
    )
    const datas = objectOf(openSharing(objectOf(jsonOf(answer)), operation)['datas'])
    return {
      refreshSecret: asText(datas['refreshSecret']),
      requestSecret: asText(datas['requestSecret']),
      requestUntil: Number(datas['requestSecretEndTime']) - EARLY_MS,
    }
  }

  /** The second stage while it works, the first when it does not; once for all who wait. */
  const refresh = (): Promise<Secrets> => {
    pending ??= (async () => {
      try {
        const known = secrets
        secrets = undefined
        const first = () => refreshBy('sharing-token', 'refreshTokenByKey.htm', credentials.sharingAppSecret)
        secrets = known
          ? await refreshBy('sharing-token', 'refreshTokenBySec.htm', known.refreshSecret).catch(first)
          : await first()
        return secrets
      } finally {
        pending = undefined
      }
    })()
    return pending
  }

  const sharing: Caller['sharing'] = async (operation, apiId, query) => {
    for (let attempt = 1; ; attempt += 1) {
      const current = secrets && at().getTime() < secrets.requestUntil ? secrets : await refresh()
      const whole = () => {
        const requestTime = String(at().getTime())
        return {
          ...query,
          appKey: credentials.sharingAppKey,
          requestTime,
          sign: sharingSign(credentials.sharingAppKey, current.requestSecret, requestTime),
        }
      }
      const answer = await send(
        operation,
        'GET',
        pathOf('matter', `${options.sharingApiPath}/${apiId}.htm`),
        whole,
      )
      try {
        return openSharing(objectOf(jsonOf(answer)), operation)
      } catch (error) {
        const ended =
          error instanceof GatewayError && (error.facts['code'] === '01' || error.facts['code'] === '02')
        if (!ended || attempt > 1) throw error
        if (secrets === current) await refresh()
      }
    }
  }

  return {
    get: async (operation, group, path, query) =>
      dataOf(operation, await send(operation, 'GET', pathOf(group, path), () => query)),
    json: async (operation, group, path, body) =>
      dataOf(
        operation,
        await send(operation, 'POST', pathOf(group, path), () => ({}), {
          headers: JSON_TYPE,
          body: JSON.stringify(body),
        }),
      ),
    param: async (operation, path, value) =>
      dataOf(
        operation,
        await send(operation, 'POST', pathOf('case', path), () => ({}), {
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: formOf({ param: JSON.stringify(value) }),
        }),
      ),
    form: async (operation, path, parts) => {
      const { contentType, body } = multipart(parts)
      return dataOf(
        operation,
        await send(operation, 'POST', pathOf('attach', path), () => ({}), {
          headers: { 'content-type': contentType },
          body,
          timeoutMs: options.uploadTimeoutMs,
        }),
      )
    },
    bytes: async (operation, path, query) => {
      const answer = await send(operation, 'GET', pathOf('attach', path), () => query, {
        timeoutMs: options.uploadTimeoutMs,
      })
      if (answer.status >= 500 || (answer.headers['content-type'] ?? '').startsWith('application/json'))
        throw refusal(objectOf(jsonOf(answer)), operation)
      return answer
    },
    sharing,
  }
}
