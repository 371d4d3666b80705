/** Query parameters that many lists share: limit, cursor, dry run. */
import type { Context } from 'hono'
import { GatewayError } from '../errors.ts'
import { CASE_STATUSES, type CaseStatus } from '../schemas/case-status.ts'
import { instantIn } from '../schemas/instants.ts'
import type { Env } from './env.ts'

/** `?limit=`, from 1. @throws GatewayError `PARAMETER_INVALID` */
export function limitOf(c: Context<Env>, most = 100, unlessTold = 20): number {
  const text = c.req.query('limit') ?? String(unlessTold)
  const limit = Number(text)
  if (!/^\d{1,4}$/.test(text) || limit < 1 || limit > most)
    throw new GatewayError('PARAMETER_INVALID', { parameter: 'limit', from: 1, to: most })
  return limit
}

/** Where a list goes on. Opaque to callers. */
export interface Cursor {
  readonly at: string
  readonly id: string
}

export const makeCursor = (cursor: Cursor): string =>
  Buffer.from(JSON.stringify([cursor.at, cursor.id])).toString('base64url')

/** What an id in a cursor may be: a region's codes stand in those of its matters, but no control character does. */
const ID = /^\P{Cc}{0,500}$/u

/** `?cursor=`. @throws GatewayError `PARAMETER_INVALID` for one that we did not make. */
export function cursorOf(c: Context<Env>): Cursor | undefined {
  const text = c.req.query('cursor')
  if (text === undefined) return undefined
  try {
    const [at, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[]
    if (typeof at === 'string' && typeof id === 'string' && ID.test(id) && (at === '' || isOurs(at)))
      return { at, id }
  } catch {
    // What does not parse is not ours, as is what parses to something else.
  }
  throw new GatewayError('PARAMETER_INVALID', { parameter: 'cursor' })
}

/** Whether it is written as `makeCursor` is given it. */
const isOurs = (at: string): boolean => instantIn(at)?.toISOString() === at

/** `?cursor=` of a list by time. @throws GatewayError `PARAMETER_INVALID` */
export function momentOf(c: Context<Env>): { readonly at: Date; readonly id: string } | undefined {
  const cursor = cursorOf(c)
  if (cursor?.at === '') throw new GatewayError('PARAMETER_INVALID', { parameter: 'cursor' })
  return cursor && { at: new Date(cursor.at), id: cursor.id }
}

/** A cursor of a list that is numbered. */
export const makePosition = (position: number): string => makeCursor({ at: '', id: String(position) })

/** `?cursor=` of a list that is numbered. @throws GatewayError `PARAMETER_INVALID` */
export function positionOf(c: Context<Env>): number | undefined {
  const cursor = cursorOf(c)
  if (cursor === undefined) return undefined
  if (!/^\d{1,15}$/.test(cursor.id)) throw new GatewayError('PARAMETER_INVALID', { parameter: 'cursor' })
  return Number(cursor.id)
}

/** `?parameter=` as an instant. @throws GatewayError `PARAMETER_INVALID` */
export function instantOf(c: Context<Env>, parameter: string): Date | undefined {
  const text = c.req.query(parameter)
  const instant = text === undefined ? undefined : instantIn(text)
  if (text !== undefined && !instant) throw new GatewayError('PARAMETER_INVALID', { parameter })
  return instant
}

/** `?status=`, statuses joined by commas. @throws GatewayError `PARAMETER_INVALID` for a word that is none */
export function statusesOf(c: Context<Env>): readonly CaseStatus[] | undefined {
  return c.req
    .query('status')
    ?.split(',')
    .map((word) => {
      const status = CASE_STATUSES.find((known) => known === word)
      if (!status) throw new GatewayError('PARAMETER_INVALID', { parameter: 'status' })
      return status
    })
}

/** Refuses a trial of what cannot be tried without being done. @throws GatewayError `PARAMETER_INVALID` */
export function refuseDryRun(c: Context<Env>): void {
  if (isDryRun(c)) throw new GatewayError('PARAMETER_INVALID', { parameter: 'dryRun', known: ['false'] })
}

/** `?dryRun=true`. */
export function isDryRun(c: Context<Env>): boolean {
  const text = c.req.query('dryRun')
  if (text === undefined || text === 'false') return false
  if (text !== 'true')
    throw new GatewayError('PARAMETER_INVALID', { parameter: 'dryRun', known: ['true', 'false'] })
  return true
}

/** A page of a list, with its link to the next. */
export function page(
  c: Context<Env>,
  items: readonly unknown[],
  nextCursor: string | null,
  cacheControl = 'no-store',
): Response {
  const headers: Record<string, string> = { 'cache-control': cacheControl }
  if (nextCursor !== null) {
    const next = new URL(c.req.url)
    next.searchParams.set('cursor', nextCursor)
    headers['link'] = `<${next.pathname}${next.search}>; rel="next"`
  }
  return c.json({ items, nextCursor }, 200, headers)
}
