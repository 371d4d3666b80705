/** One signed call of Anhui's, with the repairs that the contract names (3.6): the clock once, a nonce that was seen once. */
import { randomUUID } from 'node:crypto'
import { GatewayError } from '../../errors.ts'
import { type FormPart, formOf, jsonOf, multipart, objectOf } from '../kit/connect.ts'
import type { Incoming, Transport } from '../kit/transport.ts'
import type { AnhuiConfig } from './config.ts'
import { openCase, openFlag, openIdentity } from './open.ts'
import { contentMd5, headersFor } from './sign.ts'

type Plain = Readonly<Record<string, unknown>>
type Identity = 'sso' | 'user'
type Service = 'case' | 'item' | 'zzwk' | Identity

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
  /** JSON to the material service, for one city. */
  readonly material: (operation: string, areaCode: string, path: string, body: Plain) => Promise<Plain>
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
}

/** Binds the calls to one configuration. */
export function caller(config: AnhuiConfig, transport: Transport, now: () => Date): Caller {
  const { baseUrl, credentials, options } = config
  const origin = new URL(baseUrl).origin
  const prefix = baseUrl.slice(origin.length)
  let clockOffset = 0

  // Both identity services are in one group. A log-in is offered only where the configuration names all of its parts.
  const groupOf = (service: Service): string =>
    service === 'sso' || service === 'user' ? (options.groups.uccp ?? '') : options.groups[service]

  const attempt = (service: Service, target: string, asked: Request): Promise<Incoming> => {
    const signed = {
      target,
      nonce: randomUUID(),
      timestamp: String(now().getTime() + clockOffset),
      appId: credentials.appId,
      contentMd5: contentMd5(asked.body ?? ''),
    }
    return transport(
      {
        method: asked.method ?? 'POST',
        url: origin + target,
        headers: {
          ...headersFor(signed, credentials.appSecret, groupOf(service), options),
          ...(asked.contentType ? { 'Content-Type': asked.contentType } : {}),
          ...(asked.areaCode ? { 'S-Area-Code': asked.areaCode } : {}),
        },
        ...(asked.body === undefined ? {} : { body: asked.body }),
      },
      { timeoutMs: asked.timeoutMs ?? options.timeoutMs },
    )
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
    const answer = await attempt(service, `${prefix}${options.paths[service]}${path}`, asked)
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
    material: async (operation, areaCode, path, body) =>
      openFlag(
        await send(operation, 'zzwk', path, {
          ...json(body),
          areaCode,
          timeoutMs: options.uploadTimeoutMs,
        }),
        operation,
      ),
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
