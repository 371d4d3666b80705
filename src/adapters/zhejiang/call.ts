/** One call of Zhejiang's, in either dialect, with the repairs that the contract names: the clock once, the secrets once. */
import { GatewayError } from '../../errors.ts'
import { asText } from '../kit/codecs.ts'
import { type FormPart, formOf, jsonOf, multipart, objectOf } from '../kit/connect.ts'
import type { Incoming, Transport } from '../kit/transport.ts'
import type { ZhejiangConfig } from './config.ts'
import { open, openSharing, refusal } from './open.ts'
import { isSecretFailure, type Secrets, secretStore } from './secrets.ts'
import { headersFor, type Query, queryLine, sharingSign } from './sign.ts'

type Plain = Readonly<Record<string, unknown>>
type Group = 'matter' | 'case' | 'attach' | 'photo' | 'licence' | 'rating' | 'ssoToken' | 'ssoUser'
/** Groups of the sharing dialect. One pair of secrets serves both (contract 3.2). */
type SharingGroup = Extract<Group, 'matter' | 'licence'>

/** The calls that the link is made of. */
export interface Caller {
  readonly get: (operation: string, group: Group, path: string, query: Query) => Promise<unknown>
  readonly json: (operation: string, group: Group, path: string, body: Plain) => Promise<unknown>
  readonly param: (operation: string, path: string, value: Plain) => Promise<unknown>
  readonly form: (operation: string, path: string, parts: readonly FormPart[]) => Promise<unknown>
  /** Bytes; a failure is JSON with HTTP 200, so the content type is looked at first. */
  readonly bytes: (operation: string, path: string, query: Query) => Promise<Incoming>
  /** A call of the sharing dialect; answers with the whole envelope. */
  readonly sharing: (operation: string, group: SharingGroup, apiId: string, query: Query) => Promise<Plain>
}

/** A request before it is signed. The query is made anew at each attempt, since it may hold the time. */
interface Unsigned {
  readonly operation: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly query?: () => Query
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  readonly timeoutMs?: number
}

const JSON_TYPE = { 'content-type': 'application/json; charset=UTF-8' }
/** A request secret lives fifteen minutes; it is used for twelve at most, and never in its last three. */
const USED_MS = 12 * 60_000
const EARLY_MS = 3 * 60_000
/** Answers of the API gateway itself, never of the business behind it (contract section 1). */
const FRONT_STATUSES: readonly number[] = [401, 404, 413]

/** A refusal of the API gateway: all but a body that is too large are faults of the configuration. */
const refusedBy = (answer: Incoming, operation: string): GatewayError =>
  new GatewayError(answer.status === 413 ? 'REGION_REJECTED' : 'REGION_AUTH', {
    region: 'zhejiang',
    operation,
    code: String(answer.status),
    message: messageOf(answer),
  })

/** All that the API gateway says (contract section 1 and 3.1). */
const FRONT_MESSAGES: readonly unknown[] = [
  'Invalid access key',
  'Invalid signature',
  'Clock skew exceeded',
  'The route_id is forbidden.',
  'Not Found',
  'Request Entity Too Large',
]

/** Its words as an error may tell them. Another front may quote the address, in which a certificate number stands (contract 4.g.1). */
const messageOf = (answer: Incoming): string => {
  const message = objectOf(jsonOf(answer))['message']
  return typeof message === 'string' && FRONT_MESSAGES.includes(message) ? message : 'another'
}

/** The region's clock by the answer's own date, in epoch milliseconds. */
const clockOf = (answer: Incoming): number => Date.parse(answer.headers['date'] ?? '')

const isClockRefusal = (answer: Incoming): boolean =>
  answer.status === 401 && messageOf(answer) === 'Clock skew exceeded' && !Number.isNaN(clockOf(answer))

/** The sharing dialect's own refusal of `requestTime`. */
const isTimeRefusal = (answer: Incoming): boolean =>
  answer.status === 200 && objectOf(jsonOf(answer))['code'] === '05' && !Number.isNaN(clockOf(answer))

export function caller(config: ZhejiangConfig, transport: Transport, now: () => Date): Caller {
  const { baseUrl, credentials, options } = config
  let clockOffset = 0
  const at = () => new Date(now().getTime() + clockOffset)

  const attempt = (ask: Unsigned): Promise<Incoming> => {
    const line = queryLine(ask.query?.() ?? {})
    return transport(
      {
        method: ask.method,
        url: `${baseUrl}${ask.path}${line === '' ? '' : `?${line}`}`,
        headers: { ...headersFor(ask.method, ask.path, line, credentials, at()), ...ask.headers },
        ...(ask.body === undefined ? {} : { body: ask.body }),
      },
      { timeoutMs: ask.timeoutMs ?? options.timeoutMs },
    )
  }

  /** Signs and sends. A refused clock is corrected by the answer's own date, once. */
  const send = async (
    ask: Unsigned,
    isClock: (answer: Incoming) => boolean = isClockRefusal,
  ): Promise<Incoming> => {
    let answer = await attempt(ask)
    if (isClock(answer)) {
      clockOffset = clockOf(answer) - now().getTime()
      answer = await attempt(ask)
    }
    if (FRONT_STATUSES.includes(answer.status)) throw refusedBy(answer, ask.operation)
    return answer
  }

  const pathOf = (group: Group, rest: string) => `${options.pathPrefix}/${options.icCodes[group]}${rest}`
  const dataOf = async (ask: Unsigned) => open(objectOf(jsonOf(await send(ask))), ask.operation)

  /** A signed call of the sharing dialect, opened. */
  const share = async (operation: string, path: string, secret: string, query: Query): Promise<Plain> => {
    const signed = () => {
      const requestTime = String(at().getTime())
      const sign = sharingSign(credentials.sharingAppKey, secret, requestTime)
      return { ...query, appKey: credentials.sharingAppKey, requestTime, sign }
    }
    const answer = await send(
      { operation, method: 'GET', path, query: signed },
      (one) => isClockRefusal(one) || isTimeRefusal(one),
    )
    return openSharing(objectOf(jsonOf(answer)), operation)
  }

  const stage = async (file: string, secret: string): Promise<Secrets> => {
    const path = pathOf('matter', `${options.sharingRefreshPath}/${file}`)
    const datas = objectOf((await share('sharing-token', path, secret, {}))['datas'])
    return {
      refreshSecret: asText(datas['refreshSecret']),
      requestSecret: asText(datas['requestSecret']),
      requestUntil: Math.min(Number(datas['requestSecretEndTime']) - EARLY_MS, at().getTime() + USED_MS),
    }
  }
  const secrets = secretStore(
    {
      byKey: () => stage('refreshTokenByKey.htm', credentials.sharingAppSecret),
      bySecret: (refreshSecret) => stage('refreshTokenBySec.htm', refreshSecret),
    },
    () => at().getTime(),
  )

  const sharing: Caller['sharing'] = async (operation, group, apiId, query) => {
    const path = pathOf(group, `${options.sharingApiPath}/${apiId}.htm`)
    const known = await secrets.current()
    try {
      return await share(operation, path, known.requestSecret, query)
    } catch (error) {
      if (!isSecretFailure(error)) throw error
      const renewed = await secrets.replace(known, error)
      return await share(operation, path, renewed.requestSecret, query)
    }
  }

  return {
    get: (operation, group, path, query) =>
      dataOf({ operation, method: 'GET', path: pathOf(group, path), query: () => query }),
    json: (operation, group, path, body) =>
      dataOf({
        operation,
        method: 'POST',
        path: pathOf(group, path),
        headers: JSON_TYPE,
        body: JSON.stringify(body),
      }),
    param: (operation, path, value) =>
      dataOf({
        operation,
        method: 'POST',
        path: pathOf('case', path),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: formOf({ param: JSON.stringify(value) }),
      }),
    form: (operation, path, parts) => {
      const { contentType, body } = multipart(parts)
      return dataOf({
        operation,
        method: 'POST',
        path: pathOf('attach', path),
        headers: { 'content-type': contentType },
        body,
        timeoutMs: options.uploadTimeoutMs,
      })
    },
    bytes: async (operation, path, query) => {
      const answer = await send({
        operation,
        method: 'GET',
        path: pathOf('attach', path),
        query: () => query,
        timeoutMs: options.uploadTimeoutMs,
      })
      if (answer.status >= 500 || /^application\/json/i.test(answer.headers['content-type'] ?? ''))
        throw refusal(objectOf(jsonOf(answer)), operation)
      return answer
    },
    sharing,
  }
}
