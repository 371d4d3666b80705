/** How the platform answers and notes its refusals, and how large a body it takes (contract 1.7). */
import type { Context } from 'hono'
import { MAX_BODY_BYTES } from './config.ts'
import { nowOf, type Office } from './office.ts'
import { BusRefusal } from './refusals.ts'
import { wallClock } from './times.ts'

const JSON_TYPE = 'application/json;charset=UTF-8'
const KEPT_REFUSALS = 1_000

export const json = (status: number, body: object): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': JSON_TYPE } })

/** Keeps a refusal, without anything that a person sent. */
export function note(office: Office, operation: string, status: number, code: string, message: string): void {
  const { refusals } = office.state
  const at = wallClock(nowOf(office))
  refusals.push({ at, operation, status, code, message })
  if (refusals.length > KEPT_REFUSALS) refusals.shift()
}

/** The body, as far as it is allowed to be. */
export async function bytesOf(c: Context): Promise<Buffer> {
  const large = () => new BusRefusal(413, '1009', '请求体过大')
  if (Number(c.req.header('content-length') ?? 0) > MAX_BODY_BYTES) throw large()
  const bytes = Buffer.from(await c.req.arrayBuffer())
  if (bytes.length > MAX_BODY_BYTES) throw large()
  return bytes
}

/** Whether the content type is this one, with a charset of utf-8 or none. */
export const isType = (c: Context, type: string): boolean =>
  new RegExp(`^${type}\\s*(;\\s*charset\\s*=\\s*"?utf-8"?\\s*)?$`, 'i').test(
    c.req.header('content-type') ?? '',
  )

export const queryOf = (c: Context): ReadonlyMap<string, string> => new Map(new URL(c.req.url).searchParams)
