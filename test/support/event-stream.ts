/** Event streams for tests: read as a browser reads them, over a connection of their own. */
import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { CaseEvent } from '../../src/schemas/case.ts'

/** One event as it came. */
export interface Arrived {
  readonly id: string
  readonly event: string
  readonly data: CaseEvent
}

/** What of a stream has come: events, and what stands between them. */
export class StreamText {
  readonly events: Arrived[] = []
  /** Blocks that are no events: `retry:`, and comments. */
  readonly others: string[] = []
  private rest = ''

  add(text: string): void {
    const blocks = (this.rest + text).split('\n\n')
    this.rest = blocks.pop() ?? ''
    for (const block of blocks) this.block(block)
  }

  private block(block: string): void {
    const fields = new Map(
      block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    )
    const [id, event, data] = [fields.get('id'), fields.get('event'), fields.get('data')]
    if (id === undefined || event === undefined || data === undefined) this.others.push(block)
    else this.events.push({ id, event, data: JSON.parse(data) })
  }
}

export interface Opened {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly text: StreamText
  /** Numbers of the events that have come. */
  readonly numbers: () => readonly number[]
  /** Resolves when it has ended: whole, or broken off. */
  readonly ended: Promise<'whole' | 'broken'>
  readonly pause: () => void
  readonly resume: () => void
  /** Goes away, as a browser does whose page is closed. */
  readonly leave: () => void
}

/** Opens a stream; resolves with its head. */
export function openStream(url: string, path: string, headers: Record<string, string>): Promise<Opened> {
  return new Promise((resolve, reject) => {
    const request = http.get(url + path, {
      agent: false,
      headers: { accept: 'text/event-stream', ...headers },
    })
    request.once('error', reject)
    request.once('response', (response) => {
      const text = new StreamText()
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => text.add(chunk))
      response.on('error', () => {})
      resolve({
        status: response.statusCode ?? 0,
        headers: response.headers,
        text,
        numbers: () => text.events.map(({ id }) => Number(id)),
        ended: new Promise((over) => {
          response.once('close', () => over(response.complete ? 'whole' : 'broken'))
        }),
        pause: () => void response.pause(),
        resume: () => void response.resume(),
        leave: () => void request.destroy(),
      })
    })
  })
}

/** Less than what a test may take: whoever waits in vain gives back what they hold. */
const PATIENCE_MS = 45_000

/**
 * Waits until something holds: what is written arrives when it does.
 * @param meanwhile is done before each look but the first
 * @throws when it has not come to hold in 45 seconds
 */
export async function until(
  holds: () => boolean,
  meanwhile: () => Promise<void> = async () => {},
): Promise<void> {
  const end = performance.now() + PATIENCE_MS
  while (!holds()) {
    if (performance.now() > end) throw new Error('what was waited for has not come')
    await meanwhile()
    await pause(5)
  }
}
