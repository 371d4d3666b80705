import { Hono } from 'hono'
import { explain } from '../moment.ts'
import { MAX_BODY_BYTES, MAX_MULTIPART_BYTES } from './config.ts'
import { extra } from './freedoms.ts'
import { nowOf, type Office, randomHex } from './office.ts'
import { BusinessRefusal, SharingRefusal } from './refusals.ts'
import {
  type BrowserAnswer,
  type Call,
  isGranted,
  isSharingDataPath,
  type Route,
  type RouteTable,
} from './routes.ts'
import { checkSharing } from './sharing.ts'
import { linesOf, signatureOf } from './signature.ts'
import { fixdateInstant, wallClock } from './times.ts'

const KEPT_REFUSALS = 1000
const JSON_UTF8 = 'application/json; charset=UTF-8'

interface Asked {
  readonly method: string
  readonly path: string
  readonly pairs: readonly (readonly [string, string])[]
  readonly headers: Headers
}

/**
 * The API gateway's own checks in the order of contract 3.1. Gives the message of the first that fails; a
 * repeated query key counts as a wrong signature.
 */
function refusalOf(office: Office, { method, path, pairs, headers }: Asked): string | undefined {
  const { credentials, options } = office.config
  const accessKey = headers.get('X-BG-HMAC-ACCESS-KEY')
  if (accessKey !== credentials.accessKey) return 'Invalid access key'
  const signature = headers.get('X-BG-HMAC-SIGNATURE')
  if (headers.get('X-BG-HMAC-ALGORITHM') !== 'hmac-sha256' || !signature) return 'Invalid signature'
  const date = headers.get('X-BG-DATE-TIME') ?? ''
  const sentAt = fixdateInstant(date)
  const skewMs = options.clockSkewSeconds * 1000
  if (sentAt === undefined || Math.abs(nowOf(office) - sentAt) > skewMs) return 'Clock skew exceeded'
  const isRepeated = new Set(pairs.map(([key]) => key)).size !== pairs.length
  const signed = { method, path, query: pairs, accessKey, date }
  const expected = signatureOf(credentials.secretKey, signed)
  explain({ clause: '3.1', stringToSign: linesOf(signed), expected, received: signature })
  if (isRepeated || signature !== expected) return 'Invalid signature'
  return isGranted(office.config, path) ? undefined : 'The route_id is forbidden.'
}

/** Reads a body up to a limit. What is beyond it is read and thrown away, so that the sender hears the answer. */
async function readBody(request: Request, limit: number): Promise<Buffer | undefined> {
  if (Number(request.headers.get('content-length') ?? Number.NaN) <= limit) {
    const body = Buffer.from(await request.arrayBuffer())
    return body.length <= limit ? body : undefined
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size <= limit) chunks.push(chunk)
    else chunks.length = 0
  }
  return size <= limit ? Buffer.concat(chunks) : undefined
}

/** The whole interface of the platform: the API gateway in front, the operations behind it. */
export function createFront(office: Office, table: RouteTable): Hono {
  const refuse = (operation: string, status: number, code: string, message: string) => {
    const { refusals } = office.state
    refusals.push({ at: wallClock(nowOf(office)), operation, status, code, message })
    if (refusals.length > KEPT_REFUSALS) refusals.shift()
  }

  const respond = (status: number, body: string, headers: Record<string, string>) =>
    // The gateway corrects its clock by this header, so it has to be this platform's clock.
    new Response(body, { status, headers: { ...headers, Date: office.world.now().toUTCString() } })

  const atTheGate = (operation: string, status: number, message: string) => {
    refuse(operation, status, String(status), message)
    return respond(status, JSON.stringify({ message }), { 'Content-Type': 'application/json' })
  }

  const business = async (route: Route, call: Call, answer: (call: Call) => unknown) => {
    try {
      const data = await answer(call)
      if (data instanceof Response) {
        data.headers.set('Date', office.world.now().toUTCString())
        return data
      }
      const envelope = { success: true, errorCode: null, errorMsg: null, data }
      const body = JSON.stringify({ ...envelope, ...extra(office, 'traceId', randomHex(8)) })
      return respond(200, body, { 'Content-Type': JSON_UTF8 })
    } catch (error) {
      if (!(error instanceof BusinessRefusal)) throw error
      refuse(route.operation, 200, error.code, error.message)
      const body = { success: false, errorCode: error.code, errorMsg: error.message, data: error.data }
      return respond(200, JSON.stringify(body), { 'Content-Type': JSON_UTF8 })
    }
  }

  const sharing = (operation: string, path: string, call: Call, route: Route | undefined) => {
    try {
      checkSharing(office, path, call.query, route !== undefined)
      const answer = route?.handler.kind === 'sharing' ? route.handler.answer(call) : {}
      const body = { code: '00', msg: '成功', ...answer, ...extra(office, 'requestId', randomHex(8)) }
      return respond(200, JSON.stringify(body), { 'Content-Type': JSON_UTF8 })
    } catch (error) {
      if (!(error instanceof SharingRefusal)) throw error
      refuse(operation, 200, error.code, error.message)
      const body = { code: error.code, msg: error.message, datas: null }
      return respond(200, JSON.stringify(body), { 'Content-Type': JSON_UTF8 })
    }
  }

  /** A page goes out as it is: the API gateway does not stand before it. */
  const browser = (operation: string, { response, refused }: BrowserAnswer): Response => {
    if (refused !== undefined) refuse(operation, response.status, String(response.status), refused)
    return response
  }

  const answer = async (request: Request): Promise<Response> => {
    const url = new URL(request.url)
    const { method } = request
    const path = url.pathname
    const pairs = [...url.searchParams]
    const route = table.get(`${method} ${path}`)
    const operation = route?.operation ?? 'unknown'
    if (route?.handler.kind === 'browser')
      return browser(operation, await route.handler.answer(url.searchParams))
    const limit = route?.upload ? MAX_MULTIPART_BYTES : MAX_BODY_BYTES
    const bytes = method === 'GET' || method === 'HEAD' ? Buffer.alloc(0) : await readBody(request, limit)
    const refused = refusalOf(office, { method, path, pairs, headers: request.headers })
    if (refused !== undefined) return atTheGate(operation, 401, refused)
    const contentType = request.headers.get('content-type') ?? ''
    const body = bytes ?? Buffer.alloc(0)
    const call: Call = { query: new Map(pairs), contentType, body, oversized: bytes === undefined }
    if (route === undefined) {
      if (method === 'GET' && isSharingDataPath(office.config, path))
        return sharing(operation, path, call, route)
      return atTheGate(operation, 404, 'Not Found')
    }
    if (call.oversized && !route.upload) return atTheGate(operation, 413, 'Request Entity Too Large')
    if (route.handler.kind === 'sharing') return sharing(operation, path, call, route)
    return business(route, call, route.handler.answer)
  }

  const app = new Hono()
  app.all('*', (context) => answer(context.req.raw))
  app.onError((error) => {
    refuse('unknown', 500, 'S-SYSTEM-BUSY', `The platform failed: ${error.name}`)
    return respond(500, '<html><body>500 Internal Server Error</body></html>', {
      'Content-Type': 'text/html',
    })
  })
  return app
}
