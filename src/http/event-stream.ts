/**
 * Events as `text/event-stream` (HTML, 9.2 Server-sent events). The id of each is its sequence in the case, so that
 * `Last-Event-ID` says where to go on.
 */
import type { HttpBindings } from '@hono/node-server'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'
import { LIMITS } from '../config.ts'
import type { EventStream } from '../federation/cases/timeline.ts'
import type { Reader } from '../federation/events/rooms.ts'
import type { CaseEvent } from '../schemas/case.ts'
import { commonHeaders } from './headers.ts'

const text = new TextEncoder()
const BEAT = text.encode(':\n\n')

/** An event is written once for all streams that carry it. */
const frames = new WeakMap<CaseEvent, Uint8Array>()
function frameOf(event: CaseEvent): Uint8Array {
  const known = frames.get(event)
  if (known) return known
  const { sequence, type } = event
  // JSON has no line break outside its escapes.
  const frame = text.encode(`id: ${sequence}\nevent: ${type}\ndata: ${JSON.stringify(event)}\n\n`)
  frames.set(event, frame)
  return frame
}

/** Readers of a process that ended come again at moments of their own. */
const opening = (): Uint8Array =>
  text.encode(`retry: ${LIMITS.streamRetryMs + Math.floor(Math.random() * LIMITS.streamRetrySpreadMs)}\n\n`)

/** What the reader of a stream is, over its connection. */
function readerOver(outgoing: HttpBindings['outgoing']): Reader {
  const { socket } = outgoing
  let goOn = () => {}
  outgoing.on('drain', () => goOn())
  outgoing.on('close', () => goOn())
  const hasRoom = () => outgoing.writableLength < LIMITS.streamBufferBytes
  return {
    push: (event) => {
      const isTaken = hasRoom()
      if (isTaken) outgoing.write(frameOf(event))
      return isTaken
    },
    beat: () => {
      if (hasRoom()) outgoing.write(BEAT)
    },
    room: () =>
      hasRoom() || outgoing.destroyed
        ? Promise.resolve()
        : new Promise((resolve) => {
            goOn = resolve
          }),
    end: (how) => {
      outgoing.end()
      const cut = () => void socket?.destroy()
      // What waits is still sent, but nobody may take for ever to read it.
      if (how === 'cut') cut()
      else setTimeout(cut, LIMITS.streamCloseMs).unref()
    },
  }
}

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  // nginx and its like would keep events until a buffer is full.
  'x-accel-buffering': 'no',
  // The connection ends with the stream: a process that stops is not kept by one that carries nothing more.
  connection: 'close',
  vary: 'accept',
}

/** What a door's requests must bring: the connection, and the request's number. */
interface Streaming {
  Bindings: HttpBindings
  Variables: { requestId: string }
}

/**
 * Answers with the stream. It is written to the connection itself: a `ReadableStream` and what copies it would double what each of
 * thousands costs. A question for the head alone opens none.
 */
export function eventStream<E extends Streaming>(c: Context<E>, stream: EventStream): Response {
  const { outgoing } = c.env
  if (c.req.method === 'HEAD') {
    stream.leave()
    return c.body(null, 200, HEADERS)
  }
  // Its reader has gone while the case was looked at.
  if (outgoing.destroyed) stream.leave()
  else {
    outgoing.on('close', stream.leave)
    outgoing.writeHead(200, { ...HEADERS, ...Object.fromEntries(commonHeaders(c.get('requestId'))) })
    outgoing.write(opening())
    stream.start(readerOver(outgoing))
  }
  return RESPONSE_ALREADY_SENT
}
