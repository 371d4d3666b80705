/** The feed: every event of the cases that a client filed, in commit order, from any place, for ever. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { CaseEvent } from '../../schemas/case.ts'
import { cityOf } from '../../schemas/division.ts'
import type { OwedEvent } from '../../store/index.ts'
import { accessRow } from '../audit/access.ts'
import { factsOf } from '../cases/looks.ts'
import { presentEvent } from '../cases/record.ts'
import type { Actor, Deps } from '../deps.ts'
import { serves } from '../identity/audience.ts'
import { makeCursor, readCursor } from './cursor.ts'

/** A page of the feed. The end is reached when `nextCursor` is the one that was sent. */
export interface FeedPage {
  readonly items: readonly CaseEvent[]
  readonly nextCursor: string
}

/** @throws GatewayError `CLIENT_REQUIRED` for a token behind which a person stands: what a client is owed is not theirs */
export function requireClient({ principal }: Actor): void {
  if (principal) throw new GatewayError('CLIENT_REQUIRED')
}

/**
 * One page. @param types of events; all when empty
 * @throws GatewayError `CURSOR_FOREIGN`, `CLIENT_REQUIRED`
 */
export async function readFeed(
  { after, types, limit }: { after: string | undefined; types: readonly string[]; limit: number },
  actor: Actor,
  deps: Deps,
): Promise<FeedPage> {
  requireClient(actor)
  const place = readCursor(actor.clientId, after, deps)
  const page = await deps.store.outbox.page(actor.clientId, place, {
    types,
    limit,
    scanned: LIMITS.feedScan,
  })
  const owed = (await deps.store.outbox.events(page.rows)).filter(({ case: of }) =>
    serves(actor.audience, { region: of.region, division: cityOf(of.division) }),
  )
  await recordEvents(owed, actor, deps)
  return {
    items: owed.map(({ event }) => presentEvent(event, deps.sealing)),
    nextCursor: makeCursor(actor.clientId, page.place, deps),
  }
}

/** Records a look at events of many cases: one record a holder, which names their cases. No record, no data. */
export async function recordEvents(owed: readonly OwedEvent[], actor: Actor, deps: Deps): Promise<void> {
  const holders = Map.groupBy(owed, ({ case: of }) => of.holderKey)
  const rows = [...holders.values()].flatMap((events) => {
    const [first] = events
    if (!first) return []
    const caseIds = [...new Set(events.map(({ case: of }) => of.id))]
    return [accessRow({ ...factsOf(first.case, 'events', actor), matter: null, caseIds }, actor, deps)]
  })
  if (rows.length > 0) await deps.store.accesses.append(rows)
}
