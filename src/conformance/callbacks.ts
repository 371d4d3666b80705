/** The other way: how a platform calls the gateway back, judged by recorded callbacks and what was answered to each. */
import { adapters } from '../adapters/index.ts'
import type { CallbackRequest, OpenedCallback, RegionalEvent } from '../adapters/kit/contract.ts'
import { GatewayError } from '../errors.ts'
import type { Subject } from './bench.ts'
import type { Exchange, Finding, JudgedRegion } from './model.ts'

/** One callback as it came. `acknowledged`: it was answered with success, so that it need not come again. */
export interface Received extends CallbackRequest {
  readonly at: Date
  readonly acknowledged: boolean
}

/** A received callback with what our side makes of it. */
interface Opened {
  readonly received: Received
  readonly opened: OpenedCallback
  readonly event?: RegionalEvent
}

interface CallbackRequirement {
  readonly name: string
  readonly zh: string
  readonly en: string
  /** The callback that breaks it and why, or undefined. */
  readonly broken: (all: readonly Opened[], region: JudgedRegion) => readonly [Opened, string] | undefined
}

/** Where the contract speaks of callbacks, and the content type of their bodies. */
const PLACES: Readonly<Record<JudgedRegion, { prefix: string; clause: string; type: RegExp }>> = {
  shanghai: { prefix: 'SH', clause: '4.3', type: /^application\/json/i },
  jiangsu: { prefix: 'JS', clause: 'c', type: /^application\/json/i },
  zhejiang: { prefix: 'ZJ', clause: '4.c.2', type: /^application\/json/i },
  anhui: { prefix: 'AH', clause: '4c', type: /^application\/x-www-form-urlencoded/i },
}

const first = (
  all: readonly Opened[],
  wrong: (one: Opened) => string | undefined,
): readonly [Opened, string] | undefined => {
  for (const one of all) {
    const why = wrong(one)
    if (why !== undefined) return [one, why]
  }
  return undefined
}

const keyOf = ({ event }: Opened): string => (event ? `${event.caseNumber} ${event.key}` : '')
/** What an event says, apart from how often it was said. */
const sayingOf = ({ event }: Opened): string =>
  JSON.stringify([event?.status, event?.occurredAt, event?.rawStatus.code, event?.note ?? ''])

const REQUIREMENTS: readonly CallbackRequirement[] = [
  {
    name: 'signature',
    zh: '回调须带正确签名。',
    en: 'A callback carries a right signature.',
    broken: (all) =>
      first(all, ({ opened }) => (opened.accepted ? undefined : `answered HTTP ${opened.answer.status}`)),
  },
  {
    name: 'content-type',
    zh: '回调的报文类型符合契约。',
    en: 'A callback has the content type of the contract.',
    broken: (all, region) =>
      first(all, ({ received }) =>
        PLACES[region].type.test(received.headers['content-type'] ?? '') ? undefined : 'another content type',
      ),
  },
  {
    name: 'members',
    zh: '回调的成员齐全、格式正确。',
    en: 'A callback has all members in their form.',
    broken: (all) =>
      first(all, ({ opened, event }) =>
        opened.accepted && event === undefined ? 'the event cannot be read' : undefined,
      ),
  },
  {
    name: 'codes',
    zh: '回调的状态和代码在码表内。',
    en: 'States and codes of a callback are in the tables.',
    broken: (all) =>
      first(all, ({ event }) =>
        event?.status === 'UNKNOWN' || (event?.alarms.length ?? 0) > 0
          ? 'a code that no table has'
          : undefined,
      ),
  },
  {
    name: 'retry',
    zh: '未被确认的回调须重发，直到确认。',
    en: 'A callback that was not acknowledged comes again until it is.',
    broken: (all) =>
      first(all, (one) =>
        one.received.acknowledged ||
        one.event === undefined ||
        all.some((other) => other.received.at > one.received.at && keyOf(other) === keyOf(one))
          ? undefined
          : 'it did not come again',
      ),
  },
  {
    name: 'same',
    zh: '重发的回调内容不变。',
    en: 'A callback that comes again says the same.',
    broken: (all) =>
      first(all, (one) =>
        one.event !== undefined &&
        all.some((other) => keyOf(other) === keyOf(one) && sayingOf(other) !== sayingOf(one))
          ? 'the same event says something else'
          : undefined,
      ),
  },
  {
    name: 'order',
    zh: '同一办件的不同事件按事件时间可排序。',
    en: 'Events of a case that change its state have event times in their order.',
    broken: (all) => {
      const latest = new Map<string, number>()
      const seen = new Set<string>()
      return first(all, (one) => {
        const { event } = one
        if (event?.type !== 'status' || seen.has(keyOf(one))) return undefined
        seen.add(keyOf(one))
        const [before, at] = [latest.get(event.caseNumber), Date.parse(event.occurredAt)]
        latest.set(event.caseNumber, Math.max(before ?? at, at))
        return before !== undefined && at < before ? 'a later event has an earlier time' : undefined
      })
    },
  },
]

/** The findings for a recording. Without a callback in it nothing is proved, so that nothing passes. */
export function judgeCallbacks(
  { region, config }: Pick<Subject, 'region' | 'config'>,
  recording: readonly Received[],
): readonly Finding[] {
  const adapter = adapters.find((one) => one.id === region)
  if (!adapter)
    throw new GatewayError('CONFIGURATION_INVALID', { option: '--region', reason: 'is not one of the four' })
  const all = recording.map((received): Opened => {
    const opened = adapter.openCallback(received, config, received.at)
    return opened.accepted && 'event' in opened.content
      ? { received, opened, event: opened.content.event }
      : { received, opened }
  })
  const { prefix, clause } = PLACES[region]
  return REQUIREMENTS.map(({ name, zh, en, broken }): Finding => {
    const base = { id: `${prefix}-callback-${name}`, clause, sentence: { zh, en } }
    if (all.length === 0) return { ...base, verdict: 'notApplicable', reason: 'no callback was recorded' }
    const found = broken(all, region)
    if (found === undefined) return { ...base, verdict: 'passed' }
    return { ...base, verdict: 'failed', reason: found[1], exchange: exchangeOf(found[0].received) }
  })
}

const exchangeOf = ({ target, headers, body }: Received): Exchange => ({
  step: 'callback',
  operation: 'case-callback',
  out: { method: 'POST', url: `http://gateway.invalid${target}`, headers, body },
})

/** One line of a recording: `body` is Base64 of the raw bytes. */
interface Line {
  readonly at: string
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly acknowledged: boolean
}

/** A recording out of a file: a JSON array of lines. @throws SyntaxError for what is no JSON */
export function readRecording(text: string): readonly Received[] {
  const lines: unknown = JSON.parse(text)
  if (!Array.isArray(lines))
    throw new GatewayError('CONFIGURATION_INVALID', {
      option: '--callback',
      reason: 'is no list of callbacks',
    })
  return (lines as readonly Line[]).map((line) => ({
    at: new Date(line.at),
    method: line.method,
    target: line.target,
    headers: Object.fromEntries(
      Object.entries(line.headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    body: Buffer.from(line.body, 'base64'),
    acknowledged: line.acknowledged,
  }))
}
