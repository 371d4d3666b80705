/** One call of Jiangsu's: bus headers around it, the module token inside (contract 3.1, 3.2). */
import { GatewayError } from '../../errors.ts'
import { type FormPart, fileNameOf, formOf, jsonOf, multipart, objectOf } from '../kit/connect.ts'
import type { FileContent } from '../kit/contract.ts'
import type { Incoming, Outgoing, Transport } from '../kit/transport.ts'
import { requireServed } from './areas.ts'
import type { JiangsuConfig } from './config.ts'
import { open, openIdentity } from './open.ts'
import { openHead } from './open-head.ts'
import { busHeaders } from './sign.ts'

type Plain = Readonly<Record<string, unknown>>
type Service = 'task' | 'project' | 'attach' | 'center' | 'health'

/** The calls that the link is made of. */
export interface Caller {
  /** A hall call; every member of `params` is text. Answers with `custom`. */
  readonly hall: (operation: string, service: Service, path: string, params: Plain) => Promise<Plain>
  /** A rating: a hall call that names its city by a member of its own. */
  readonly rating: (busCode: string, areacode: string, params: Plain) => Promise<void>
  readonly upload: (query: Readonly<Record<string, string>>, file: FileContent) => Promise<Plain>
  readonly download: (query: Readonly<Record<string, string>>) => Promise<FileContent>
  readonly health: (areacode: string) => Promise<void>
  /**
   * A call of the identity platform; answers with `data`. `fields` makes the form for the moment of sending, which it signs.
   * It is not repeated after a lost answer: a ticket is used up by it (1.5).
   */
  readonly identity: (
    operation: string,
    busCode: string,
    fields: (at: Date) => Readonly<Record<string, string>>,
  ) => Promise<string>
  /** A call of the licence or photo service: `body` is framed and signed already, and goes out as it is. Answers with `data`. */
  readonly headed: (
    operation: string,
    busCode: string,
    path: string,
    body: string,
    timeoutMs: number,
  ) => Promise<unknown>
}

/** A call before its headers are made; a body that holds the time is made with them. */
interface Draft {
  readonly method: Outgoing['method']
  readonly url: string
  readonly contentType?: string
  readonly body?: string | Buffer | ((at: Date) => string)
}

const JSON_TYPE = 'application/json;charset=UTF-8'

/** A clock that went wrong, for the bus and for the identity platform, both of which look at it before anything is done. */
const SKEWED: ReadonlySet<unknown> = new Set(['1003', '000005'])
/** Refusals that a fresh set of headers mends: a clock that went wrong, a nonce that was used. */
const MENDABLE: ReadonlySet<unknown> = new Set([...SKEWED, '1004'])

export function caller(config: JiangsuConfig, transport: Transport, now: () => Date): Caller {
  const { baseUrl, credentials, options } = config
  let offsetMs = 0

  const send = ({ method, url, contentType, body }: Draft, timeoutMs: number) => {
    const at = new Date(now().getTime() + offsetMs)
    const headers = {
      ...busHeaders(credentials.paasid, credentials.tifToken, at),
      ...(contentType ? { 'content-type': contentType } : {}),
    }
    const bytes = typeof body === 'function' ? body(at) : body
    return transport({ method, url, headers, ...(bytes === undefined ? {} : { body: bytes }) }, { timeoutMs })
  }

  /** Sends, and once more with fresh headers when the bus refused the first ones; its own date sets the clock. */
  const mended = async <T>(out: Draft, timeoutMs: number, read: (answer: Incoming) => T): Promise<T> => {
    const answer = await send(out, timeoutMs)
    try {
      return read(answer)
    } catch (error) {
      if (!(error instanceof GatewayError) || !MENDABLE.has(error.facts['code'])) throw error
      const told = Date.parse(answer.headers['date'] ?? '')
      if (SKEWED.has(error.facts['code']) && !Number.isNaN(told)) offsetMs = told - now().getTime()
      return read(await send(out, timeoutMs))
    }
  }

  const readCustom = (operation: string) => (answer: Incoming) => open(objectOf(jsonOf(answer)), operation)
  const address = (service: Service, path: string, query?: Readonly<Record<string, string>>) =>
    `${baseUrl}/ebus/${options.busCodes[service]}/rest/${path}${
      query
        ? `?${Object.entries(query)
            .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
            .join('&')}`
        : ''
    }`

  const posted = (operation: string, url: string, params: Plain) =>
    mended(
      {
        method: 'POST',
        url,
        contentType: JSON_TYPE,
        body: JSON.stringify({ token: credentials.moduleToken, params }),
      },
      options.timeoutMs,
      readCustom(operation),
    )

  return {
    hall: async (operation, service, path, params) => {
      requireServed(options.areaCodes, params['areacode'])
      return posted(operation, address(service, path), params)
    },
    rating: async (busCode, areacode, params) => {
      requireServed(options.areaCodes, areacode)
      await posted('rating-push', `${baseUrl}/ebus/${busCode}/rest/hcp/saveEvaluate`, params)
    },
    upload: (query, file) => {
      const parts: readonly FormPart[] = [
        { name: 'token', value: credentials.moduleToken },
        { name: 'file', filename: file.name, contentType: file.contentType, bytes: file.bytes },
      ]
      const { contentType, body } = multipart(parts)
      return mended(
        { method: 'POST', url: address('attach', 'zwdtAttach/upload', query), contentType, body },
        options.fileTimeoutMs,
        readCustom('material-upload'),
      )
    },
    download: (query) =>
      mended(
        { method: 'GET', url: address('attach', 'zwdtAttach/download', query) },
        options.fileTimeoutMs,
        (answer) => {
          const contentType = answer.headers['content-type'] ?? ''
          // A failure is told with HTTP 200 as well: the content type decides (trap 15).
          if (answer.status >= 500 || contentType.startsWith('application/json')) {
            readCustom('material-download')(answer)
            throw new GatewayError('REGION_ANSWER_INVALID', {
              region: 'jiangsu',
              operation: 'material-download',
              reason: 'no file',
            })
          }
          return {
            name: fileNameOf(answer.headers['content-disposition'], 'document'),
            contentType,
            bytes: answer.body,
          }
        },
      ),
    health: async (areacode) => {
      requireServed(options.areaCodes, areacode)
      await mended(
        { method: 'GET', url: address('health', 'health', { areacode }) },
        options.timeoutMs,
        readCustom('health'),
      )
    },
    identity: (operation, busCode, fields) =>
      mended(
        {
          method: 'POST',
          url: `${baseUrl}/ebus/${busCode}/usercenter/interfaces/jissso_packaging.do`,
          contentType: 'application/x-www-form-urlencoded',
          body: (at) => formOf(fields(at)),
        },
        options.timeoutMs,
        (answer) => openIdentity(objectOf(jsonOf(answer)), operation),
      ),
    headed: (operation, busCode, path, body, timeoutMs) =>
      mended(
        {
          method: 'POST',
          url: `${baseUrl}/ebus/${busCode}/rest/v1.0/${path}`,
          contentType: JSON_TYPE,
          body,
        },
        timeoutMs,
        (answer) => openHead(objectOf(jsonOf(answer)), operation),
      ),
  }
}
