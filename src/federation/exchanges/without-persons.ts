/**
 * A document without its persons: every value is exchanged for a look-alike, but for those that are known to be words of a closed list
 * (codes, divisions, states). What nobody vouches for is a person's.
 */
import type { Note } from '../../adapters/kit/trace.ts'
import type { FormField } from '../../schemas/matter.ts'
import { escapePointer } from '../../schemas/pointers.ts'
import { insideJson } from './inside-json.ts'
import type { LookAlikes } from './look-alikes.ts'

type Plain = Readonly<Record<string, unknown>>

/** Whether a value may stay where it is. */
export type Kept = (pointer: string, value: unknown) => boolean

/** Canonical fields whose values come from closed lists or from the catalogue, by document. A star is one step. */
const OPEN: Readonly<Record<'application' | 'case', readonly string[]>> = {
  application: [
    '/matter',
    '/matterVersion',
    '/division',
    '/sourceDivision',
    '/applicant/kind',
    '/applicant/idDocument/type',
    '/applicant/legalRepresentativeId/type',
    '/agent/idDocument/type',
    '/documents/*/id',
    '/documents/*/mode',
    '/delivery/mode',
    '/mode',
  ],
  case: [
    '/region',
    '/division',
    '/sourceDivision',
    '/matterCode',
    '/matterName',
    '/status',
    '/rawStatus/code',
    '/rawStatus/label',
    '/correction/fields/*',
    '/correction/documents/*/id',
    '/result/decision',
    '/result/documents/*/kind',
    '/steps/*/status',
    '/steps/*/rawStatus/code',
    '/steps/*/rawStatus/label',
  ],
}

const shapeOf = (pattern: string) => new RegExp(`^${pattern.replaceAll('*', '[^/]+')}$`)
const SHAPES = {
  application: OPEN.application.map(shapeOf),
  case: OPEN.case.map(shapeOf),
}

/** A status as the region wrote it; one that no table knows may be anything. */
const RAW_STATUS = /^(.*)\/rawStatus\/(code|label)$/

/**
 * What may stay of a canonical document.
 * @param fields of the form: what is one of a field's choices may stay · @param content of a case, whose statuses tell which are known
 */
export function keptOfCanon(
  kind: 'application' | 'case',
  fields: readonly FormField[],
  content?: unknown,
): Kept {
  const choices = new Map(
    fields.map(({ name, options = [] }) => [
      `/form/${escapePointer(name)}`,
      options.map(({ value }) => value),
    ]),
  )
  const values = new Map(valuesOf(content))
  const isKnown = (pointer: string) => {
    const [, at] = RAW_STATUS.exec(pointer) ?? []
    return at === undefined || (values.get(`${at}/status`) ?? 'UNKNOWN') !== 'UNKNOWN'
  }
  return (pointer, value) =>
    (SHAPES[kind].some((shape) => shape.test(pointer)) && isKnown(pointer)) ||
    (choices.get(pointer)?.some((choice) => choice === value) ?? false)
}

/** What may stay of a region's document: what its reading took for codes, or put into fields that may stay themselves. */
export function keptOfWire(notes: readonly Note[], canonKept: Kept, content: unknown): Kept {
  const isOpen = ({ how, canon }: Note, value: unknown) =>
    how === 'coded' || (canon.length > 0 && canon.every((one) => canonKept(one, value)))
  // What stays in the one document may stay in the other, wherever it stands: steps repeat the words of states.
  const words = new Set(
    [...valuesOf(content)].filter(([at, said]) => canonKept(at, said)).map(([, said]) => said),
  )
  return (pointer, value) => {
    if (words.has(String(value))) return true
    const about = notes.filter(({ wire }) =>
      wire.some((one) => pointer === one || pointer.startsWith(`${one}/`)),
    )
    return about.length > 0 && about.every((note) => isOpen(note, value))
  }
}

/** A member's name that is a word of a document, and no number that somebody has. */
const isName = (key: string): boolean => /^[A-Za-z_][\w.:-]{0,59}$/.test(key) && !/\d{6}/.test(key)

/** Exchanges the values of a document. @param names names of members that may stay besides those that are plain words */
export function withoutPersons(
  document: unknown,
  isKept: Kept,
  names: ReadonlySet<string>,
  alike: LookAlikes,
): unknown {
  const at = (value: unknown, pointer: string): unknown => {
    if (typeof value === 'string') return isKept(pointer, value) ? value : text(value, pointer)
    if (typeof value === 'number') return isKept(pointer, value) ? value : alike.number(value)
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map((one, index) => at(one, `${pointer}/${index}`))
    return Object.fromEntries(
      Object.entries(value as Plain).map(([key, inner]) => [
        isName(key) || names.has(key) ? key : alike.text(key),
        at(inner, `${pointer}/${escapePointer(key)}`),
      ]),
    )
  }

  /** Documents that stand in a text keep their form: JSON its members, XML its elements. */
  const text = (value: string, pointer: string): string => {
    const inner = insideJson(value)
    if (inner !== undefined) return JSON.stringify(at(inner, pointer))
    if (/^\s*<[\s\S]*>\s*$/.test(value))
      return value
        .replaceAll(/>([^<>]+)</g, (_all, said: string) => `>${alike.text(said)}<`)
        .replaceAll(
          /(\s[\w:]+=")([^"]*)"/g,
          (_all, name: string, said: string) => `${name}${alike.text(said)}"`,
        )
    return alike.text(value)
  }

  return at(document, '')
}

/** Every value of a document, those among them that stand in a text. */
function* valuesOf(value: unknown, pointer = ''): Generator<readonly [pointer: string, said: string]> {
  if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value))
      yield* valuesOf(inner, `${pointer}/${escapePointer(key)}`)
  else if (typeof value === 'number') yield [pointer, String(value)]
  else if (typeof value === 'string') {
    const inner = insideJson(value)
    if (inner !== undefined) yield* valuesOf(inner, pointer)
    else for (const said of value.split(/<[^>]*>/)) yield [pointer, said]
  }
}

/**
 * Places whose values were to be removed and stand in a record after all. What also stands where it may stay is no find.
 * @param open values that are anybody's: those of the catalogue
 */
export function leftOver(before: unknown, after: unknown, isKept: Kept, open: unknown): readonly string[] {
  const text = JSON.stringify(after)
  const values = [...valuesOf(before)]
  const known = new Set([
    ...values.filter(([pointer, said]) => isKept(pointer, said)).map(([, said]) => said),
    ...[...valuesOf(open)].map(([, said]) => said),
  ])
  return values
    .filter(([pointer, said]) => !isKept(pointer, said) && !known.has(said) && isTelling(said))
    .filter(([, said]) => text.includes(JSON.stringify(said).slice(1, -1)))
    .map(([pointer]) => pointer)
}

/** Long enough that it is no chance: two Chinese characters, or six others that are not all zeros and strokes. */
const isTelling = (said: string): boolean =>
  /\p{Script=Han}{2}/u.test(said) || (said.length >= 6 && /[\p{L}1-9]/u.test(said))
