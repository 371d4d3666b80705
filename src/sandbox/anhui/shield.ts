import { timingSafeEqual } from 'node:crypto'
import { explain } from '../moment.ts'
import { nowOf, type Office } from './office.ts'
import type { Route } from './routes.ts'
import { contentMd5, gmSignatureOf, signatureOf, stringToSign } from './signature.ts'

/** A failure of the front (contract 3.6). */
export interface Failure {
  readonly status: number
  readonly code: string
  readonly message: string
}

/** What the Shield looks at. */
interface Shielded {
  readonly headers: Headers
  readonly target: string
  readonly body: Buffer
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const refused = (code: string, message: string): Failure => ({ status: 401, code, message })

/** The headers that every call carries, with what makes each one valid (contract 3.1). */
function badHeader(office: Office, headers: Headers): string | undefined {
  const { stage, sdkVersion } = office.config.options
  const isThere = (value: string) => value !== ''
  const rules: readonly (readonly [string, (value: string) => boolean])[] = [
    ['S-Auth-Version', (value) => value === '1'],
    ['S-Auth-AppId', isThere],
    ['S-Auth-Timestamp', (value) => /^\d{13}$/.test(value)],
    ['S-Auth-Nonce', (value) => UUID.test(value)],
    ['S-Auth-Stage', (value) => value === stage],
    ['S-Auth-GroupId', isThere],
    ['S-Auth-Signature', isThere],
    ['S-SDK-Version', (value) => value === sdkVersion],
  ]
  return rules.find(([name, isValid]) => !isValid(headers.get(name) ?? ''))?.[0]
}

/** Burns a nonce. Gives `false` when it was burnt within its time to live (contract 3.5). */
function burnNonce(office: Office, nonce: string): boolean {
  const { nonces } = office.state
  const now = nowOf(office)
  const ttl = office.config.options.nonceTtlMs
  // Two generations: what is in the older one is at least one time to live old when it goes.
  if (now - nonces.since >= ttl) {
    nonces.older = now - nonces.since >= 2 * ttl ? {} : nonces.recent
    nonces.recent = {}
    nonces.since = now
  }
  const burntAt = nonces.recent[nonce] ?? nonces.older[nonce]
  if (burntAt !== undefined && now - burntAt < ttl) return false
  nonces.recent[nonce] = now
  return true
}

function isMd5Right(headers: Headers, body: Buffer): boolean {
  const given = headers.get('S-Content-MD5')
  return body.length === 0 ? given === null : given === contentMd5(body)
}

function isSame(left: string, right: string): boolean {
  const [first, second] = [Buffer.from(left), Buffer.from(right)]
  return first.length === second.length && timingSafeEqual(first, second)
}

/** Whether the request uses the strategy of its API: all signs of GM, or none. */
function isStrategyRight({ style }: Route, headers: Headers): boolean {
  if (style === 'gm')
    return headers.get('S-Auth-SignType') === 'GM' && Boolean(headers.get('S-Auth-RandomKey'))
  return !headers.has('S-Auth-SignType') && !headers.has('S-Auth-RandomKey')
}

/** Checks 3 to 10 of contract 3.6 in their order; gives the first failure. */
export function checkShield(office: Office, route: Route, asked: Shielded): Failure | undefined {
  const { headers, target, body } = asked
  const { credentials, options } = office.config
  const get = (name: string) => headers.get(name) ?? ''
  const wrong = badHeader(office, headers)
  if (wrong !== undefined) return refused('10008', `header invalid: ${wrong}`)
  const appId = get('S-Auth-AppId')
  if (appId !== credentials.appId) return refused('10001', 'appId unknown')
  if (get('S-Auth-GroupId') !== options.groups[route.group]) return refused('10005', 'api not authorised')
  if (!isStrategyRight(route, headers)) return refused('10007', 'sign strategy mismatch')
  const timestamp = get('S-Auth-Timestamp')
  if (Math.abs(nowOf(office) - Number(timestamp)) > options.clockSkewMs) {
    return refused('10002', 'timestamp out of range')
  }
  if (!isMd5Right(headers, body)) return refused('10006', 'content md5 mismatch')
  const nonce = get('S-Auth-Nonce')
  const md5 = get('S-Content-MD5')
  const signed = { target, randomKey: get('S-Auth-RandomKey'), nonce, timestamp, appId, contentMd5: md5 }
  const expected =
    route.style === 'gm'
      ? gmSignatureOf(credentials.gmAppSecret, signed)
      : signatureOf(credentials.appSecret, signed)
  const received = get('S-Auth-Signature')
  explain({
    clause: route.style === 'gm' ? '3.4' : '3.2',
    stringToSign: stringToSign(signed),
    expected,
    received,
  })
  if (!isSame(received, expected)) return refused('10003', 'signature verify failed')
  return burnNonce(office, nonce) ? undefined : refused('10004', 'nonce replay')
}
