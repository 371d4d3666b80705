/** Postmen with one fault each, and the requirement by which each is found. */
import type { SimulatedRegionId } from '../../src/sandbox/simulated.ts'
import { platformOf } from './platforms.ts'
import { type Attempt, type Change, signedAnew } from './postmen.ts'

export type Fault = readonly [name: string, foundBy: string, change: Change]
type Row = readonly [...Fault, only?: readonly SimulatedRegionId[]]

const MINUTE_MS = 60_000
const DONE = {
  shanghai: { status: 200, body: '{"isSuccess":true}' },
  jiangsu: { status: 200, body: '{"status":{"code":200,"text":""},"custom":{"code":1,"text":"接收成功"}}' },
  zhejiang: { status: 200, body: '{"success":true,"errorCode":null,"errorMsg":null,"data":null}' },
  anhui: { status: 200, body: '{"result":"01","resultmsg":"接收成功","data":{}}' },
} as const

/** What a body says of an event, by region: its key, a remark, a code, a required member; as patterns in the text that is sent. */
const TEXTS = {
  shanghai: {
    key: [/"eventId":"([0-9a-f])/, '"eventId":"f'],
    remark: [/"suggestion":"/, '"suggestion":"另外，'],
    code: [/"status":"[^"]*"/, '"status":"已知悉"'],
    member: [/"opTime":"[^"]*",?/, ''],
  },
  jiangsu: {
    key: [/"operatedate":"\d{4}/, '"operatedate":"2098'],
    remark: [/"remarks":"/, '"remarks":"另外，'],
    code: [/"operatetype":"\d\d"/, '"operatetype":"99"'],
    member: [/"operatedate":"[^"]*",?/, ''],
  },
  zhejiang: {
    key: [/"eventId":"/, '"eventId":"x'],
    remark: [/"memo":"/, '"memo":"另外，'],
    code: [/"phaseCode":"\d\d"/, '"phaseCode":"09"'],
    member: [/"gmtUpdate":"[^"]*",?/, ''],
  },
  anhui: {
    key: [/EVENTID%3E[0-9a-f]/i, 'EVENTID%3Ef'],
    remark: [/OPINION%3E(?!%3C)/i, 'OPINION%3EX'],
    code: [/handleState%3E\d\d/i, 'handleState%3E99'],
    member: [/CALLTIME%3E[^%]*/i, 'CALLTIME%3E'],
  },
} as const

const always =
  (id: SimulatedRegionId, what: keyof (typeof TEXTS)['shanghai'], isNth: (nth: number) => boolean) =>
  (attempt: Attempt, nth: number): Attempt => {
    const [from, to] = TEXTS[id][what]
    const body = isNth(nth) ? attempt.body.replace(from, to) : attempt.body
    return body === attempt.body ? attempt : signedAnew(id, configOf(id), { ...attempt, body })
  }

const configs = new Map<SimulatedRegionId, unknown>()
function configOf(id: SimulatedRegionId): unknown {
  const config = configs.get(id) ?? platformOf(id).region.config
  configs.set(id, config)
  return config
}

const everyTime = () => true
const again = (nth: number) => nth > 1

/** The faults that a region's postman may have. */
export const changesOf = (id: SimulatedRegionId): readonly Fault[] => {
  const done = DONE[id]
  const all: readonly Row[] = [
    ['never sends again', 'retry', { send: (one, nth) => (nth > 1 ? undefined : one) }],
    ['sends again after a second', 'pauses', { delays: [1_000, ...[5, 30, 60].map((m) => m * MINUTE_MS)] }],
    ['waits ten minutes', 'pauses', { delays: [10, 10, 10, 10].map((m) => m * MINUTE_MS) }],
    ['gives up after one repetition', 'retry', { delays: [MINUTE_MS] }],
    ['takes every answer for success', 'retry-failed', { hear: (_reply, heard) => heard && done }],
    [
      'takes HTTP 200 for success',
      id === 'anhui' ? 'retry-refused' : 'retry-unknown',
      { hear: (_reply, heard) => (heard?.status === 200 ? done : heard) },
    ],
    [
      'takes a cut line for success',
      'retry-silent',
      { hear: (reply, heard) => (reply.answer ? heard : done) },
    ],
    [
      'takes a late success',
      'retry-late',
      { hear: (reply, heard) => (reply.afterMs > 0 ? done : heard) },
      ['zhejiang', 'anhui'],
    ],
    ['goes on after success', 'stops', { hear: () => ({ status: 503, body: '' }) }],
    ['waits one second', 'patience', { hear: (reply, heard) => (reply.afterMs > 0 ? undefined : heard) }],
    [
      'signs once for all',
      'fresh',
      { send: (attempt, _nth, first) => ({ ...attempt, headers: first.headers }) },
    ],
    [
      'signs with another secret',
      'signature',
      { send: (one) => ({ ...one, headers: { ...one.headers, ...spoilt(one.headers) } }) },
    ],
    [
      'calls another path',
      'path',
      { send: (one) => ({ ...one, url: one.url.replace(/\/([^/]+)$/, '/other') }) },
    ],
    [
      'sends plain text',
      'content-type',
      { send: (one) => ({ ...one, headers: { ...one.headers, 'Content-Type': 'text/plain' } }) },
    ],
    // Shanghai knows an event by its time and state.
    [
      'has another id each time',
      id === 'shanghai' ? 'same' : 'retry-failed',
      { send: always(id, 'key', again) },
    ],
    ['says more the second time', 'same', { send: always(id, 'remark', again) }],
    ['has a code of its own', 'codes', { send: always(id, 'code', everyTime) }],
    ['leaves a member out', 'members', { send: always(id, 'member', everyTime) }],
    ['sends the last event first', 'turn', { isBackwards: true }, ['anhui']],
    [
      'tells everything at one address',
      'channel',
      {
        send: (one) =>
          signedAnew('zhejiang', configOf('zhejiang'), {
            ...one,
            url: one.url.replace(/\/([^/]+)$/, '/accept'),
          }),
      },
      ['zhejiang'],
    ],
  ]
  return all
    .filter(([, , , only]) => only?.includes(id) ?? true)
    .map(([name, foundBy, change]) => [name, foundBy, change])
}

/** Each signature with its first letter changed. */
const spoilt = (headers: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .filter(([name]) => /signature$/i.test(name))
      .map(([name, value]) => [name, `${/^[0a]/i.test(value) ? '1' : '0'}${value.slice(1)}`]),
  )
