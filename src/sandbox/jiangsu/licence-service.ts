/** The licence and photo service behind the bus (contract 3.4): frame, token, signature, members and city, in this order. */
import type { Context } from 'hono'
import { entryOf } from '../entries.ts'
import { bytesOf, isType, json, note, queryOf } from './answers.ts'
import { isCity } from './cities.ts'
import { extras, numberOrText } from './freedoms.ts'
import { fits, isPlain, type Members, type Params } from './members.ts'
import { nowOf, type Office } from './office.ts'
import { objectTextOf } from './raw-data.ts'
import { badFrame } from './refusals.ts'
import { verifies } from './sm2.ts'

const MESSAGES = { '2': 'token无效或已过期', '3': '签名错误', '4': '未查询到', '5': '无权使用' } as const

/** A refusal of this service: HTTP 200, and a status in the head. */
class LookRefusal extends Error {
  readonly status: string
  constructor(status: string, message: string) {
    super(message)
    this.status = status
  }
}

export const refusal = (status: keyof typeof MESSAGES): LookRefusal =>
  new LookRefusal(status, MESSAGES[status])
export const wrong = (member: string): LookRefusal => new LookRefusal('1', `参数错误:${member}`)

/** One operation: its members, and what it answers as `data`. */
export interface LookRoute {
  readonly operation: string
  readonly service: 'licence' | 'photo'
  /** Below `rest/v1.0/`. */
  readonly path: string
  /** Whether the query carries a token, which is then the user id of the signature; the token call alone carries none. */
  readonly token: boolean
  readonly members: Members
  /** Rules that join two members. */
  readonly joined?: (data: Params) => void
  readonly handle: (office: Office, data: Params) => object
}

/** Answers one look, after the bus let it through. */
export async function answerLook(office: Office, route: LookRoute, c: Context): Promise<Response> {
  const bytes = await bytesOf(c)
  if (!isType(c, 'application/json')) throw badFrame()
  const query = queryOf(c)
  if ([...query.keys()].some((name) => !(route.token && name === 'token'))) throw badFrame()
  const { sign, data, text } = frameOf(bytes)
  try {
    if (route.token) checkToken(office, query.get('token'))
    const userId = route.token ? query.get('token') : office.config.options.licenceTokenUserId
    const { sm2PublicKey } = office.config.credentials.licence
    if (!verifies(text, sign, sm2PublicKey, userId ?? '')) throw refusal('3')
    const told = checkedData(data, route.members)
    if (route.members['dwdm'] && !isCity(told['dwdm'] ?? '')) throw wrong('dwdm')
    route.joined?.(told)
    const answered = route.handle(office, told)
    const head = { status: numberOrText(office, 0), message: '成功' }
    return json(200, { head, data: answered, ...extras(office) })
  } catch (error) {
    if (!(error instanceof LookRefusal)) throw error
    note(office, route.operation, 200, error.status, error.message)
    const head = { status: numberOrText(office, Number(error.status)), message: error.message }
    return json(200, { head, data: null })
  }
}

/** `{"head":{"sign"},"data":{…}}` and nothing else, with the text of `data` as it stands. */
function frameOf(bytes: Buffer): { sign: string; data: Readonly<Record<string, unknown>>; text: string } {
  let raw: string
  let body: unknown
  try {
    raw = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    body = JSON.parse(raw)
  } catch {
    throw badFrame()
  }
  if (!isPlain(body) || Object.keys(body).length !== 2) throw badFrame()
  const { head, data } = body
  if (!isPlain(head) || Object.keys(head).join() !== 'sign' || typeof head['sign'] !== 'string')
    throw badFrame()
  const text = objectTextOf(raw, 'data')
  if (!isPlain(data) || text === undefined) throw badFrame()
  return { sign: head['sign'], data, text }
}

function checkToken(office: Office, told: string | undefined): void {
  const { licenceTokens } = office.state
  if ((entryOf(licenceTokens, told ?? '') ?? 0) <= nowOf(office)) throw refusal('2')
}

/** Unknown members, then missing ones, then formats; all are texts, and an optional one that is absent is `""`. */
function checkedData(sent: Readonly<Record<string, unknown>>, members: Members): Params {
  for (const name of Object.keys(sent)) if (!Object.hasOwn(members, name)) throw wrong(name)
  const all = Object.entries(members)
  for (const [name, { required }] of all)
    if (required && (sent[name] === undefined || sent[name] === '')) throw wrong(name)
  return Object.fromEntries(
    all.map(([name, { check }]) => {
      const value = sent[name] ?? ''
      if (typeof value !== 'string' || sent[name] === null || (value !== '' && !fits(check, value)))
        throw wrong(name)
      return [name, value]
    }),
  )
}
