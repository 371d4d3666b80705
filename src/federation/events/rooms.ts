/** Who follows what: one room for each case that is followed in this process, and in it the streams of all who follow it. */
import type { CaseEvent } from '../../schemas/case.ts'
import type { Actor } from '../deps.ts'
import type { Standing } from './standing.ts'
import { streamPlaces } from './stream-places.ts'

/** Who reads a stream. */
export interface Reader {
  /** Hands over an event. @returns false when too much waits to be read already */
  readonly push: (event: CaseEvent) => boolean
  /** A sign of life. */
  readonly beat: () => void
  /** Resolves when there is room for more, or the stream is over. */
  readonly room: () => Promise<void>
  /** Ends it: what waits is still read, or nothing more of it. */
  readonly end: (how: 'closed' | 'cut') => void
}

/** A stream that is read. */
export interface Following {
  readonly reader: Reader
  readonly standing: Standing
  /** Sequence of the last event that was handed over. */
  cursor: number
  /** It lacks more than the room hands out: what came before it was opened, or what it had no room for. It reads for itself. */
  isBehind: boolean
  /** Since when it has no room. */
  fullSince: number | undefined
  /** How many events are read for it at once: fewer while they are large. */
  page: number
  beatAt: number
}

/** A place in a room, taken before its case is looked at: news that come meanwhile are not missed. */
export interface Stream {
  readonly room: Room
  readonly giveBack: () => void
  following?: Following
}

export interface Room {
  readonly caseId: string
  readonly streams: Set<Stream>
  /** The highest sequence that somebody told of. */
  head: number
  isServed: boolean
}

export type Followed = Stream & { following: Following }
export const isFollowed = (stream: Stream): stream is Followed => stream.following !== undefined

/** Who lacks events of a room that it is told of. */
export const waitingIn = ({ streams, head }: Room): readonly Followed[] =>
  [...streams].filter(isFollowed).filter(({ following }) => !following.isBehind && following.cursor < head)

export type Rooms = ReturnType<typeof streamRooms>

export function streamRooms() {
  const rooms = new Map<string, Room>()
  const places = streamPlaces()

  /** @returns false when it had left already */
  const leave = (stream: Stream): boolean => {
    const { room, giveBack } = stream
    if (!room.streams.delete(stream)) return false
    if (room.streams.size === 0) rooms.delete(room.caseId)
    giveBack()
    return true
  }

  return {
    leave,
    /** @throws GatewayError `STREAMS_TOO_MANY` or `STREAMS_FULL` */
    enter: (caseId: string, actor: Pick<Actor, 'clientId' | 'principal'>): Stream => {
      const giveBack = places.take(actor)
      const room = rooms.get(caseId) ?? { caseId, streams: new Set(), head: 0, isServed: false }
      rooms.set(caseId, room)
      const stream = { room, giveBack }
      room.streams.add(stream)
      return stream
    },
    end: (stream: Stream, how: 'closed' | 'cut'): void => {
      if (leave(stream)) stream.following?.reader.end(how)
    },
    of: (caseId: string): Room | undefined => rooms.get(caseId),
    all: (): readonly Room[] => [...rooms.values()],
    count: places.taken,
  }
}
