/** A line between gateway and region on which everything is written down as it went over the wire. */
import { createServer, request as send } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request as the region got it. */
export interface Sent {
  readonly method: string
  readonly path: string
  readonly body: Buffer
}

/** Listens, writes down, and passes on to `target`. @param change what becomes of an answer; all go through as they are when absent */
export async function wiretap(
  target: string,
  change?: (answer: string, asked: Sent) => string,
): Promise<{
  readonly url: string
  readonly sent: Sent[]
  readonly close: () => Promise<void>
}> {
  const sent: Sent[] = []
  const to = new URL(target)
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const asked = { method: request.method ?? '', path: request.url ?? '', body }
    sent.push(asked)
    const onward = send(
      {
        host: to.hostname,
        port: to.port,
        method: request.method,
        path: request.url,
        headers: request.headers,
      },
      (answer) => {
        if (change === undefined) {
          response.writeHead(answer.statusCode ?? 502, answer.headers)
          answer.pipe(response)
          return
        }
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('end', () => {
          const whole = Buffer.from(change(Buffer.concat(parts).toString('utf8'), asked))
          response.writeHead(answer.statusCode ?? 502, {
            'content-type': answer.headers['content-type'] ?? '',
            'content-length': whole.length,
          })
          response.end(whole)
        })
      },
    )
    onward.on('error', () => response.destroy())
    onward.end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    sent,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
