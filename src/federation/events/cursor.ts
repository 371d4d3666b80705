/** Cursors of the feed: opaque, good for ever, and good for one client alone. */
import { timingSafeEqual } from 'node:crypto'
import { GatewayError } from '../../errors.ts'
import { type Place, START } from '../../store/index.ts'
import type { Deps } from '../deps.ts'

type Needs = Pick<Deps, 'sealing'>

/** A code over client and place, by a key of ours: nobody makes a cursor, and nobody uses another's. */
const codeOf = (clientId: string, { tx, position }: Place, { sealing }: Needs): Buffer =>
  Buffer.from(sealing.hash('cursor', JSON.stringify([clientId, tx, position])), 'hex').subarray(0, 12)

export function makeCursor(clientId: string, place: Place, deps: Needs): string {
  const told = `${place.tx}.${place.position}`
  return `${Buffer.from(told).toString('base64url')}.${codeOf(clientId, place, deps).toString('base64url')}`
}

const FORM = /^([A-Za-z0-9_-]{4,80})[.]([A-Za-z0-9_-]{16})$/
const PLACE = /^(0|[1-9][0-9]{0,19})[.](0|[1-9][0-9]{0,15})$/

/** The place that a cursor names; the start of everything for none. @throws GatewayError `CURSOR_FOREIGN` */
export function readCursor(clientId: string, cursor: string | undefined, deps: Needs): Place {
  if (cursor === undefined || cursor === '') return START
  const [, told = '', code = ''] = FORM.exec(cursor) ?? []
  const [, tx, position] = PLACE.exec(Buffer.from(told, 'base64url').toString()) ?? []
  if (tx === undefined || position === undefined) throw new GatewayError('CURSOR_FOREIGN')
  const place = { tx, position: Number(position) }
  const given = Buffer.from(code, 'base64url')
  const right = codeOf(clientId, place, deps)
  // Two spellings of one cursor would be one place: only the one that was given counts.
  if (!timingSafeEqual(given, right) || makeCursor(clientId, place, deps) !== cursor)
    throw new GatewayError('CURSOR_FOREIGN')
  return place
}
