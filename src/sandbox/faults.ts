/** Bad days on demand: what goes wrong in a played region, for which operation and city, how often. One seed, one course of things. */
import { lot } from './moment.ts'

/** What goes wrong with a request. */
export const REQUEST_FAULTS = {
  error: '500, nothing was done',
  lost: 'it was done, but the answer is a 500',
  drop: 'the line is cut, nothing was done',
  slow: 'late by `ms`',
  hang: 'no answer for `ms` (two minutes), then the line is cut; nothing was done',
  flap: 'down for `ms`, up for `ms`, and so on (a minute each), by the region’s clock',
  maintenance: '503 between `from` and `to` by the region’s clock, nothing was done',
  refusal: 'HTTP 200 with the region’s own words for a failure of its system, nothing was done',
  garbage: '200 with a page of HTML, nothing was done',
  malformed: 'it was done, but the answer breaks off in the middle',
  charset: 'it was done, but the answer is written in GB 18030 and says that it is UTF-8',
  'wrong-person': 'it was done, but the answer speaks of another test person',
} as const

/** What goes wrong with callbacks, or with the region as a whole. */
export const OTHER_FAULTS = {
  'duplicate-callback': 'a callback comes twice, byte for byte',
  'late-callback': 'a callback waits until another one was sent, or for `ms` (two seconds)',
  skew: 'the region’s clock is wrong by `ms`; it has no operation and no city',
} as const

export type FaultKind = keyof typeof REQUEST_FAULTS | keyof typeof OTHER_FAULTS
export const FAULT_KINDS = Object.keys({ ...REQUEST_FAULTS, ...OTHER_FAULTS }) as readonly FaultKind[]

/** One fault that somebody asked for. */
export interface Fault {
  /** Operation id of the contract; every operation when absent; `*` is each operation with a count of its own. */
  readonly operation?: string
  /** The city whose requests it strikes, six digits; every one when absent. */
  readonly division?: string
  readonly kind: FaultKind
  /** Strikes one request in so many; every one when absent. */
  readonly oneIn?: number
  /** Strikes with this likelihood, from 0 to 1, drawn from the seed. */
  readonly chance?: number
  /** Ends after so many strikes; stays when absent. */
  readonly times?: number
  readonly ms?: number
  /** `HH:mm`, Asia/Shanghai, for maintenance; `to` before `from` is over midnight. */
  readonly from?: string
  readonly to?: string
  /** Of which personality it is a part. */
  readonly personality?: string
}

/** What a request or callback is about. */
export interface Asked {
  readonly operation?: string | undefined
  readonly division?: string | undefined
}

interface Entry {
  readonly fault: Fault
  seen: number
  struck: number
  readonly struckBy: Map<string | undefined, number>
  /** How often it was asked, by operation and city: the draws of one do not depend on what the others do meanwhile. */
  readonly draws: Map<string, number>
}

/** Whether a fault that follows the clock is on now. */
function isOn({ kind, ms = 60_000, from = '00:00', to = '06:00' }: Fault, now: Date): boolean {
  if (kind === 'flap') return Math.floor(now.getTime() / ms) % 2 === 0
  if (kind !== 'maintenance') return true
  const time = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(11, 16)
  return from <= to ? from <= time && time < to : from <= time || time < to
}

const isAbout = ({ operation, division }: Fault, asked: Asked): boolean =>
  (operation === undefined || operation === '*' || operation === asked.operation) &&
  (division === undefined || division === asked.division)

/** The faults of one region, and how often each struck. */
export function faultBox() {
  let entries: Entry[] = []
  let seed = 'delta'

  const isDrawn = (entry: Entry, asked: Asked): boolean => {
    const { chance, oneIn, kind } = entry.fault
    entry.seen += 1
    if (oneIn !== undefined && entry.seen % oneIn !== 0) return false
    if (chance === undefined) return true
    const place = `${asked.operation ?? ''} ${asked.division ?? ''}`
    const draw = (entry.draws.get(place) ?? 0) + 1
    entry.draws.set(place, draw)
    return lot(`${seed} ${kind} ${place} ${draw}`) < chance
  }

  /** The fault that strikes this request or callback, if one of these kinds does. */
  const strike = (asked: Asked, kinds: readonly string[], now: Date): Fault | undefined => {
    for (const entry of entries) {
      const { fault } = entry
      if (!kinds.includes(fault.kind) || !isAbout(fault, asked) || !isOn(fault, now)) continue
      if (!isDrawn(entry, asked)) continue
      const before = fault.operation === '*' ? (entry.struckBy.get(asked.operation) ?? 0) : entry.struck
      if (fault.times !== undefined && before >= fault.times) continue
      entry.struck += 1
      entry.struckBy.set(asked.operation, before + 1)
      return fault
    }
    return undefined
  }

  const add = (fault: Fault): void =>
    void entries.push({ fault, seen: 0, struck: 0, struckBy: new Map(), draws: new Map() })

  return {
    strike,
    add,
    /** Takes on a personality: its faults in place of those of the one that this place had. */
    become: (
      personality: string,
      faults: readonly Fault[],
      place: Asked & { readonly seed?: string },
    ): void => {
      if (place.seed !== undefined) seed = place.seed
      const isHere = ({ fault }: Entry) =>
        fault.personality !== undefined &&
        fault.division === place.division &&
        (place.operation === undefined || fault.operation === place.operation)
      entries = entries.filter((entry) => !isHere(entry))
      for (const fault of faults)
        add({
          ...fault,
          personality,
          ...(place.operation === undefined ? {} : { operation: place.operation }),
          ...(place.division === undefined ? {} : { division: place.division }),
        })
    },
    clear: (): void => {
      entries = []
    },
    /** How far the region's clock is off, in milliseconds. */
    skewMs: (): number =>
      entries.reduce((ms, { fault }) => ms + (fault.kind === 'skew' ? (fault.ms ?? 0) : 0), 0),
    seed: () => seed,
    list: () => entries.map(({ fault, seen, struck }) => ({ ...fault, seen, struck })),
  }
}

export type FaultBox = ReturnType<typeof faultBox>
