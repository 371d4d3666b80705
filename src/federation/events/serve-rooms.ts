/**
 * Brings events to those who follow. A room's news are read once, for all who wait for them. Events of a case become visible in the
 * order of their sequences, since each is written under the lock of its case: what comes after the last that a reader has is all
 * that it lacks.
 */
import { bulkhead } from 'cockatiel'
import { LIMITS } from '../../config.ts'
import type { CaseEvent } from '../../schemas/case.ts'
import { presentEvent } from '../cases/record.ts'
import type { Deps } from '../deps.ts'
import { type Followed, type Following, type Room, type Rooms, waitingIn } from './rooms.ts'
import { overAmong } from './standing.ts'

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown')

/** Hands over what the reader does not have of these events. @returns false when it had no room for all of them */
function hand({ following }: Followed, events: readonly CaseEvent[]): boolean {
  const { cursor } = following
  const isAll = handAll(following, events)
  // Of large events a page would be read again for each few that find room.
  following.page = isAll
    ? LIMITS.streamPage
    : Math.max(1, Math.min(following.cursor - cursor, LIMITS.streamPage))
  return isAll
}

function handAll(following: Following, events: readonly CaseEvent[]): boolean {
  for (const event of events) {
    if (event.sequence <= following.cursor) continue
    if (!following.reader.push(event)) return false
    following.cursor = event.sequence
  }
  return true
}

export function roomService(rooms: Rooms, deps: Deps) {
  const { store, sealing, log, now } = deps
  // Of many streams each may wait for a read; those of the requests that people wait for go between.
  const reads = bulkhead(LIMITS.streamReadsAtOnce, 2 * LIMITS.streamsAtOnce)
  const read = (caseId: string, after: number, limit: number): Promise<readonly CaseEvent[]> =>
    reads.execute(async () =>
      (await store.cases.events(caseId, after, limit)).map((row) => presentEvent(row, sealing)),
    )

  /** Ends those that may not go on. */
  const endOver = async (streams: readonly Followed[]): Promise<void> => {
    const over = await overAmong(
      streams.map(({ following }) => following.standing),
      deps,
    )
    for (const stream of streams) if (over.has(stream.following.standing)) rooms.end(stream, 'closed')
  }

  /** Reads on for these streams of a room, and looks before anything is shown. @returns how many events there were */
  const bring = async (room: Room, streams: readonly Followed[]): Promise<number> => {
    const after = Math.min(...streams.map(({ following }) => following.cursor))
    const limit = Math.max(...streams.map(({ following }) => following.page))
    const events = await read(room.caseId, after, limit)
    await endOver(streams)
    for (const stream of streams)
      if (room.streams.has(stream) && !hand(stream, events)) void catchUp(stream, 0)
    return events.length
  }

  /** Hands out a room's news until nobody lacks any. */
  const serve = async (room: Room): Promise<void> => {
    if (room.isServed) return
    room.isServed = true
    try {
      for (let waiting = waitingIn(room); waiting.length > 0; waiting = waitingIn(room))
        if ((await bring(room, waiting)) === 0) break
    } catch (error) {
      // Nobody has lost anything: the next round reads from where each of them is.
      log.warn({ reason: reasonOf(error) }, 'news of a case were not read for its streams')
    } finally {
      room.isServed = false
    }
  }

  /** Brings one stream to its room's head, or to what was told of it, as fast as it is read; then the room serves it. */
  const catchUp = async (stream: Followed, head: number): Promise<void> => {
    const { following, room } = stream
    if (following.isBehind) return
    following.isBehind = true
    try {
      while (room.streams.has(stream) && following.cursor < Math.max(head, room.head)) {
        following.fullSince = now().getTime()
        await following.reader.room()
        following.fullSince = undefined
        if ((await bring(room, [stream])) === 0) break
      }
    } catch (error) {
      log.warn({ reason: reasonOf(error) }, 'what a stream lacks was not read')
      rooms.end(stream, 'cut')
    }
    following.isBehind = false
    await serve(room)
  }

  return { serve, catchUp, endOver }
}
