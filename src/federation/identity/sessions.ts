/** Browsers that are logged in: opened at a log-in under a new secret, ended by age, by rest, by their owner. */
import { LIMITS } from '../../config.ts'
import type { AuthenticationRow, SessionRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import { digestOf, endAuthentication, newSecret } from './log-in.ts'

/** A live session with the log-in that it stands on. */
export interface Session {
  readonly row: SessionRow
  readonly authentication: AuthenticationRow
}

const idleSince = (now: Date) => new Date(now.getTime() - LIMITS.sessionIdleMs)

/**
 * Opens a session. Where a person has too many, those end that were used the longest ago.
 * @returns its secret, for the cookie: nothing of it is stored but its digest.
 */
export async function openSession(
  authentication: AuthenticationRow,
  browser: string,
  deps: Deps,
): Promise<string> {
  const { store, now } = deps
  const secret = newSecret()
  const moment = now()
  await store.logIns.addSession({
    id: digestOf(secret),
    handle: newId('ses', moment),
    authenticationId: authentication.id,
    personId: authentication.personId,
    browser,
    createdAt: moment,
    usedAt: moment,
    until: new Date(moment.getTime() + LIMITS.sessionMs),
  })
  const open = await sessionsOf(authentication.personId, deps)
  for (const { authenticationId } of open.slice(LIMITS.sessionsOfPerson))
    await endAuthentication(authenticationId, deps)
  return secret
}

/** The session of a cookie; `undefined` when there is none, or it has ended. Using it keeps it awake. */
export async function sessionOf(secret: string | undefined, deps: Deps): Promise<Session | undefined> {
  if (!secret) return undefined
  const { store, now } = deps
  const moment = now()
  const row = await store.logIns.session(digestOf(secret), moment, idleSince(moment))
  const authentication = row && (await store.logIns.authentication(row.authenticationId))
  if (!row || !authentication) return undefined
  // Once a minute is often enough for a limit of half an hour.
  if (moment.getTime() - row.usedAt.getTime() > 60_000) await store.logIns.touchSession(row.id, moment)
  return { row, authentication }
}

/** A person's own sessions, last used first. */
export const sessionsOf = (personId: string, { store, now }: Deps): Promise<readonly SessionRow[]> =>
  store.logIns.sessionsOf(personId, now(), idleSince(now()))
