/** Event streams of this process: opened, told of news, looked after, closed. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { Actor, Deps } from '../deps.ts'
import { isFollowed, type Reader, streamRooms } from './rooms.ts'
import { roomService } from './serve-rooms.ts'
import { isOver, type Standing } from './standing.ts'

/** Where a stream begins, and on what it stands. */
export interface Opening {
  /** Sequence of the last event that the reader has. */
  readonly after: number
  /** Sequence of the newest event when the case was looked at, after the place was taken. */
  readonly head: number
  readonly standing: Standing
}

/** A place among those who follow a case. */
export interface Place {
  readonly start: (reader: Reader, opening: Opening) => void
  /** Gives the place back; once more is nothing. */
  readonly leave: () => void
}

/** A case has news. */
export interface Hint {
  readonly caseId: string
  readonly sequence: number
}

export interface Live {
  /** @throws GatewayError `STREAMS_TOO_MANY` or `STREAMS_FULL` */
  readonly enter: (caseId: string, actor: Pick<Actor, 'clientId' | 'principal'>) => Place
  /** Hears of news, of cases that are followed and of others. */
  readonly told: (hints: readonly Hint[]) => void
  /** Ends what may not go on, gives signs of life, and brings what was not brought. */
  readonly tick: () => Promise<void>
  readonly count: () => number
  /** Ends all streams, and opens no more. */
  readonly close: () => void
}

/** Another process is there in a moment, or this one again. */
const CLOSING_SECONDS = 1

/** When a stream that had a sign of life at this moment has its next one. */
const nextBeat = (moment: number): number => moment + LIMITS.streamBeatMs

export function liveEvents(deps: Deps): Live {
  const rooms = streamRooms()
  const { serve, catchUp, endOver } = roomService(rooms, deps)
  const followed = () => rooms.all().flatMap(({ streams }) => [...streams].filter(isFollowed))
  let isClosed = false
  let headsAt = 0

  const told: Live['told'] = (hints) => {
    for (const { caseId, sequence } of hints) {
      const room = rooms.of(caseId)
      if (!room || sequence <= room.head) continue
      room.head = sequence
      void serve(room)
    }
  }

  /** What is told waits for every open transaction of the database; nobody is kept waiting by those of others for long. */
  const askHeads = async (moment: number): Promise<void> => {
    const ids = rooms.all().map(({ caseId }) => caseId)
    if (moment < headsAt || ids.length === 0) return
    told(await deps.store.cases.heads(ids))
    headsAt = nextBeat(moment)
  }

  const beatDue = (moment: number): void => {
    for (const stream of followed()) {
      const { following } = stream
      if (isOver(following.standing, deps)) rooms.end(stream, 'closed')
      // Nothing is lost: who reads again says what they have.
      else if (moment - (following.fullSince ?? moment) >= LIMITS.streamStallMs) rooms.end(stream, 'cut')
      else if (moment >= following.beatAt) {
        following.beatAt = nextBeat(moment)
        following.reader.beat()
      }
    }
  }

  const enter: Live['enter'] = (caseId, actor) => {
    if (isClosed) throw new GatewayError('STREAMS_FULL', { retryAfter: CLOSING_SECONDS })
    const stream = rooms.enter(caseId, actor)
    return {
      leave: () => void rooms.leave(stream),
      start: (reader, { after, head, standing }) => {
        const beatAt = nextBeat(deps.now().getTime())
        const following = {
          reader,
          standing,
          cursor: after,
          isBehind: false,
          fullSince: undefined,
          page: LIMITS.streamPage,
          beatAt,
        }
        // It was ended while the case was looked at.
        if (!stream.room.streams.has(stream)) return reader.end('closed')
        void catchUp(Object.assign(stream, { following }), head)
      },
    }
  }

  return {
    enter,
    told,
    count: rooms.count,
    tick: async () => {
      const moment = deps.now().getTime()
      beatDue(moment)
      await endOver(followed().filter(({ following }) => following.standing.mandateId !== null))
      await askHeads(moment)
      for (const room of rooms.all()) void serve(room)
    },
    close: () => {
      isClosed = true
      for (const { streams } of rooms.all()) for (const stream of streams) rooms.end(stream, 'closed')
    },
  }
}
