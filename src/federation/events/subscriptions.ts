/** Subscriptions of a client: made, seen, replayed, ended. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { ReplayRequest, Subscription, SubscriptionRequest } from '../../schemas/subscription.ts'
import type { HeldBack, SubscriptionRow } from '../../store/index.ts'
import type { Actor, Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import { makeCursor, readCursor } from './cursor.ts'
import { requireClient } from './feed.ts'
import { requireReceiver } from './receivers.ts'
import { newSecret, publicPart, type SigningSecret } from './signatures.ts'

const instant = (at: Date | null): string | null => (at === null ? null : formatInstant(at))

function present(row: SubscriptionRow, held: HeldBack | undefined, deps: Deps): Subscription {
  const publicKey = publicPart(deps.sealing.open<SigningSecret>(row.secretSealed))
  return {
    id: row.id,
    url: row.url,
    types: [...row.types],
    algorithm: row.algorithm,
    ...(publicKey === undefined ? {} : { publicKey }),
    state: row.state,
    failingSince: instant(row.failingSince),
    lastFailure: row.lastFailure,
    lastSuccessAt: instant(row.lastSuccessAt),
    nextAttemptAt: row.failingSince && row.state === 'active' ? instant(row.nextAttemptAt) : null,
    waiting: held?.waiting ?? 0,
    parked: held?.parked ?? 0,
    cursor: makeCursor(row.clientId, { tx: row.cursorTx, position: row.cursorPosition }, deps),
    createdAt: formatInstant(row.createdAt),
  }
}

/** A narrowed token would have events of all places posted: it may not. @throws GatewayError `AUDIENCE_MISMATCH` */
function requireWhole(actor: Actor): void {
  requireClient(actor)
  if (actor.audience) throw new GatewayError('AUDIENCE_MISMATCH', { audience: actor.audience.region })
}

const missing = (id: string) => new GatewayError('SUBSCRIPTION_NOT_FOUND', { subscription: id.slice(0, 60) })

/**
 * Makes one. The secret is in this answer and in no other.
 * @throws GatewayError `WEBHOOK_ADDRESS_REFUSED`, `SUBSCRIPTIONS_TOO_MANY`, `CURSOR_FOREIGN`, `CLIENT_REQUIRED`, `AUDIENCE_MISMATCH`
 */
export async function subscribe(
  { url, types = [], algorithm = 'hmac', from }: SubscriptionRequest,
  actor: Actor,
  deps: Deps,
): Promise<Subscription> {
  requireWhole(actor)
  requireReceiver(actor.clientId, url, deps)
  const place = from === undefined ? await deps.store.outbox.now() : readCursor(actor.clientId, from, deps)
  const { secret, told } = newSecret(algorithm)
  const now = deps.now()
  const row: SubscriptionRow = {
    clientId: actor.clientId,
    id: newId('sub', now),
    url,
    types: [...new Set(types)],
    algorithm,
    secretSealed: deps.sealing.seal(secret),
    state: 'active',
    cursorTx: place.tx,
    cursorPosition: place.position,
    failingSince: null,
    attempts: 0,
    nextAttemptAt: now,
    lastSuccessAt: null,
    lastFailure: null,
    leaseToken: null,
    leaseUntil: null,
    createdAt: now,
  }
  if (!(await deps.store.subscriptions.insert(row, LIMITS.subscriptionsOfClient)))
    throw new GatewayError('SUBSCRIPTIONS_TOO_MANY', { most: LIMITS.subscriptionsOfClient })
  return { ...present(row, undefined, deps), ...told }
}

/** All of a client's: there are few. */
export async function listSubscriptions(actor: Actor, deps: Deps): Promise<readonly Subscription[]> {
  requireWhole(actor)
  const rows = await deps.store.subscriptions.list(actor.clientId)
  const held = await deps.store.subscriptions.heldBack(actor.clientId)
  return rows.map((row) => present(row, held.get(row.id), deps))
}

/** @throws GatewayError `SUBSCRIPTION_NOT_FOUND`; another client's is not told apart from none */
export async function readSubscription(id: string, actor: Actor, deps: Deps): Promise<Subscription> {
  requireWhole(actor)
  const row = await deps.store.subscriptions.read(actor.clientId, id)
  if (!row) throw missing(id)
  return present(row, (await deps.store.subscriptions.heldBack(actor.clientId)).get(id), deps)
}

/** Ends one; what is held back for it goes with it. The feed still has every event. @throws GatewayError `SUBSCRIPTION_NOT_FOUND` */
export async function unsubscribe(id: string, actor: Actor, deps: Deps): Promise<void> {
  requireWhole(actor)
  if (!(await deps.store.subscriptions.remove(actor.clientId, id))) throw missing(id)
}

/**
 * Posts again: what is parked, or everything after a place of the feed.
 * @throws GatewayError `SUBSCRIPTION_NOT_FOUND`, `CURSOR_FOREIGN`
 */
export async function replay(
  id: string,
  { from }: ReplayRequest,
  actor: Actor,
  deps: Deps,
): Promise<Subscription> {
  requireWhole(actor)
  const { clientId } = actor
  const now = deps.now()
  const isDone =
    from === 'parked'
      ? (await deps.store.subscriptions.unpark(clientId, id, now)) !== undefined
      : await deps.store.subscriptions.rewind(clientId, id, readCursor(clientId, from, deps), now)
  if (!isDone) throw missing(id)
  return readSubscription(id, actor, deps)
}
