import { Hono } from 'hono'
import { randomUUID } from '../moment.ts'
import { isAreaCode } from './cities.ts'
import { MAX_BODY_BYTES, MAX_REQUEST_BYTES } from './config.ts'
import { readForm } from './form-body.ts'
import { type Opened, openRequest, sealAnswer } from './gm.ts'
import { nowOf, type Office } from './office.ts'
import { BadMember, CaseRefusal, FlagRefusal, IdentityRefusal } from './refusals.ts'
import type { CaseAnswer, FlagAnswer, IdentityAnswer, Route, RouteTable } from './routes.ts'
import { readJson } from './shapes.ts'
import { checkShield, type Failure } from './shield.ts'
import { wallClock } from './times.ts'

const KEPT_REFUSALS = 1000
const JSON_UTF8 = { 'Content-Type': 'application/json;charset=UTF-8' }
const GM_UTF8 = { 'Content-Type': 'text/plain;charset=utf-8', 'S-Auth-SignType': 'GM' }

/** A request after its body was read. */
interface Asked {
  readonly request: Request
  /** The request target as on the request line. */
  readonly target: string
  /** As it was sent. */
  readonly body: Buffer
  /** What strategy GM had sealed. */
  readonly opened?: Opened
}

/** Reads a body up to the limit. What is beyond is read and thrown away, so that the sender hears the answer. */
async function readBody(request: Request): Promise<Buffer | undefined> {
  if (request.body === null) return Buffer.alloc(0)
  if (Number(request.headers.get('content-length') ?? Number.NaN) <= MAX_REQUEST_BYTES) {
    const body = Buffer.from(await request.arrayBuffer())
    return body.length <= MAX_REQUEST_BYTES ? body : undefined
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body) {
    size += chunk.byteLength
    if (size <= MAX_REQUEST_BYTES) chunks.push(chunk)
    else chunks.length = 0
  }
  return size <= MAX_REQUEST_BYTES ? Buffer.concat(chunks) : undefined
}

/** The raw request target where a Node server stands in front; otherwise as the URL has it. */
function targetOf(request: Request, env: unknown): string {
  if (typeof env === 'object' && env !== null && 'incoming' in env) {
    const { incoming } = env
    if (typeof incoming === 'object' && incoming !== null && 'url' in incoming) {
      if (typeof incoming.url === 'string' && incoming.url.startsWith('/')) return incoming.url
    }
  }
  const { pathname, search } = new URL(request.url)
  return pathname + search
}

const MEDIA_TYPES = {
  form: /^application\/x-www-form-urlencoded\s*(;\s*charset\s*=\s*"?[\w-]+"?\s*)?$/i,
  json: /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i,
  gm: /^text\/plain\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i,
  multipart: /^multipart\/form-data\s*;/i,
} as const

async function readParts(body: Buffer, contentType: string): Promise<FormData> {
  try {
    const headers = { 'Content-Type': contentType }
    return await new Response(new Uint8Array(body), { headers }).formData()
  } catch {
    throw new BadMember('body')
  }
}

/** A route behind the Shield. */
type SignedRoute = Exclude<Route, { readonly style: 'open' }>

const queryOf = (target: string): URLSearchParams => {
  const at = target.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : target.slice(at + 1))
}

/** The operation's answer after the checks of contract 3.7: `Content-Type`, `S-Area-Code`, then the body. */
async function answerOf(route: SignedRoute, { request, target, body, opened }: Asked) {
  if (route.style === 'query') return route.answer(queryOf(target))
  const contentType = request.headers.get('content-type')?.trim() ?? ''
  if (!MEDIA_TYPES[route.style].test(contentType)) throw new BadMember('Content-Type')
  const areaCode = route.group === 'zzwk' ? (request.headers.get('S-Area-Code') ?? '') : ''
  if (route.group === 'zzwk' && !isAreaCode(areaCode)) throw new BadMember('S-Area-Code')
  if (route.style === 'multipart') return route.answer(await readParts(body, contentType), areaCode)
  if (body.length > MAX_BODY_BYTES) throw new BadMember('body')
  return route.style === 'form'
    ? route.answer(readForm(body, route.fields))
    : route.answer(readJson(opened?.content ?? body), areaCode)
}

const BAD_MEMBER = { case: '02', hcp: '02', item: '400', zzwk: '400', uccp: 'U0004' } as const

/** A good answer in the envelope of its service. */
function goodEnvelope(answer: CaseAnswer | FlagAnswer | IdentityAnswer) {
  if ('identity' in answer) return { status: true, code: '0', message: '', data: answer.identity }
  return 'result' in answer
    ? { flag: '200', result: answer.result, data: answer.data, ...answer.beside }
    : { result: '01', resultmsg: answer.resultmsg, data: answer.data }
}

/** A failure in the envelope of its service. */
function badEnvelope(group: Route['group'], code: string, message: string, data: unknown) {
  if (group === 'uccp') return { status: false, code, message, data: null }
  const isCase = group === 'case' || group === 'hcp'
  return isCase ? { result: code, resultmsg: message, data } : { flag: code, result: message, data }
}

/** Code, text and data of a business failure; `undefined` when the error is none. */
function failureOf(error: unknown, group: Route['group']) {
  if (error instanceof BadMember) return { code: BAD_MEMBER[group], message: error.message, data: null }
  if (error instanceof CaseRefusal) return { code: error.code, message: error.message, data: error.data }
  if (error instanceof FlagRefusal || error instanceof IdentityRefusal)
    return { code: error.code, message: error.message, data: null }
  return undefined
}

/** The whole interface of the platform: the Shield front, and the operations behind it. */
export function createFront(office: Office, table: RouteTable): Hono {
  const record = (operation: string, status: number, code: string, message: string) => {
    const { refusals } = office.state
    refusals.push({ at: wallClock(nowOf(office)), operation, status, code, message })
    if (refusals.length > KEPT_REFUSALS) refusals.shift()
  }

  const atTheFront = (operation: string, { status, code, message }: Failure) => {
    record(operation, status, code, message)
    return Response.json({ code, message, requestId: randomUUID() }, { status })
  }

  const business = async (route: SignedRoute, asked: Asked): Promise<Response> => {
    const { opened } = asked
    const reply = (envelope: object): Response =>
      opened === undefined
        ? Response.json(envelope, { headers: JSON_UTF8 })
        : new Response(sealAnswer(opened.key, JSON.stringify(envelope)), { headers: GM_UTF8 })
    try {
      return reply(goodEnvelope(await answerOf(route, asked)))
    } catch (error) {
      const failure = failureOf(error, route.group)
      if (failure === undefined) throw error
      const { code, message, data } = failure
      record(route.operation, 200, code, message)
      return reply(badEnvelope(route.group, code, message, data))
    }
  }

  const app = new Hono()
  app.all('*', async (context) => {
    const request = context.req.raw
    const target = targetOf(request, context.env)
    const route = table.get(`${request.method} ${target.split('?', 1)[0] ?? ''}`)
    const operation = route?.operation ?? 'unknown'
    const body = await readBody(request)
    if (body === undefined) {
      return atTheFront(operation, { status: 413, code: '10413', message: 'request entity too large' })
    }
    if (route === undefined) {
      return atTheFront(operation, { status: 404, code: '10404', message: 'api not found' })
    }
    if (route.style === 'open') {
      const { response, refused: told } = await route.answer(queryOf(target))
      if (told !== undefined) record(operation, response.status, told.code, told.message)
      return response
    }
    const refused = checkShield(office, route, { headers: request.headers, target, body })
    if (refused !== undefined) return atTheFront(operation, refused)
    if (route.style !== 'gm') return business(route, { request, target, body })
    const opened = openRequest(request.headers.get('S-Auth-RandomKey') ?? '', body)
    return opened === undefined
      ? atTheFront(operation, { status: 401, code: '10009', message: 'decrypt failed' })
      : business(route, { request, target, body, opened })
  })
  app.onError(() => atTheFront('unknown', { status: 500, code: '10500', message: 'upstream error' }))
  return app
}
