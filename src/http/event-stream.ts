/**
 * Events as `text/event-stream` (HTML, 9.2 Server-sent events). The id of each is its sequence in the case, so that
 * `Last-Event-ID` says where to go on.
 */
import type { Context } from 'hono'
import { LIMITS } from '../config.ts'
import type { EventStream } from '../federation/cases/timeline.ts'
import type { CaseEvent } from '../schemas/case.ts'
import type { Env } from './env.ts'

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

/** @param cut breaks the connection, whatever waits to be sent on it */
function bodyOf({ start, leave }: EventStream, cut: () => void): ReadableStream<Uint8Array> {
  let goOn = () => {}
  const hasRoom = (controller: ReadableStreamDefaultController) => (controller.desiredSize ?? 0) > 0
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        controller.enqueue(opening())
        start({
          push: (event) => {
            const isTaken = hasRoom(controller)
            if (isTaken) controller.enqueue(frameOf(event))
            return isTaken
          },
          beat: () => {
            if (hasRoom(controller)) controller.enqueue(BEAT)
          },
          room: () =>
            hasRoom(controller)
              ? Promise.resolve()
              : new Promise((resolve) => {
                  goOn = resolve
                }),
          end: (how) => {
            controller.close()
            goOn()
            // What waits is still sent, but nobody may take for ever to read it.
            if (how === 'cut') cut()
            else setTimeout(cut, LIMITS.streamCloseMs).unref()
          },
        })
      },
      pull: () => goOn(),
      cancel: () => {
        leave()
        goOn()
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: LIMITS.streamBufferBytes }),
  )
}

/** Answers with the stream. A question for the head alone opens none. */
export function eventStream(c: Context<Env>, stream: EventStream): Response {
  const headers = {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // nginx and its like would keep events until a buffer is full.
    'x-accel-buffering': 'no',
    // The connection ends with the stream: a process that stops is not kept by one that carries nothing more.
    connection: 'close',
    vary: 'accept',
  }
  if (c.req.method === 'HEAD') {
    stream.leave()
    return c.body(null, 200, headers)
  }
  const socket = c.env?.incoming?.socket
  return c.body(
    bodyOf(stream, () => void socket?.destroy()),
    200,
    headers,
  )
}
