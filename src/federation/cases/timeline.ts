/** What happened to a case: page by page, and as a stream that goes on. */
import { GatewayError } from '../../errors.ts'
import type { CaseEvent } from '../../schemas/case.ts'
import type { Actor, Deps } from '../deps.ts'
import type { Live } from '../events/live.ts'
import type { Reader } from '../events/rooms.ts'
import type { Standing } from '../events/standing.ts'
import { lookAtCase, reachCase, recordLook } from './reach.ts'
import { presentEvent } from './record.ts'

/** A page of the timeline after a sequence, oldest first. `next` is where the following page begins, when there is one. */
export async function readEvents(
  id: string,
  { after, limit }: { readonly after: number; readonly limit: number },
  actor: Actor,
  deps: Deps,
): Promise<{ readonly items: readonly CaseEvent[]; readonly next: number | undefined }> {
  const row = await lookAtCase(id, 'events', actor, deps)
  const rows = await deps.store.cases.events(row.id, after, limit + 1)
  const page = rows.slice(0, limit)
  return {
    items: page.map((event) => presentEvent(event, deps.sealing)),
    next: rows.length > limit ? page.at(-1)?.sequence : undefined,
  }
}

/** A stream that may be read. */
export interface EventStream {
  readonly start: (reader: Reader) => void
  /** Nobody reads it any more. */
  readonly leave: () => void
}

/**
 * Opens the events of a case after a sequence, for as long as the token and what else it stands on lives. The opening is a look, and
 * recorded as one. @throws GatewayError `CASE_NOT_FOUND`; `PARAMETER_INVALID` for a sequence that the case has not reached;
 * `STREAMS_TOO_MANY`, `STREAMS_FULL`
 */
export async function followCase(
  id: string,
  { after, token }: { readonly after: number; readonly token: Standing['token'] },
  actor: Actor,
  deps: Deps,
  live: Live,
): Promise<EventStream> {
  const { start, leave } = live.enter(id, actor)
  try {
    const reached = await reachCase(id, actor, deps, 'events')
    const head = reached.row.sequence
    // To start anew, or to wait until the case gets there, would be a guess: the reader has what this case never had.
    if (after > head) throw new GatewayError('PARAMETER_INVALID', { parameter: 'after', newest: head })
    await recordLook(reached, 'events', actor, deps)
    const standing = { token, principal: actor.principal, mandateId: reached.mandateId }
    return { leave, start: (reader) => start(reader, { after, head, standing }) }
  } catch (error) {
    leave()
    throw error
  }
}
