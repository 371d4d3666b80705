/** The platform's HTTP interface: path, method, content type, token, then the operation (contract 3.1, 3.5). */

import { type Context, Hono } from 'hono'
import { entryOf } from '../entries.ts'
import { randomBytes } from '../moment.ts'
import {
  bareRefusal,
  binary,
  bytesOf,
  formFields,
  HttpRefused,
  json,
  note,
  plainBody,
  succeed,
} from './answers.ts'
import { Refused, wrong } from './checks.ts'

import { MAX_BODY_BYTES, TOKEN_SECONDS } from './config.ts'
import { wallClock } from './formats.ts'
import { failureData, numberOrText } from './freedoms.ts'
import { type LookRoute, licencePlaces } from './licence-service.ts'
import { logInPlaces } from './log-in.ts'
import { type Upload, upload } from './materials.ts'
import { nowOf, type Office } from './office.ts'
import { Bytes, type Route, type ServedPlace } from './routes.ts'

/** The largest file and what stands around it. */
const MAX_UPLOAD_BYTES = 24 * 1024 * 1024

/** What stands at a path. */
type Place =
  | { readonly operation: string; readonly method: 'POST'; readonly route: Route }
  | { readonly operation: 'token' | 'material-upload'; readonly method: 'POST' }
  | { readonly operation: 'health'; readonly method: 'GET' }
  | ServedPlace

/** All paths of one configuration. */
export function placesOf(
  office: Office,
  routes: readonly Route[],
  looks: readonly LookRoute[],
): ReadonlyMap<string, Place> {
  const { apiBase } = office.config.options
  return new Map<string, Place>([
    ...routes.map((route): [string, Place] => [
      apiBase + route.path,
      { operation: route.operation, method: 'POST', route },
    ]),
    [`${apiBase}/oauth2/getToken`, { operation: 'token', method: 'POST' }],
    [`${apiBase}/uapply/uploadStuff`, { operation: 'material-upload', method: 'POST' }],
    [`${apiBase}/health`, { operation: 'health', method: 'GET' }],
    ...logInPlaces(office),
    ...licencePlaces(office, looks),
  ])
}

/** The platform as an app that answers every path. */
export function createFront(office: Office, places: ReadonlyMap<string, Place>): Hono {
  const app = new Hono()
  app.all('*', async (c) => {
    const place = places.get(new URL(c.req.url).pathname)
    try {
      return await answer(office, place, c)
    } catch (error) {
      if (error instanceof Refused) return refused(office, place?.operation ?? 'none', error)
      throw error
    }
  })
  return app
}

function refused(office: Office, operation: string, error: Refused): Response {
  const status = error instanceof HttpRefused ? error.status : 200
  note(office, operation, status, error.errorCode, error.message)
  return json(status, {
    isSuccess: false,
    code: numberOrText(office, 500),
    errorCode: error.errorCode,
    msg: error.message,
    ...failureData(office, error.data),
  })
}

async function answer(office: Office, place: Place | undefined, c: Context): Promise<Response> {
  if (!place) throw new HttpRefused(404, 'SYSTEM_ERROR', '接口不存在')
  if (c.req.method !== place.method) throw new HttpRefused(405, 'SYSTEM_ERROR', '请求方式错误')
  if ('route' in place) return operate(office, place.route, c)
  if ('serve' in place) return place.serve(office, c)
  if (place.operation === 'token') return token(office, c)
  if (place.operation === 'material-upload') return taken(office, c)
  return succeed(office, { status: 'UP', time: wallClock(nowOf(office)) })
}

function checkToken(office: Office, told: unknown): void {
  const until = typeof told === 'string' ? entryOf(office.state.tokens, told) : undefined
  if ((until ?? 0) <= nowOf(office)) throw new Refused('TOKEN_INVALID', '令牌无效或已过期')
}

async function operate(office: Office, route: Route, c: Context): Promise<Response> {
  const { accessToken, ...body } = await plainBody(c)
  checkToken(office, accessToken)
  const made = route.handle(office, body)
  return made instanceof Bytes ? binary(made) : succeed(office, made)
}

/** Bare answers, with errors of their own shape (3.1). */
async function token(office: Office, c: Context): Promise<Response> {
  const { clientId, clientSecret } = office.config.credentials
  const sent = await formFields(c, ['clientId', 'clientSecret'], MAX_BODY_BYTES)
  if (!sent) return bareRefusal(office, 'token', 400, 'invalid_request')
  if (sent.get('clientId') !== clientId) return bareRefusal(office, 'token', 401, 'invalid_client')
  if (sent.get('clientSecret') !== clientSecret) return bareRefusal(office, 'token', 200, 'invalid_client')
  const now = nowOf(office)
  const { tokens } = office.state
  for (const [old, until] of Object.entries(tokens)) if (until <= now) delete tokens[old]
  const accessToken = randomBytes(16).toString('hex')
  tokens[accessToken] = now + TOKEN_SECONDS * 1000
  return json(200, { access_token: accessToken, expires_in: numberOrText(office, TOKEN_SECONDS) })
}

async function taken(office: Office, c: Context): Promise<Response> {
  const bytes = await bytesOf(c, MAX_UPLOAD_BYTES)
  const type = c.req.header('content-type') ?? ''
  if (!type.startsWith('multipart/form-data')) throw wrong('body')
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch(() => {
      throw wrong('body')
    })
  checkToken(office, form.get('accessToken'))
  return succeed(office, upload(office, await partsOf(form)))
}

/** Each part exactly once; the file is the one with a name. */
async function partsOf(form: FormData): Promise<Upload> {
  const fields = new Map<string, string>()
  let file: Upload['file']
  for (const [name, value] of form.entries()) {
    if (fields.has(name) || (name === 'file' && file)) throw wrong(name)
    if (typeof value === 'string') fields.set(name, value)
    else if (name === 'file') file = { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) }
    else throw wrong(name)
  }
  return { fields, file }
}
