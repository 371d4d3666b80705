/**
 * The licence and photo service (contract 3.2, 4.6): sessions instead of tokens, the members for its audit in front of every look, bare
 * answers for licences and the envelope for photos.
 */

import type { Context } from 'hono'
import { entryOf } from '../entries.ts'
import { randomBytes } from '../moment.ts'
import { binary, json, plainBody, succeed } from './answers.ts'
import { checkMembers, form, Refused, type Shape, text } from './checks.ts'
import { extras } from './freedoms.ts'
import { nowOf, type Office } from './office.ts'
import { Bytes, type ServedPlace } from './routes.ts'
import { matterOf, type Plain } from './state.ts'

/** One look into licences or photos: its members after the audit ones, and the rules that join two of them. */
export interface LookRoute {
  readonly operation: string
  /** Below `zzkBase`. */
  readonly path: string
  readonly shape: Shape
  readonly joined?: (body: Plain) => void
  readonly envelope: boolean
  readonly handle: (office: Office, body: Plain) => object
}

const AUDIT: Shape = [
  ['orgName', 'R', text(100)],
  ['username', 'R', text(50)],
  ['itemName', 'R', text(200)],
  ['itemCode', 'R', form(/^\d{12}$/)],
  ['businessCode', 'R', form(/^\d{15}$/)],
]

export const forbidden = (): Refused => new Refused('NO_PERMISSION', '无权访问')

/** All paths of the service in one configuration. */
export function licencePlaces(
  { config }: Office,
  routes: readonly LookRoute[],
): readonly (readonly [string, ServedPlace])[] {
  const { zzkBase } = config.options
  return [
    [`${zzkBase}/login.do`, { operation: 'licence-login', method: 'POST', serve: logIn }],
    ...routes.map((route): [string, ServedPlace] => [
      `${zzkBase}${route.path}`,
      { operation: route.operation, method: 'POST', serve: (office, c) => look(office, route, c) },
    ]),
  ]
}

/** `login.do`: many sessions may live at once. */
async function logIn(office: Office, c: Context): Promise<Response> {
  const body = await plainBody(c)
  checkMembers(body, [
    ['account', 'R', text()],
    ['password', 'R', text()],
  ])
  const { zzkAccount, zzkPassword } = office.config.credentials
  if (body['account'] !== zzkAccount || body['password'] !== zzkPassword)
    throw new Refused('LOGIN_FAILED', '账号或密码错误')
  const { sessions } = office.state
  const now = nowOf(office)
  for (const [old, until] of Object.entries(sessions)) if (until <= now) delete sessions[old]
  const sessionId = randomBytes(16).toString('hex')
  sessions[sessionId] = now + office.config.options.zzkSessionSeconds * 1000
  return json(200, { sessionId, ...extras(office) })
}

function checkSession(office: Office, told: unknown): void {
  const until = typeof told === 'string' ? entryOf(office.state.sessions, told) : undefined
  if ((until ?? 0) <= nowOf(office)) throw new Refused('SESSION_INVALID', '会话无效或已过期')
}

/** The audit rule: a 9 in front is the gateway's own number, any other is one that Shanghai assigned, for that matter. */
function checkAudit(office: Office, { itemCode, businessCode }: Plain): void {
  const code = String(businessCode)
  if (code.startsWith('9')) {
    if (itemCode !== office.config.options.foreignAuditItemCode) throw forbidden()
    return
  }
  const known = [`${office.config.options.casePrefix}${code}`, code].some(
    (applyNo) => entryOf(office.state.applies, applyNo)?.itemCode === itemCode,
  )
  if (!known || !matterOf(String(itemCode))) throw forbidden()
}

async function look(office: Office, route: LookRoute, c: Context): Promise<Response> {
  const { sessionId, ...body } = await plainBody(c)
  checkSession(office, sessionId)
  checkMembers(body, [...AUDIT, ...route.shape])
  route.joined?.(body)
  checkAudit(office, body)
  const made = route.handle(office, body)
  if (made instanceof Bytes) return binary(made)
  return route.envelope ? succeed(office, made) : json(200, { ...made, ...extras(office) })
}
