import type { Office } from './office.ts'
import { SYNONYMS } from './rules.ts'

/** The freedoms that the contract leaves to answers (section 1). The choice moves on with every use, the same in every run. */
function choose(office: Office, count: number): number {
  office.state.choices = (office.state.choices + 1) >>> 0
  const mixed = Math.imul(office.state.choices ^ (office.state.choices >>> 16), 0x7feb352d)
  return ((mixed ^ (mixed >>> 15)) >>> 0) % count
}

/** A member that comes as a number or as its digits; what is no number stays. */
export const numberOrText = (office: Office, value: number | ''): number | string =>
  value === '' || choose(office, 2) === 0 ? value : String(value)

/** A list that is a single object when it has exactly one element. */
export function oneOrMany<T>(items: readonly T[]): readonly T[] | T {
  const [only] = items
  return only !== undefined && items.length === 1 ? only : items
}

/** Texts without a value, which may be `""`, `null` or absent. */
const BLANKABLE = new Set([
  'itemApplyUrl',
  'catMainCode',
  'sampleUrl',
  'emptyFormUrl',
  'suggestion',
  'sbTime',
  'acceptTime',
  'finishTime',
  'commitmentDays',
  'commitmentTime',
  'result',
  'resultView',
  'certStatus',
  'fileMatch',
])

/** An answer whose blank texts are blank in one of the three ways. */
export function withBlanks(office: Office, data: unknown): unknown {
  if (Array.isArray(data)) return data.map((one) => withBlanks(office, one))
  if (typeof data !== 'object' || data === null) return data
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]): [string, unknown][] => {
      if (value !== '' || !BLANKABLE.has(name)) return [[name, withBlanks(office, value)]]
      const how = choose(office, 3)
      return how === 0 ? [] : [[name, how === 1 ? null : '']]
    }),
  )
}

/** A word for a state: the primary one, or a synonym. */
export function anyWord(office: Office, word: string): string {
  const words = [word, ...(SYNONYMS[word] ?? [])]
  return words[choose(office, words.length)] ?? word
}

/** `data` of a failure: what there is to tell, or nothing, `null` or an object. */
export function failureData(office: Office, told: unknown): { data?: unknown } {
  if (told !== undefined) return { data: told }
  return [{}, { data: null }, { data: {} }][choose(office, 3)] ?? {}
}

/** Members that no table names, now and then. */
export const extras = (office: Office): Record<string, unknown> =>
  choose(office, 3) === 0 ? {} : { traceId: `t${office.state.choices}`, ext: null }
