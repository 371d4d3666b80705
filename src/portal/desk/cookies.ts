/** The cookies of a clerk: the device that is theirs for months, and the session of a day. No other site leads a browser here with them. */
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { LIMITS } from '../../config.ts'
import type { Entered } from '../../federation/desk/enter.ts'
import type { PortalEnv } from '../env.ts'

const LINK = 'delta-clerk-link'
const DEVICE = 'delta-clerk-device'
const SESSION = 'delta-clerk'
const LINK_SECONDS = 30 * 60

const ours = { path: '/', secure: true, httpOnly: true, sameSite: 'Strict', prefix: 'host' } as const

/** The link that this browser opened, until its code is confirmed: so it stands in no address on the way. */
export const linkSecret = (c: Context<PortalEnv>): string | undefined => getCookie(c, LINK, 'host')
export const setLink = (c: Context<PortalEnv>, secret: string): void =>
  setCookie(c, LINK, secret, { ...ours, sameSite: 'Lax', maxAge: LINK_SECONDS })

export const deviceSecret = (c: Context<PortalEnv>): string | undefined => getCookie(c, DEVICE, 'host')
export const clerkSecret = (c: Context<PortalEnv>): string | undefined => getCookie(c, SESSION, 'host')

/** Lets the browser in. The link, if there was one, is used up. */
export function setEntered(c: Context<PortalEnv>, { session, device }: Entered): void {
  setCookie(c, SESSION, session, { ...ours, maxAge: LIMITS.clerkSessionMs / 1000 })
  if (!device) return
  setCookie(c, DEVICE, device.secret, { ...ours, expires: device.until })
  deleteCookie(c, LINK, ours)
}

export const dropClerk = (c: Context<PortalEnv>): void => void deleteCookie(c, SESSION, ours)
