/** Callbacks as they came, what was answered to each, and what our side makes of them. */

import type { RegionAnswer } from '../../adapters/kit/callbacks.ts'
import type {
  CallbackRequest,
  OpenedCallback,
  RegionAdapter,
  RegionalEvent,
  RegionConfig,
} from '../../adapters/kit/contract.ts'
import { GatewayError } from '../../errors.ts'

/** How a callback is answered to see what the platform does next. */
export const MANNERS = {
  taken: 'success at once',
  slow: 'success after two seconds: within every limit',
  late: 'success after the limit of the contract: no answer any more',
  refused: 'the region’s words for "try later"',
  unknown: 'HTTP 200 with the region’s words for a case that nobody knows',
  failed: 'HTTP 503 without a body',
  silent: 'the line is cut without an answer',
} as const
export type Manner = keyof typeof MANNERS

/** One callback as it came. `acknowledged`: it was answered so that it need not come again. */
export interface Received extends CallbackRequest {
  readonly at: Date
  readonly acknowledged: boolean
  /** How it was answered on purpose; absent in a recording that does not tell it, and where its own fault was answered. */
  readonly answered?: Manner
  readonly answer?: RegionAnswer
}

/** A received callback with what our side makes of it. */
export interface Opened {
  readonly received: Received
  readonly opened: OpenedCallback
  readonly event?: RegionalEvent
}

/** Reads a callback as the gateway would have at that moment. */
export function openedBy(adapter: RegionAdapter, config: RegionConfig, received: Received): Opened {
  const opened = adapter.openCallback(received, config, received.at)
  return opened.accepted && 'event' in opened.content
    ? { received, opened, event: opened.content.event }
    : { received, opened }
}

/** The key of an event: the same whenever it comes. Empty for what cannot be read. */
export const keyOf = ({ event }: Opened): string => (event ? `${event.caseNumber} ${event.key}` : '')

/** One line of a recording: `body` is Base64 of the raw bytes. */
interface Line {
  readonly at: string
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly acknowledged: boolean
  readonly answered?: string
}

const mannerOf = (text: unknown): Manner | undefined =>
  (Object.keys(MANNERS) as Manner[]).find((one) => one === text)

/** A recording out of a file: a JSON array of lines. @throws SyntaxError for what is no JSON */
export function readRecording(text: string): readonly Received[] {
  const lines: unknown = JSON.parse(text)
  if (!Array.isArray(lines))
    throw new GatewayError('CONFIGURATION_INVALID', {
      option: '--callback',
      reason: 'is no list of callbacks',
    })
  return (lines as readonly Line[]).map((line) => {
    const answered = mannerOf(line.answered)
    return {
      at: new Date(line.at),
      method: line.method,
      target: line.target,
      headers: Object.fromEntries(
        Object.entries(line.headers).map(([name, value]) => [name.toLowerCase(), value]),
      ),
      body: Buffer.from(line.body, 'base64'),
      acknowledged: line.acknowledged,
      ...(answered ? { answered } : {}),
    }
  })
}
