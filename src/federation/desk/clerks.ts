/** Clerks of a client's windows: an operator adds them and takes them off; the clerk makes the second factor their own. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import { cityOf } from '../../schemas/division.ts'
import type { ClerkRow } from '../../store/index.ts'
import type { ClientFacts } from '../clients.ts'
import type { Deps } from '../deps.ts'
import { VERIFY } from '../identity/desks.ts'
import { digestOf, newSecret } from '../identity/log-in.ts'
import { newId } from '../ids.ts'
import { newTotpKey } from './totp.ts'

/** What these verbs need: a command line has no more. */
export type ClerkDeps = Pick<Deps, 'store' | 'sealing' | 'clients' | 'publicUrl' | 'now'>

/** The scope without which a client's windows file nothing. */
const FILE = 'cases'
const MOST_CHARACTERS = 50

/** What a clerk did with the way in, or an operator with the clerk. */
export const actOf = (clerkId: string, act: string, outcome: string, now: Date) => ({
  clerkId,
  id: newId('dact', now),
  act,
  outcome,
  at: now,
})

/** Whether a client's windows may take anything in. */
export const hasDesk = (client: ClientFacts | undefined): client is ClientFacts =>
  client?.scopes.has(VERIFY) === true && client.scopes.has(FILE) && client.purposes.has('window')

/** Told once. */
export interface ClerkLink {
  readonly id: string
  readonly link: string
  readonly until: Date
}

/** A link's secret, and what is stored of it with a new key of codes. */
function newLink({ sealing, publicUrl, now }: ClerkDeps) {
  const secret = newSecret()
  const until = new Date(now().getTime() + LIMITS.clerkLinkMs)
  return {
    link: `${publicUrl}/desk/enrol/${secret}`,
    until,
    kept: { linkKey: digestOf(secret), linkUntil: until, totpSealed: sealing.seal(newTotpKey()) },
  }
}

/**
 * Adds a clerk. @returns the link by which they come in for the first time; its secret is kept nowhere
 * @throws GatewayError `CONFIGURATION_INVALID` for a client that has no desk, a name that cannot be one, or a division outside the Delta
 */
export async function addClerk(
  asked: { readonly client: string; readonly name: string; readonly division: string },
  deps: ClerkDeps,
): Promise<ClerkLink> {
  const now = deps.now()
  const name = asked.name.trim()
  if (!hasDesk(deps.clients(asked.client)))
    throw new GatewayError('CONFIGURATION_INVALID', {
      client: asked.client,
      reason: `needs the scopes ${VERIFY} and ${FILE}, and the purpose window`,
    })
  if (name === '' || [...name].length > MOST_CHARACTERS || /\p{Cc}/u.test(name))
    throw new GatewayError('CONFIGURATION_INVALID', { option: '--name', reason: 'is no name' })
  if (!cityOf(asked.division))
    throw new GatewayError('CONFIGURATION_INVALID', {
      option: '--division',
      reason: 'is no division of the 41 cities',
    })
  const id = newId('clk', now)
  const { link, until, kept } = newLink(deps)
  await deps.store.clerks.add(
    {
      id,
      clientId: asked.client,
      name,
      division: asked.division,
      ...kept,
      lastStep: 0,
      misses: 0,
      missesAt: now,
      deviceKey: null,
      deviceUntil: null,
      createdAt: now,
      enrolledAt: null,
      revokedAt: null,
    },
    actOf(id, 'clerks.add', 'granted', now),
  )
  return { id, link, until }
}

/** A new link for a clerk whose phone or device is gone: the old ones are no good any more. @throws GatewayError `NOT_FOUND` */
export async function relinkClerk(id: string, deps: ClerkDeps): Promise<ClerkLink> {
  const { link, until, kept } = newLink(deps)
  const isThere = await deps.store.clerks.relink(id, kept, actOf(id, 'clerks.link', 'granted', deps.now()))
  if (!isThere) throw new GatewayError('NOT_FOUND', { subject: 'clerk' })
  return { id, link, until }
}

/** All clerks of a client, those who have left at the end. */
export const listClerks = (client: string, { store }: ClerkDeps): Promise<readonly ClerkRow[]> =>
  store.clerks.listOf(client)

/** Ends a clerk's way in, and the sessions that are open, at once. @throws GatewayError `NOT_FOUND` */
export async function revokeClerk(id: string, { store, now }: ClerkDeps): Promise<void> {
  const isDone = await store.clerks.revoke(id, now(), actOf(id, 'clerks.revoke', 'granted', now()))
  if (!isDone) throw new GatewayError('NOT_FOUND', { subject: 'clerk' })
}
