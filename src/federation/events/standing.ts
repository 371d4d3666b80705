/** What an event stream stands on: it ends with the first of it that ends. */
import type { Actor, Deps } from '../deps.ts'

export interface Standing {
  /** The token with which it was opened. */
  readonly token: { readonly id: string; readonly until: Date }
  readonly principal: Actor['principal']
  /** The mandate on which its reader sees the case; `null` for the holder and for a client that calls for itself. */
  readonly mandateId: string | null
}

/** Whether something is over that this process knows to be over: nothing is asked. */
export function isOver({ token, principal, mandateId }: Standing, { endings, now }: Deps): boolean {
  const { authenticationId, grantId } = principal ?? {}
  return (
    now() >= token.until ||
    endings.has('token', token.id) ||
    (authenticationId !== undefined && endings.has('authentication', authenticationId)) ||
    (grantId !== undefined && endings.has('grant', grantId)) ||
    (mandateId !== null && endings.has('mandate', mandateId))
  )
}

/** Which of these stand no more, the mandates as the database has them now. One question for all of them, and none for none. */
export async function overAmong(standings: readonly Standing[], deps: Deps): Promise<ReadonlySet<Standing>> {
  const ids = new Set(standings.flatMap(({ mandateId }) => mandateId ?? []))
  const live = ids.size === 0 ? ids : await deps.store.mandates.liveAmong([...ids], deps.now())
  return new Set(
    standings.filter((one) => isOver(one, deps) || (one.mandateId !== null && !live.has(one.mandateId))),
  )
}
