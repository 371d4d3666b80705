/** A port on which a platform's callbacks are received and judged. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Receiver, Reply } from './receiver.ts'

/** Connections at once, and how long one request may take to arrive, in milliseconds. */
const CONNECTIONS = 64
const REQUEST_MS = 30_000

export interface Listener {
  /** `http://127.0.0.1:8099`. */
  readonly url: string
  readonly close: () => Promise<void>
}

/**
 * Listens until it is closed.
 *
 * @param around `first`: before each callback is looked at; `came`: after it was answered, or its answer was put off
 * @throws when the port is taken
 */
export async function listen(
  receiver: Receiver,
  { host, port }: { readonly host: string; readonly port: number },
  around: { readonly first?: () => Promise<void>; readonly came?: () => void } = {},
): Promise<Listener> {
  const server = createServer((asked, answer) => {
    asked.on('error', () => asked.destroy())
    void receive(asked, answer, receiver, around.first).then(around.came, () => asked.destroy())
  })
  server.maxConnections = CONNECTIONS
  server.requestTimeout = REQUEST_MS
  await opened(server, host, port)
  const { port: bound } = server.address() as AddressInfo
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

const opened = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => resolve())
  })

/** The body; nothing when it is larger than allowed. */
async function bodyOf(asked: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of asked as AsyncIterable<Buffer>) {
    size += part.length
    if (size <= most) parts.push(part)
  }
  return size > most ? undefined : Buffer.concat(parts)
}

async function receive(
  asked: IncomingMessage,
  answer: ServerResponse,
  receiver: Receiver,
  first?: () => Promise<void>,
): Promise<void> {
  const { bytes, answer: tooLarge } = receiver.tooLarge
  const body = await bodyOf(asked, bytes)
  await first?.()
  const reply: Reply =
    body === undefined
      ? { afterMs: 0, answer: tooLarge }
      : receiver.receive({
          method: asked.method ?? '',
          target: asked.url ?? '/',
          headers: Object.fromEntries(
            Object.entries(asked.headers).map(([name, value]) => [name, String(value)]),
          ),
          body,
        })
  const told = reply.answer
  if (told === undefined) return void asked.socket.destroy()
  const send = () => {
    if (answer.destroyed) return
    answer.writeHead(told.status, { 'content-type': told.contentType })
    answer.end(told.body)
  }
  if (reply.afterMs === 0) send()
  else setTimeout(send, reply.afterMs).unref()
}
