/** How the platform answers and refuses, and what it takes as a body (contract sections 1 and 3.5). */
import type { Context } from 'hono'
import { isPlain, Refused, wrong } from './checks.ts'
import { MAX_BODY_BYTES } from './config.ts'
import { wallClock } from './formats.ts'
import { numberOrText, withBlanks } from './freedoms.ts'
import { nowOf, type Office } from './office.ts'
import type { Bytes } from './routes.ts'
import type { Plain } from './state.ts'

const JSON_TYPE = 'application/json;charset=UTF-8'
const KEPT_REFUSALS = 1_000

/** A refusal that has an HTTP status of its own. */
export class HttpRefused extends Refused {
  readonly status: number
  constructor(status: number, errorCode: string, msg: string) {
    super(errorCode, msg)
    this.status = status
  }
}

export const json = (status: number, body: object): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': JSON_TYPE } })

/** Keeps a refusal, without anything that a person sent. */
export function note(office: Office, operation: string, status: number, code: string, message: string): void {
  const { refusals } = office.state
  refusals.push({ at: wallClock(nowOf(office)), operation, status, code, message })
  if (refusals.length > KEPT_REFUSALS) refusals.shift()
}

/** A refusal of the two operations whose answers are bare: `{"error"}` (3.1, 4.5). */
export function bareRefusal(office: Office, operation: string, status: number, error: string): Response {
  note(office, operation, status, error, error)
  return json(status, { error })
}

/** A content type with a charset of utf-8 or none; nothing else. */
export const isType = (header: string | undefined, type: string): boolean =>
  new RegExp(`^${type}\\s*(;\\s*charset\\s*=\\s*"?utf-8"?\\s*)?$`, 'i').test(header ?? '')

/** The body, as far as it is allowed to be. */
export async function bytesOf(c: Context, most: number): Promise<Buffer> {
  const large = () => new HttpRefused(413, 'PARAM_ERROR', '参数错误:body')
  if (Number(c.req.header('content-length') ?? 0) > most) throw large()
  const bytes = Buffer.from(await c.req.arrayBuffer())
  if (bytes.length > most) throw large()
  return bytes
}

/** The body of a JSON call: an object in UTF-8, without a byte order mark. */
export async function plainBody(c: Context): Promise<Plain> {
  const bytes = await bytesOf(c, MAX_BODY_BYTES)
  if (!isType(c.req.header('content-type'), 'application/json')) throw wrong('body')
  try {
    const parsed: unknown = JSON.parse(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
    )
    if (isPlain(parsed)) return parsed
  } catch {
    // Told below, as for every other body that is no object.
  }
  throw wrong('body')
}

/** The envelope of a success. */
export const succeed = (office: Office, data: unknown): Response =>
  json(200, { isSuccess: true, code: numberOrText(office, 200), msg: '', data: withBlanks(office, data) })

/** Bytes in place of JSON, as a download where they have a name. */
export const binary = ({ name, contentType, content }: Bytes): Response =>
  new Response(new Uint8Array(content), {
    headers: {
      'Content-Type': contentType,
      ...(name === ''
        ? {}
        : { 'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}` }),
    },
  })

/** The fields of a form that has exactly these, each once and not empty; `undefined` for any other body. */
export async function formFields(
  c: Context,
  names: readonly string[],
  most: number,
): Promise<URLSearchParams | undefined> {
  if (!isType(c.req.header('content-type'), 'application/x-www-form-urlencoded')) return undefined
  const sent = new URLSearchParams((await bytesOf(c, most)).toString('utf8'))
  const whole =
    [...sent.keys()].toSorted().join() === names.toSorted().join() && names.every((name) => sent.get(name))
  return whole ? sent : undefined
}
