/** A counter's desk: a browser that acts for a client, let in by a link that an operator made. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { DeskRow } from '../../store/index.ts'
import type { ClientFacts } from '../clients.ts'
import type { Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import { digestOf, newSecret } from './log-in.ts'

/** What the verbs of desks need: a command line has no more. */
export type DeskDeps = Pick<Deps, 'store' | 'clients' | 'publicUrl' | 'now'>

/** The scope without which a client scans nothing. */
export const VERIFY = 'persons:verify'

/** A desk that is open, with the client for which it acts. */
export interface Desk {
  readonly row: DeskRow
  readonly client: ClientFacts
}

/** A client that may scan codes at all. @throws GatewayError `CONFIGURATION_INVALID` for any other */
function verifying(clientId: string, { clients }: DeskDeps): ClientFacts {
  const client = clients(clientId)
  if (!client)
    throw new GatewayError('CONFIGURATION_INVALID', { client: clientId, reason: 'is in no directory' })
  if (!client.scopes.has(VERIFY) || client.purposes.size === 0)
    throw new GatewayError('CONFIGURATION_INVALID', {
      client: clientId,
      reason: `needs the scope ${VERIFY} and a purpose`,
    })
  return client
}

/**
 * Makes a link for a client's desk. Its secret is told once and stored as a digest.
 * @throws GatewayError `CONFIGURATION_INVALID` for a client that may scan nothing
 */
export async function openDesk(
  clientId: string,
  deps: DeskDeps,
): Promise<{ readonly link: string; readonly handle: string; readonly until: Date }> {
  verifying(clientId, deps)
  const now = deps.now()
  const secret = newSecret()
  const until = new Date(now.getTime() + LIMITS.deskDays * 86_400_000)
  const handle = newId('desk', now)
  await deps.store.desks.add({
    id: digestOf(secret),
    handle,
    clientId,
    createdAt: now,
    until,
    revokedAt: null,
  })
  return { link: `${deps.publicUrl}/counter/link/${secret}`, handle, until }
}

/** The desk of a secret; `undefined` when it is none, has ended or was revoked, or its client may scan no more. */
export async function deskOf(secret: string | undefined, deps: DeskDeps): Promise<Desk | undefined> {
  if (!secret) return undefined
  const row = await deps.store.desks.read(digestOf(secret), deps.now())
  const client = row && deps.clients(row.clientId)
  return row && client?.scopes.has(VERIFY) && client.purposes.size > 0 ? { row, client } : undefined
}

/** The open desks of a client, the latest first. */
export const desksOf = (clientId: string, { store, now }: DeskDeps): Promise<readonly DeskRow[]> =>
  store.desks.listOf(clientId, now())

/** Revokes one desk, or all of a client, at once. @returns how many were open */
export const revokeDesks = (
  which: { handle: string } | { clientId: string },
  { store, now }: DeskDeps,
): Promise<number> => store.desks.revoke(which, now())
