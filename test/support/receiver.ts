/** A client's receiver of webhooks: it keeps what came, and answers as it is told. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One post as it arrived. */
export interface Post {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  // biome-ignore lint/suspicious/noExplicitAny: tests look into events member by member.
  readonly event: any
  readonly at: number
}

/** Answers a post; a number is a status. */
export type Behaviour = (post: Post, response: ServerResponse) => number | undefined

/** Starts one on a free port. */
export async function startReceiver(first: Behaviour = () => 204) {
  const posts: Post[] = []
  const taken: Post[] = []
  let behaviour = first
  const wakers = new Set<() => void>()
  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks).toString()
    const post: Post = {
      path: request.url ?? '',
      headers: request.headers,
      body,
      event: JSON.parse(body),
      at: performance.now(),
    }
    posts.push(post)
    const status = behaviour(post, response)
    if (status !== undefined) {
      if (status >= 200 && status < 300) taken.push(post)
      response.writeHead(status).end()
    }
    for (const wake of wakers) wake()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    port,
    /** All that came, and what of it was taken. */
    posts,
    taken,
    behave: (next: Behaviour) => {
      behaviour = next
    },
    /** Resolves when so many posts have come. */
    arrived: (count: number) =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (posts.length < count) return
          wakers.delete(look)
          resolve()
        }
        wakers.add(look)
        look()
      }),
    close: async () => {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>
