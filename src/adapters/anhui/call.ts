/** One signed call of Anhui's, in PLAIN or GM, with the repairs that the contract names (3.6): the clock once, a nonce that was seen once. */
import { randomUUID } from 'node:crypto'
import { GatewayError } from '../../errors.ts'
import { type FormPart, formOf, jsonOf, multipart, objectOf } from '../kit/connect.ts'
import { answerInvalid } from '../kit/told.ts'
import type { Incoming, Transport } from '../kit/transport.ts'
import type { AnhuiConfig } from './config.ts'
import { type Gm, gmOf } from './gm.ts'
import { openCase, openFlag, openIdentity } from './open.ts'
import { contentMd5, headersFor } from './sign.ts'

type Plain = Readonly<Record<string, unknown>>
type Identity = 'sso' | 'user'
type Service = 'case' | 'item' | 'zzwk' | 'hcp' | Identity

/** The calls that the link is made of. */
export interface Caller {
  /** A query of the case service. */
  readonly get: (operation: string, path: string, query: Readonly<Record<string, string>>) => Promise<unknown>
  /** A form of XML fields to the case service; answers with `data`. */
  readonly form: (
    operation: string,
    path: string,
    fields: Readonly<Record<string, string>>,
    timeoutMs?: number,
  ) => Promise<unknown>
  /** JSON to the item service; answers with the whole envelope, since paging stands beside `data`. */
  readonly item: (operation: string, path: string, body: Plain) => Promise<Plain>
  /** JSON to the services of materials, photos and licences, for one city; in GM where the configuration lists the path. */
  readonly zzwk: (
    operation: string,
    areaCode: string,
    path: string,
    body: Plain,
    timeoutMs?: number,
  ) => Promise<Plain>
  /** JSON to the rating service, which answers as the case service does. */
  readonly rating: (body: Plain) => Promise<unknown>
  /** A query of the user service, or a form to the sign-on service where `fields` are given. */
  readonly identity: (
    operation: string,
    service: Identity,
    path: string,
    values: Readonly<Record<string, string>>,
  ) => Promise<unknown>
  /** A multipart form to the material service, for one city. */
  readonly upload: (
    operation: string,
    areaCode: string,
    path: string,
    parts: readonly FormPart[],
  ) => Promise<Plain>
}

interface Request {
  readonly method?: 'GET'
  readonly body?: string | Buffer
  readonly contentType?: string
  readonly areaCode?: string
  readonly timeoutMs?: number
  /** Of a request in GM alone, which has a body. */
  readonly gm?: Gm
}

/** The parts of an attempt that its strategy makes. */
interface Dressed {
  readonly secret: string
  readonly randomKey: { readonly randomKey?: string }
  readonly body: string | Buffer | undefined
  readonly contentType: string | undefined
  readonly read: (answer: Incoming, operation: string) => Incoming
}

/** Binds the calls to one configuration. */
export function caller(config: AnhuiConfig, transport: Transport, now: () => Date): Caller {
  const { baseUrl, credentials, options } = config
  const origin = new URL(baseUrl).origin
  const prefix = baseUrl.slice(origin.length)
  const gm = gmOf(config)
  let clockOffset = 0

  // Both identity services are in one group. A log-in, or a rating, is offered only where the configuration names all of its parts.
  const groupOf = (service: Service): string =>
    service === 'sso' || service === 'user' ? (options.groups.uccp ?? '') : (options.groups[service] ?? '')

  /** What the strategy of a request makes of it: in GM every attempt has a key of its own, which the answer is read with. */
  const dressed = ({ gm: strategy, body, contentType }: Request): Dressed => {
    if (strategy === undefined)
      return { secret: credentials.appSecret, randomKey: {}, body, contentType, read: (answer) => answer }
    const { randomKey, ...sealed } = strategy.seal(body ?? '')
    return {
      secret: strategy.secret,
      randomKey: { randomKey },
      body: sealed.body,
      contentType: GM_TYPE,
      read: (answer, operation) => openGm(answer, sealed.open, operation),
    }
  }

  const attempt = async (
    operation: string,
    service: Service,
    target: string,
    asked: Request,
  ): Promise<Incoming> => {
    const { secret, randomKey, body, contentType, read } = dressed(asked)
    const signed = {
      target,
      ...randomKey,
      nonce: randomUUID(),
      timestamp: String(now().getTime() + clockOffset),
      appId: credentials.appId,
      contentMd5: contentMd5(body ?? ''),
    }
    const answer = await transport(
      {
        method: asked.method ?? 'POST',
        url: origin + target,
        headers: {
          ...headersFor(signed, secret, groupOf(service), options),
          ...(contentType ? { 'Content-Type': contentType } : {}),
          ...(asked.areaCode ? { 'S-Area-Code': asked.areaCode } : {}),
        },
        ...(body === undefined ? {} : { body }),
      },
      { timeoutMs: asked.timeoutMs ?? options.timeoutMs },
    )
    return read(answer, operation)
  }

  /** Whether another attempt may help: their clock is another, or chance gave a nonce that was there before. */
  const mended = (code: string, { headers }: Incoming): boolean => {
    const theirs = Date.parse(headers['date'] ?? '')
    if (code === '10002' && !Number.isNaN(theirs)) {
      clockOffset = theirs - now().getTime()
      return true
    }
    return code === '10004'
  }

  /** Signs and sends. Every attempt has a new nonce and a new time. */
  const send = async (
    operation: string,
    service: Service,
    path: string,
    asked: Request,
    first = true,
  ): Promise<Plain> => {
    const answer = await attempt(operation, service, `${prefix}${options.paths[service]}${path}`, asked)
    const body = objectOf(jsonOf(answer))
    if (answer.status === 200) return body
    const code = typeof body['code'] === 'string' ? body['code'] : String(answer.status)
    if (first && mended(code, answer)) return send(operation, service, path, asked, false)
    throw new GatewayError(answer.status === 413 ? 'REGION_REJECTED' : 'REGION_AUTH', {
      region: 'anhui',
      operation,
      code,
    })
  }

  const json = (value: Plain) => ({ body: JSON.stringify(value), contentType: 'application/json' })

  /** The strategy of an API: GM for those that the configuration lists, whose keys were looked at when it was read (3.4). */
  const strategyOf = (path: string): { readonly gm?: Gm } =>
    gm !== undefined && options.gmApis?.includes(path) ? { gm } : {}

  return {
    get: async (operation, path, query) => {
      const line = formOf(query)
      return openCase(
        await send(operation, 'case', line === '' ? path : `${path}?${line}`, { method: 'GET' }),
        operation,
      )
    },
    form: async (operation, path, fields, timeoutMs) =>
      openCase(
        await send(operation, 'case', path, {
          body: formOf(fields),
          contentType: 'application/x-www-form-urlencoded',
          ...(timeoutMs === undefined ? {} : { timeoutMs }),
        }),
        operation,
      ),
    item: async (operation, path, body) =>
      openFlag(await send(operation, 'item', path, json(body)), operation),
    zzwk: async (operation, areaCode, path, body, timeoutMs) =>
      openFlag(
        await send(operation, 'zzwk', path, {
          ...json(body),
          ...strategyOf(path),
          areaCode,
          ...(timeoutMs === undefined ? {} : { timeoutMs }),
        }),
        operation,
      ),
    rating: async (body) =>
      openCase(await send('rating-push', 'hcp', '/evaluate', json(body)), 'rating-push'),
    identity: async (operation, service, path, values) => {
      const line = formOf(values)
      const answer =
        service === 'user'
          ? send(operation, service, `${path}?${line}`, { method: 'GET' })
          : send(operation, service, path, { body: line, contentType: 'application/x-www-form-urlencoded' })
      return openIdentity(await answer, operation)
    },
    upload: async (operation, areaCode, path, parts) =>
      openFlag(
        await send(operation, 'zzwk', path, {
          ...multipart(parts),
          areaCode,
          timeoutMs: options.uploadTimeoutMs,
        }),
        operation,
      ),
  }
}

const GM_TYPE = 'text/plain;charset=utf-8'

/**
 * A business answer in the clear. Only failures of the front come so (3.4), and they have another status.
 * @throws GatewayError `REGION_ANSWER_INVALID` for one that is in the clear, or under another key
 */
function openGm(answer: Incoming, open: (body: Buffer) => Buffer, operation: string): Incoming {
  if (answer.status !== 200) return answer
  if (answer.headers['s-auth-signtype'] !== 'GM') throw answerInvalid('anhui', operation, 'not in GM')
  try {
    return { ...answer, body: open(answer.body) }
  } catch {
    throw answerInvalid('anhui', operation, 'not decrypted')
  }
}
