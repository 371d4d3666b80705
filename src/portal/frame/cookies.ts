/** The cookies: who started a log-in, who is logged in, which desk it is, and whether it is an operator’s. All are for this host alone, and scripts do not see them. */
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { parse } from 'hono/utils/cookie'
import { newSecret } from '../../federation/identity/log-in.ts'
import type { PortalEnv } from '../env.ts'

const SESSION = 'delta'
const BROWSER = 'delta-log-in'
const DESK = 'delta-desk'
const OPERATOR = 'delta-operator'

// The prefix makes browsers insist on Secure, this host and the whole path, so that no neighbour can plant one.
const ours = { path: '/', secure: true, httpOnly: true, sameSite: 'Lax', prefix: 'host' } as const

export const sessionSecret = (c: Context<PortalEnv>): string | undefined => getCookie(c, SESSION, 'host')
/** The same in a `Cookie` header, for whoever answers a request of the browser outside these pages. */
export const sessionSecretIn = (cookies: string): string | undefined =>
  parse(cookies, `__Host-${SESSION}`)[`__Host-${SESSION}`]
export const setSession = (c: Context<PortalEnv>, secret: string): void => setCookie(c, SESSION, secret, ours)
export const dropSession = (c: Context<PortalEnv>): void => void deleteCookie(c, SESSION, ours)

export const browserSecret = (c: Context<PortalEnv>): string | undefined => getCookie(c, BROWSER, 'host')

/** The secret of this browser for its log-ins; several tabs share it. */
export function ensureBrowser(c: Context<PortalEnv>): string {
  const known = browserSecret(c)
  if (known && known.length === 43) return known
  const secret = newSecret()
  setCookie(c, BROWSER, secret, ours)
  return secret
}

export const deskSecret = (c: Context<PortalEnv>): string | undefined => getCookie(c, DESK, 'host')
/** Makes this browser a desk until its link ends. No other site's page may lead it here: Strict. */
export const setDesk = (c: Context<PortalEnv>, secret: string, until: Date): void =>
  setCookie(c, DESK, secret, { ...ours, sameSite: 'Strict', expires: until })

export const operatorSecret = (c: Context<PortalEnv>): string | undefined => getCookie(c, OPERATOR, 'host')
/** Makes this browser an operator's for some hours. Strict, as a desk's is. */
export const setOperator = (c: Context<PortalEnv>, secret: string, until: Date): void =>
  setCookie(c, OPERATOR, secret, { ...ours, sameSite: 'Strict', expires: until })
export const dropOperator = (c: Context<PortalEnv>): void => void deleteCookie(c, OPERATOR, ours)
