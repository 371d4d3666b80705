/** Replay: what was recorded is converted again as the code is now, and what comes out otherwise is told field by field. */
import { GatewayError } from '../../errors.ts'
import type { Matter } from '../../schemas/matter.ts'
import { escapePointer } from '../../schemas/pointers.ts'
import type { Deps } from '../deps.ts'
import { convertAgain, type Exchange, type Got, type SpeakerOf } from './exchange.ts'

/** An exchange with the matter that an application is for: a line of a record. */
export interface Recorded extends Exchange {
  readonly about?: Matter
}

/** One field that came out otherwise. Absent: it was not there, or is not any more. */
export interface Otherwise {
  readonly pointer: string
  readonly before?: unknown
  readonly after?: unknown
}

/** An exchange that converts otherwise now. */
export interface Replayed
  extends Pick<Exchange, 'region' | 'speaker' | 'message' | 'way' | 'matter' | 'recordedAt'> {
  readonly differences: readonly Otherwise[]
}

/** How many were replayed. `unspoken`: nobody speaks for their speaker any more, so nothing is known of them. */
export interface ReplayedAll {
  readonly exchanges: number
  readonly otherwise: number
  readonly unspoken: number
}

type Sources = AsyncIterable<Recorded> | Iterable<Recorded>

/** @param tell hears of each that converts otherwise · @param seen hears of every one */
export async function replay(
  record: Sources,
  speakerOf: SpeakerOf,
  tell: (one: Replayed) => void,
  seen: () => void = () => undefined,
): Promise<ReplayedAll> {
  const all = { exchanges: 0, otherwise: 0, unspoken: 0 }
  for await (const { given, context, got, about, ...names } of record) {
    seen()
    const adapter = speakerOf(names.speaker)
    if (!adapter) {
      all.unspoken += 1
      continue
    }
    all.exchanges += 1
    const now = convertAgain({ message: names.message, way: names.way, given, context }, adapter, about)
    const differences = differencesBetween(got, now)
    if (differences.length === 0) continue
    all.otherwise += 1
    tell({ ...names, differences })
  }
  return all
}

/** What came out before beside what comes out now. A problem is told whole, with the places that it names. */
export function differencesBetween(before: Got, after: Got): readonly Otherwise[] {
  if ('problem' in before || 'problem' in after) {
    const [was, is] = [saidOf(before), saidOf(after)]
    return was === is ? [] : [{ pointer: '', before: was, after: is }]
  }
  const [was, is] = [fieldsOf(plain(before.content)), fieldsOf(plain(after.content))]
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((pointer): readonly Otherwise[] => {
    const [old, now] = [was.get(pointer), is.get(pointer)]
    if (JSON.stringify(old) === JSON.stringify(now)) return []
    return [
      {
        pointer,
        ...(old === undefined ? {} : { before: old }),
        ...(now === undefined ? {} : { after: now }),
      },
    ]
  })
}

const saidOf = (got: Got): string => ('problem' in got ? [got.problem, ...got.at].join(' ') : 'converts')

/** As it is kept: without what JSON has no word for. */
const plain = (content: unknown): unknown => JSON.parse(JSON.stringify(content ?? null)) as unknown

/** Values by their pointers; an empty list or object is a value. */
function fieldsOf(value: unknown, pointer = '', into = new Map<string, unknown>()): Map<string, unknown> {
  const inner = typeof value === 'object' && value !== null ? Object.entries(value) : []
  if (inner.length === 0) into.set(pointer, value)
  for (const [key, one] of inner) fieldsOf(one, `${pointer}/${escapePointer(key)}`, into)
  return into
}

/** How many exchanges a gateway has on record. */
export const countRecorded = ({ store }: Pick<Deps, 'store'>, region: string | undefined): Promise<number> =>
  store.exchanges.count(region)

/** What a gateway recorded, with the matters that applications are for. */
export async function* recorded(
  { store }: Pick<Deps, 'store'>,
  region: string | undefined,
): AsyncGenerator<Recorded> {
  // Exchanges of one matter follow each other.
  let known: { readonly name: string; readonly about: Matter | undefined } | undefined
  for await (const { slot: _slot, recordedAt, ...row } of store.exchanges.list(region)) {
    // The store keeps words as text; what stands in it was written from exchanges.
    const exchange = { ...row, recordedAt: recordedAt.toISOString() } as Exchange
    const { matter } = exchange.context
    const name = matter && `${matter.id} ${matter.version}`
    if (matter && name !== undefined && known?.name !== name)
      known = {
        name,
        about: (await store.matters.version(matter.id, matter.version))?.document as Matter | undefined,
      }
    yield { ...exchange, ...(name !== undefined && known?.about ? { about: known.about } : {}) }
  }
}

/** Reads an exported record: a line of JSON for each exchange. @throws GatewayError `CONFIGURATION_INVALID` naming the line */
export function* parseRecord(text: string, option: string): Generator<Recorded> {
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const read = parsed(line)
    if (!read)
      throw new GatewayError('CONFIGURATION_INVALID', { option, reason: `line ${index + 1} is no exchange` })
    yield read
  }
}

function parsed(line: string): Recorded | undefined {
  try {
    const read = JSON.parse(line) as Recorded
    const isWhole = ['region', 'speaker', 'message', 'way', 'given', 'context', 'got'].every((name) =>
      Object.hasOwn(read, name),
    )
    return isWhole ? read : undefined
  } catch {
    return undefined
  }
}
