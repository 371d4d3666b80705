/** The platform's HTTP interface: bus, then path and method, then body, then the service behind it (contract 1.7). */
import { type Context, Hono } from 'hono'
import { bytesOf, isType, json, note, queryOf } from './answers.ts'
import { checkBus } from './bus.ts'
import { extras } from './freedoms.ts'
import { identity } from './identity.ts'
import { answerLook, type LookRoute } from './licence-service.ts'
import { type PagePlace, pagePlaces } from './log-in.ts'
import { checkedQuery, fileOf, upload } from './materials.ts'
import { FORMATS, isPlain } from './members.ts'
import { nowOf, type Office } from './office.ts'
import { BusRefusal, badFrame, HallRefusal } from './refusals.ts'
import type { HallRoute } from './routes.ts'
import { wallClock } from './times.ts'

/** What stands at a path. */
type Place =
  | { readonly operation: string; readonly method: 'POST'; readonly hall: HallRoute }
  | { readonly operation: string; readonly method: 'POST'; readonly look: LookRoute }
  | { readonly operation: 'material-upload'; readonly method: 'POST' }
  // One path for three services: its name is that of the first of them.
  | { readonly operation: 'sso-exchange'; readonly method: 'POST' }
  | { readonly operation: 'material-download' | 'health'; readonly method: 'GET' }
  | PagePlace

/** All paths of one configuration. */
export function placesOf(
  office: Office,
  halls: readonly HallRoute[],
  looks: readonly LookRoute[],
): ReadonlyMap<string, Place> {
  const { busCodes } = office.config.options
  const at = (service: keyof typeof busCodes, path: string) => `/ebus/${busCodes[service]}/rest/${path}`
  return new Map<string, Place>([
    ...halls.map((hall): [string, Place] => [
      at(hall.service, hall.path),
      { operation: hall.operation, method: 'POST', hall },
    ]),
    ...looks.map((look): [string, Place] => [
      at(look.service, `v1.0/${look.path}`),
      { operation: look.operation, method: 'POST', look },
    ]),
    [at('attach', 'zwdtAttach/upload'), { operation: 'material-upload', method: 'POST' }],
    [at('attach', 'zwdtAttach/download'), { operation: 'material-download', method: 'GET' }],
    [at('health', 'health'), { operation: 'health', method: 'GET' }],
    [
      `/ebus/${busCodes.identity}/usercenter/interfaces/jissso_packaging.do`,
      { operation: 'sso-exchange', method: 'POST' },
    ],
    ...pagePlaces(office),
  ])
}

const envelope = (code: number | string, custom: object): Response =>
  json(200, { status: { code: 200, text: '' }, custom: { code, text: '', ...custom } })

/** The platform as an app that answers every path. */
export function createFront(office: Office, places: ReadonlyMap<string, Place>): Hono {
  const app = new Hono()
  app.all('*', async (c) => {
    const { pathname } = new URL(c.req.url)
    const place = places.get(pathname)
    try {
      return await answer(office, place, c)
    } catch (error) {
      return refused(office, place?.operation ?? 'none', error)
    }
  })
  return app
}

function refused(office: Office, operation: string, error: unknown): Response {
  if (error instanceof BusRefusal) {
    note(office, operation, error.status, error.errcode, error.message)
    return json(error.status, { errcode: error.errcode, errmsg: error.message })
  }
  if (!(error instanceof HallRefusal)) throw error
  note(office, operation, 200, '0', error.message)
  return envelope(office.state.refusals.length % 2 === 0 ? 0 : '0', { text: error.message })
}

async function answer(office: Office, place: Place | undefined, c: Context): Promise<Response> {
  if (place && 'page' in place && c.req.method === place.method) return place.page(office, c)
  checkBus(office, (name) => c.req.header(name))
  if (!place) throw new BusRefusal(404, '1007', '服务不存在')
  if (c.req.method !== place.method) throw new BusRefusal(405, '1008', '请求方法不支持')
  if ('hall' in place) return hall(office, place.hall, c)
  if ('look' in place) return answerLook(office, place.look, c)
  if (place.operation === 'material-upload') return taken(office, c)
  if (place.operation === 'sso-exchange') return identity(office, c)
  return place.operation === 'health' ? health(office, queryOf(c)) : file(office, queryOf(c))
}

async function hall(office: Office, route: HallRoute, c: Context): Promise<Response> {
  const bytes = await bytesOf(c)
  if (!isType(c, 'application/json')) throw badFrame()
  if (queryOf(c).size > 0) throw badFrame()
  const { token, params } = frameOf(bytes)
  if (token !== office.config.credentials.moduleToken) throw new HallRefusal('身份验证失败')
  const custom = route.handle(office, params)
  return envelope(office.state.choices % 2 === 0 ? 1 : '1', custom)
}

/** `{"token","params"}` and nothing else. */
function frameOf(bytes: Buffer): { token: unknown; params: Readonly<Record<string, unknown>> } {
  let body: unknown
  try {
    body = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw badFrame()
  }
  if (!isPlain(body) || Object.keys(body).length !== 2) throw badFrame()
  const { token, params } = body
  if (token === undefined || !isPlain(params)) throw badFrame()
  return { token, params }
}

async function taken(office: Office, c: Context): Promise<Response> {
  const bytes = await bytesOf(c)
  const type = c.req.header('content-type') ?? ''
  if (!type.startsWith('multipart/form-data')) throw badFrame()
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': type } })
    .formData()
    .catch(() => {
      throw badFrame()
    })
  const parts = [...form.keys()]
  const [token, sent] = [form.get('token'), form.get('file')]
  if (parts.length !== 2 || typeof token !== 'string' || !(sent instanceof File)) throw badFrame()
  if ([...sent.name].length < 1 || [...sent.name].length > 100) throw badFrame()
  if (token !== office.config.credentials.moduleToken) throw new HallRefusal('身份验证失败')
  return envelope(1, upload(office, queryOf(c), sent.name, Buffer.from(await sent.arrayBuffer())))
}

function file(office: Office, query: ReadonlyMap<string, string>): Response {
  const { name, contentType, bytes } = fileOf(office, query)
  return new Response(new Uint8Array(bytes), {
    headers: {
      'Content-Type': contentType,
      'Content-Disposition': `attachment;filename*=UTF-8''${encodeURIComponent(name)}`,
      'Content-Length': String(bytes.length),
    },
  })
}

function health(office: Office, query: ReadonlyMap<string, string>): Response {
  const { areacode } = checkedQuery(query, { areacode: FORMATS.six })
  return envelope(1, {
    text: 'ok',
    version: '9.4',
    servertime: wallClock(nowOf(office)),
    areacode,
    ...extras(office),
  })
}
