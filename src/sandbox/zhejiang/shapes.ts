import { isDateTime } from './times.ts'

/** Looks at one value and gives the path of the first wrong member, or nothing when all is right. */
export type Check = (value: unknown, path: string) => string | undefined

/** One member of an object: its check, and whether it may be left out. */
export interface Member {
  readonly check: Check
  readonly optional?: true
}

/** The length of a text in Unicode code points, which is how the contract counts. */
export function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}

/** A text that is not empty, at most `max` code points long when given, and as `fits` wants it. */
export function text(max?: number, fits?: (value: string) => boolean): Check {
  return (value, path) => {
    if (typeof value !== 'string' || value === '') return path
    // A code point has at most two code units, so most texts need no counting.
    if (max !== undefined && value.length > max && codePoints(value) > max) return path
    return fits === undefined || fits(value) ? undefined : path
  }
}

/** A text of at most `max` code points that may be empty. */
export function emptyOrText(max: number): Check {
  const inner = text(max)
  return (value, path) => (value === '' ? undefined : inner(value, path))
}

/** A text that matches the pattern as a whole. */
export const pattern = (wanted: RegExp): Check => text(undefined, (value) => wanted.test(value))

/** One of a few fixed texts. */
export const among = (...words: readonly string[]): Check => text(undefined, (value) => words.includes(value))

/** A real date-time of the business format. */
export const dateTime: Check = text(undefined, isDateTime)

/** Any text, the empty one too: what an extension slot takes. */
export const anyText: Check = (value, path) => (typeof value === 'string' ? undefined : path)

/** A JSON number without a fraction in a range. */
export function integer(least: number, most: number): Check {
  return (value, path) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? undefined : path
}

/** An array whose elements all pass. */
export function list(element: Check): Check {
  return (value, path) => {
    if (!Array.isArray(value)) return path
    for (const [index, item] of value.entries()) {
      const wrong = element(item, `${path}[${index}]`)
      if (wrong !== undefined) return wrong
    }
    return undefined
  }
}

/** Whether the value is a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * An object with exactly these members. Members that are not named are wrong unless `others` is given, which is
 * how an extension slot is written; `also` looks at the whole when every member is right.
 */
export function record(members: Readonly<Record<string, Member>>, others?: Check, also?: Check): Check {
  const names = Object.entries(members)
  return (value, path) => {
    if (!isRecord(value)) return path === '' ? 'body' : path
    const at = (name: string) => (path === '' ? name : `${path}.${name}`)
    for (const name of Object.keys(value)) {
      if (Object.hasOwn(members, name)) continue
      const wrong = others === undefined ? at(name) : others(value[name], at(name))
      if (wrong !== undefined) return wrong
    }
    for (const [name, member] of names) {
      if (!Object.hasOwn(value, name)) {
        if (member.optional) continue
        return at(name)
      }
      const wrong = member.check(value[name], at(name))
      if (wrong !== undefined) return wrong
    }
    return also?.(value, path)
  }
}

/** A member that has to be there. */
export const need = (check: Check): Member => ({ check })

/** A member that may be left out. */
export const may = (check: Check): Member => ({ check, optional: true })
