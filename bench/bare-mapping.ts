/**
 * The mapping of one conversion as a JSONata expression, bare: each leaf of the target is copied from where the ledger says
 * that it came from, and is a constant where it came from nowhere. No check, no code table, no ledger.
 */
import type { Ledger } from '../src/schemas/ledger.ts'
import { escapePointer } from '../src/schemas/pointers.ts'

const unescaped = (token: string) => token.replaceAll('~1', '/').replaceAll('~0', '~')

/** The path to the value at a pointer, or to the text in which it lies written out; `undefined` where there is none. */
function pathTo(pointer: string, source: unknown): string | undefined {
  let path = ''
  let value = source
  for (const token of pointer.split('/').slice(1).map(unescaped)) {
    if (typeof value !== 'object' || value === null) break
    value = (value as Record<string, unknown>)[token]
    if (value === undefined) return undefined
    path += /^\d+$/.test(token) ? `[${token}]` : `${path === '' ? '' : '.'}\`${token}\``
  }
  return path === '' ? undefined : path
}

/** @param source the parsed document that is converted @param target the document that it becomes */
export function bareMapping(source: unknown, target: unknown, { entries }: Ledger): string {
  const origin = new Map(
    entries.flatMap(({ source: from, target: to }) => to.map((pointer) => [pointer, from[0]] as const)),
  )
  const write = (value: unknown, pointer: string): string => {
    if (Array.isArray(value))
      return `[${value.map((inner, index) => write(inner, `${pointer}/${index}`)).join(', ')}]`
    if (typeof value === 'object' && value !== null)
      return `{${Object.entries(value)
        .map(
          ([name, inner]) => `${JSON.stringify(name)}: ${write(inner, `${pointer}/${escapePointer(name)}`)}`,
        )
        .join(', ')}}`
    const from = origin.get(pointer)
    return (from === undefined ? undefined : pathTo(from, source)) ?? JSON.stringify(value)
  }
  return write(target, '')
}
