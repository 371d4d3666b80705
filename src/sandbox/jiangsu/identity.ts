/** The identity platform behind the bus (contract 3.3, 4.e): one endpoint, three services, a ticket for a token, a token for user data. */
import { createCipheriv, createHash } from 'node:crypto'
import type { Context } from 'hono'
import { entryOf } from '../entries.ts'
import { explain, randomBytes } from '../moment.ts'
import { accountOf } from './accounts.ts'
import { bytesOf, isType, json, note, queryOf } from './answers.ts'
import { nowOf, type Office } from './office.ts'
import { badFrame } from './refusals.ts'
import { instantOf, isDateTime, wallClock } from './times.ts'

/** Life of a token in seconds. */
const TOKEN_SECONDS = 1800
const FIELDS = ['appmark', 'params', 'servicename', 'sign', 'time']

const TEXTS = {
  '000001': '签名错误',
  '000002': '票据无效或已使用',
  '000003': '令牌已过期',
  '000004': '服务不存在',
  '000005': '时间戳超时',
  '000006': '参数错误',
  '000007': '用户类型不符',
} as const

class JisRefusal extends Error {
  readonly retcode: keyof typeof TEXTS
  constructor(retcode: keyof typeof TEXTS) {
    super(TEXTS[retcode])
    this.retcode = retcode
  }
}

interface Service {
  /** What the refusals call it. */
  readonly operation: 'sso-exchange' | 'sso-userinfo'
  /** The one member of its `params`. */
  readonly member: 'ticket' | 'token'
  readonly handle: (office: Office, value: string) => string
}

const SERVICES: ReadonlyMap<string, Service> = new Map<string, Service>([
  ['ticketValidate', { operation: 'sso-exchange', member: 'ticket', handle: exchange }],
  ['findOutsideUserByToken', { operation: 'sso-userinfo', member: 'token', handle: userOf('1') }],
  ['findCorUserByToken', { operation: 'sso-userinfo', member: 'token', handle: userOf('2') }],
])

/** Answers one call, after the bus let it through. */
export async function identity(office: Office, c: Context): Promise<Response> {
  const bytes = await bytesOf(c)
  if (!isType(c, 'application/x-www-form-urlencoded') || queryOf(c).size > 0) throw badFrame()
  const form = new URLSearchParams(bytes.toString('utf8'))
  const service = SERVICES.get(form.get('servicename') ?? '')
  try {
    checkFrame(office, form)
    if (!service) throw new JisRefusal('000004')
    const data = service.handle(office, memberOf(form.get('params') ?? '', service.member))
    return json(200, { retcode: '000000', msg: '成功', data })
  } catch (error) {
    if (!(error instanceof JisRefusal)) throw error
    note(office, service?.operation ?? 'sso-exchange', 200, error.retcode, error.message)
    return json(200, { retcode: error.retcode, msg: error.message, data: '' })
  }
}

/** Fields, then the sign, then the time, in the contract's order of checks. */
function checkFrame(office: Office, form: URLSearchParams): void {
  const { appmark, appword } = office.config.credentials.jis
  const whole = [...form.keys()].toSorted().join() === FIELDS.join() && FIELDS.every((name) => form.get(name))
  if (!whole) throw new JisRefusal('000006')
  const time = form.get('time') ?? ''
  const sign = createHash('md5').update(`${appmark}${appword}${time}`, 'utf8').digest('hex')
  explain({
    clause: '3.3',
    stringToSign: `${appmark}…${time}`,
    expected: sign,
    received: form.get('sign') ?? '',
  })
  if (form.get('appmark') !== appmark || form.get('sign') !== sign) throw new JisRefusal('000001')
  const text = time.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3 $4:$5:$6')
  const skewMs = office.config.options.clockSkewSeconds * 1000
  const isWritten = /^\d{14}$/.test(time) && isDateTime(text)
  if (!isWritten || Math.abs(nowOf(office) - instantOf(text)) > skewMs) throw new JisRefusal('000005')
}

/** `params` is the text of an object with exactly one member. */
function memberOf(params: string, member: string): string {
  const content = parsed(params)
  if (typeof content !== 'object' || content === null) throw new JisRefusal('000006')
  const [first, ...others] = Object.entries(content)
  if (!first || others.length > 0 || first[0] !== member) throw new JisRefusal('000006')
  if (typeof first[1] !== 'string' || first[1] === '') throw new JisRefusal('000006')
  return first[1]
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** `ticketValidate`: a ticket works once. */
function exchange(office: Office, told: string): string {
  const { tickets, tokens } = office.state
  const now = nowOf(office)
  const ticket = entryOf(tickets, told)
  delete tickets[told]
  const account = ticket && ticket.until >= now ? accountOf(ticket.account) : undefined
  if (!account) throw new JisRefusal('000002')
  for (const [old, { until }] of Object.entries(tokens)) if (until < now) delete tokens[old]
  const token = randomBytes(16).toString('hex')
  tokens[token] = { account: account.id, at: wallClock(now), until: now + TOKEN_SECONDS * 1000 }
  return JSON.stringify({ token, usertype: account.usertype })
}

/** User data of one kind of user: hex of AES, in either case. A token may be used several times. */
function userOf(usertype: '1' | '2'): Service['handle'] {
  return (office, told) => {
    const { tokens } = office.state
    const token = entryOf(tokens, told)
    const account = token && token.until >= nowOf(office) ? accountOf(token.account) : undefined
    if (!token || !account) throw new JisRefusal('000003')
    if (account.usertype !== usertype) throw new JisRefusal('000007')
    const cipher = createCipheriv('aes-128-ecb', office.config.credentials.jis.appword, null)
    const text = JSON.stringify(account.userData(token.at))
    const hex = cipher.update(text, 'utf8', 'hex') + cipher.final('hex')
    office.state.choices = (office.state.choices + 1) >>> 0
    return office.state.choices % 2 === 0 ? hex : hex.toUpperCase()
  }
}
