/** A request, written from a template of the document and what a reader typed. Whatever was typed, it is a request to that operation. */
import type { Described, DescribedParameter } from '../../schemas/described.ts'
import { takesFile } from './snippets.ts'

/** What stands in the form. */
export interface Typed {
  readonly visitor: string
  /** By `path.id`, `query.limit`, `header.If-Match`. */
  readonly values: Readonly<Record<string, string>>
  readonly body: string
  readonly file: File | undefined
}

/** A field that cannot be sent so. */
export interface Wrong {
  readonly field: string
  readonly zh: string
  readonly en: string
}

export interface Written {
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | FormData | undefined
}

export const fieldOf = (one: Pick<DescribedParameter, 'in' | 'name'>): string => `${one.in}.${one.name}`

/** What a header of HTTP/1.1 may hold: no line break, no letter outside ASCII. */
const HEADER = /^[\t\x20-\x7e]*$/
const MOST_CHARACTERS = 2_000

/** What is wrong with the values, before anything is sent. */
export function wrongIn({ parameters }: Described, { values }: Typed): readonly Wrong[] {
  return parameters.flatMap((one) => {
    const field = fieldOf(one)
    const reason = wrongValue(one, values[field] ?? '')
    return reason ? [{ field, zh: `${one.name}: ${reason[0]}`, en: `${one.name}: ${reason[1]}` }] : []
  })
}

function wrongValue(one: DescribedParameter, value: string): readonly [zh: string, en: string] | undefined {
  if (value === '') return one.in === 'path' ? ['不能为空', 'it cannot be empty'] : undefined
  if (value.length > MOST_CHARACTERS) return ['太长', 'it is too long']
  if (!value.isWellFormed()) return ['有不成对的代理字符', 'it holds half a character']
  // A segment of dots leads to another path, however it is encoded.
  if (one.in === 'path' && /^\.+$/.test(value)) return ['不能只有点', 'it cannot be dots alone']
  if (one.in === 'header' && !HEADER.test(value))
    return ['请求头只能是一行 ASCII 字符', 'a header is one line of ASCII']
  return undefined
}

/** The request of values that are not wrong. @param picture is sent where no file was chosen */
export function written(operation: Described, typed: Typed, picture: Uint8Array<ArrayBuffer>): Written {
  const { method, path, parameters, body } = operation
  const value = (one: DescribedParameter) => typed.values[fieldOf(one)] ?? ''
  const given = (place: DescribedParameter['in']) =>
    parameters.filter((one) => one.in === place && value(one) !== '')
  const query = new URLSearchParams(given('query').map((one) => [one.name, value(one)])).toString()
  const at = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(typed.values[`path.${name}`] ?? ''),
  )
  const headers = Object.fromEntries(given('header').map((one) => [one.name, value(one)]))
  const target = query === '' ? at : `${at}?${query}`
  if (takesFile(operation)) return { target, headers, body: formOf(typed.file, picture) }
  const isSent = body !== undefined && method !== 'GET' && typed.body.trim() !== ''
  return {
    target,
    headers: isSent ? { ...headers, 'Content-Type': 'application/json' } : headers,
    body: isSent ? typed.body : undefined,
  }
}

function formOf(file: File | undefined, picture: Uint8Array<ArrayBuffer>): FormData {
  const form = new FormData()
  form.append('file', file ?? new File([picture], 'example.jpg', { type: 'image/jpeg' }))
  return form
}
