/** Requirements of one callback for itself: path, signature, members, codes, and what events of one case say together. */
import type { CaseStatus } from '../../schemas/case-status.ts'

import { PLACES } from './places.ts'
import { keyOf, type Opened } from './recording.ts'
import { type CallbackRequirement, first } from './requirement.ts'

/** On which of its three URLs Zhejiang tells a phase (contract 4.c.2). */
const CHANNEL_OF_PHASE: Readonly<Record<string, string>> = {
  '01': 'accept',
  '02': 'accept',
  '03': 'handler',
  '04': 'finish',
  '05': 'finish',
}

/** Until how long after it was made the same signature may come once more: one delivery that the network doubled. */
const DOUBLED_MS = 2_000

/** The states after which a case has none but that its result was delivered. */
const ENDS: readonly CaseStatus[] = ['COMPLETED', 'NOT_ACCEPTED', 'VOIDED', 'WITHDRAWN', 'DELIVERED']
const isEnd = (status: CaseStatus): boolean => ENDS.includes(status)

/** What a signature is made fresh with: the nonce, where the contract has one. */
const freshnessOf = ({ opened, received }: Opened): string | undefined =>
  opened.accepted ? (opened.nonce?.value ?? received.headers['x-bg-date-time']) : undefined

export const EVENT_REQUIREMENTS: readonly CallbackRequirement[] = [
  {
    name: 'path',
    zh: '回调须发到契约约定的地址，用 POST。',
    en: 'A callback is a POST to the path of the contract.',
    judge: ({ all, paths }) =>
      first(all, ({ received: { method, target } }) =>
        method !== 'POST'
          ? 'another method'
          : paths.includes(target.split('?', 1)[0] ?? '')
            ? undefined
            : 'another path',
      ),
  },
  {
    name: 'channel',
    of: ['zhejiang'],
    zh: '受理、办理、办结三类事件各发到自己的地址。',
    en: 'Events of acceptance, handling and end come to an address each.',
    judge: ({ all }) =>
      first(all, ({ event, received }) => {
        const channel = CHANNEL_OF_PHASE[event?.rawStatus.code.slice(0, 2) ?? '']
        return channel === undefined || received.target.split('?', 1)[0]?.endsWith(`/${channel}`)
          ? undefined
          : `${channel} is its address`
      }),
  },
  {
    name: 'signature',
    zh: '回调须带正确签名。',
    en: 'A callback carries a right signature.',
    judge: ({ all }) =>
      first(all, ({ opened }) => (opened.accepted ? undefined : `answered HTTP ${opened.answer.status}`)),
  },
  {
    name: 'fresh',
    zh: '每次发送都重新签名：时间和随机数不得沿用。',
    en: 'Each attempt is signed afresh: no time and no nonce is used again.',
    judge: ({ all }) => {
      const seen = new Map<string, number>()
      return first(all, (one) => {
        const freshness = freshnessOf(one)
        if (freshness === undefined || !one.opened.accepted) return undefined
        // Without a nonce a signature stands for its event and its second.
        const name = one.opened.nonce ? freshness : `${keyOf(one)} ${freshness}`
        const before = seen.get(name)
        const at = one.received.at.getTime()
        seen.set(name, before ?? at)
        return before !== undefined && at - before > DOUBLED_MS ? 'signed as an earlier attempt' : undefined
      })
    },
  },
  {
    name: 'content-type',
    zh: '回调的报文类型符合契约。',
    en: 'A callback has the content type of the contract.',
    judge: ({ all, region }) =>
      first(all, ({ received }) =>
        PLACES[region].type.test(received.headers['content-type'] ?? '') ? undefined : 'another content type',
      ),
  },
  {
    name: 'members',
    zh: '回调的成员齐全、格式正确。',
    en: 'A callback has all members in their form.',
    judge: ({ all }) =>
      first(all, ({ opened, event }) =>
        opened.accepted && event === undefined ? 'the event cannot be read' : undefined,
      ),
  },
  {
    name: 'codes',
    zh: '回调的状态和代码在码表内。',
    en: 'States and codes of a callback are in the tables.',
    judge: ({ all }) =>
      first(all, ({ event }) =>
        event?.status === 'UNKNOWN' || (event?.alarms.length ?? 0) > 0
          ? 'a code that no table has'
          : undefined,
      ),
  },
  {
    name: 'order',
    zh: '按事件时间排列，办件终结之后不再有其他状态。',
    en: 'By their event times nothing happens to a case after its end.',
    judge: ({ all }) => {
      const ends = new Map<string, Opened>()
      for (const one of all) if (one.event && isEnd(one.event.status)) ends.set(one.event.caseNumber, one)
      // Events may come out of order: their times alone say what was after what.
      return first(all, ({ event }) => {
        const end = event?.type === 'status' ? ends.get(event.caseNumber)?.event : undefined
        if (!event || !end || isEnd(event.status)) return undefined
        return event.occurredAt > end.occurredAt ? 'it has a later time than the end of its case' : undefined
      })
    },
  },
  {
    name: 'turn',
    of: ['anhui'],
    zh: '同一办件的事件按发生顺序首次发送。',
    en: 'Events of a case are sent for the first time in the order in which they happened.',
    judge: ({ all }) => {
      const latest = new Map<string, number>()
      const seen = new Set<string>()
      return first(all, (one) => {
        const { event } = one
        if (event?.type !== 'status' || seen.has(keyOf(one))) return undefined
        seen.add(keyOf(one))
        const [before, at] = [latest.get(event.caseNumber), Date.parse(event.occurredAt)]
        latest.set(event.caseNumber, Math.max(before ?? at, at))
        return before !== undefined && at < before ? 'a later event came before it' : undefined
      })
    },
  },
  {
    name: 'times',
    of: ['jiangsu', 'zhejiang'],
    zh: '同一办件的两个事件，事件时间不得相同。',
    en: 'No two events of a case have the same event time.',
    judge: ({ all }) => {
      const times = new Map<string, string>()
      return first(all, (one) => {
        if (one.event === undefined) return undefined
        const name = `${one.event.caseNumber} ${one.event.occurredAt}`
        const other = times.get(name)
        times.set(name, other ?? keyOf(one))
        return other !== undefined && other !== keyOf(one) ? 'two events have one time' : undefined
      })
    },
  },
]
