/** Requests as strangers write them: mostly right, and wrong in every way that HTTP allows. */
import fc, { type Arbitrary } from 'fast-check'
import type { OpenApi, Operation, Parameter } from './document.ts'
import { nasty, valuesOf } from './values.ts'

export interface Request {
  readonly operation: Operation
  readonly method: string
  readonly address: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Body
  /** Who calls: the name of a token. */
  readonly who: string
}
type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'form'; readonly name: string; readonly content: string }

/** What fits into a header of HTTP/1.1; anything else is not sent at all. */
const HEADER = /^[\t\x20-\x7e\x80-\xff]*$/
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD']
const TYPES = ['application/json', 'application/json; profile=anhui', 'application/json; profile=none']
const WRONG_TYPES = [
  'text/plain',
  'application/xml',
  '',
  'application/json; charset=gbk',
  'multipart/form-data',
]
const ACCEPTS = ['application/json', '*/*', 'application/json; profile=zhejiang', 'text/event-stream', 'x']

const often = <T>(weight: number, usual: Arbitrary<T>, rare: Arbitrary<T>) =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: rare })

/**
 * @param known values of this system by name; those of a path stand under its operation's path and the name
 * @param callers names of tokens; the first that an operation needs comes from `callerOf`
 */
export function requestsOf(
  document: OpenApi,
  known: Readonly<Record<string, readonly unknown[]>>,
  callers: readonly string[],
  callerOf: (operation: Operation) => string,
) {
  const { value, body } = valuesOf(document, known)
  const one = (parameter: Parameter, path: string) => {
    const held = known[`${path} ${parameter.name}`]
    return held
      ? often(6, fc.constantFrom(...held), value(parameter.schema, parameter.name))
      : value(parameter.schema, parameter.name)
  }
  return (operation: Operation): Arbitrary<Request> => {
    const parameters = operation.parameters ?? []
    const model = Object.fromEntries(
      parameters.map((parameter) => [`${parameter.in} ${parameter.name}`, one(parameter, operation.path)]),
    )
    const needed = parameters
      .filter((parameter) => parameter.in === 'path' || parameter.required)
      .map((parameter) => `${parameter.in} ${parameter.name}`)
    const given = often(
      30,
      fc.record(model, { requiredKeys: needed }),
      fc.record(model, { requiredKeys: needed.filter((name) => name.startsWith('path ')) }),
    )
    return fc
      .record({
        given,
        body: bodyOf(operation, body),
        method: often(40, fc.constant(operation.method), fc.constantFrom(...METHODS)),
        who: often(12, fc.constant(callerOf(operation)), fc.constantFrom(...callers)),
        type: often(15, fc.constantFrom(...TYPES.slice(0, 1)), fc.constantFrom(...TYPES, ...WRONG_TYPES)),
        accept: often(10, fc.constant('application/json'), fc.constantFrom(...ACCEPTS)),
        more: often(20, fc.constant(''), fc.constantFrom('extra=1', 'limit=1&limit=2', '%', 'a[b]=c')),
      })
      .map(({ given: values, body: sent, method, who, type, accept, more }) => ({
        operation,
        method,
        who,
        address: addressOf(operation, values, more),
        headers: { accept, ...headersOf(values), ...(sent.kind === 'text' ? { 'content-type': type } : {}) },
        body: method === 'GET' || method === 'HEAD' ? { kind: 'none' } : sent,
      }))
  }
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function addressOf({ path }: Operation, values: Readonly<Record<string, unknown>>, more: string): string {
  const place = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    // An empty segment, and dots that a client resolves, lead to another path than the one that is meant.
    encodeURIComponent(shown(values[`path ${name}`]).toWellFormed()).replace(/^\.{0,2}$/, '-'),
  )
  const query = Object.entries(values)
    .filter(([name]) => name.startsWith('query '))
    .map(([name, value]) => `${name.slice(6)}=${encodeURIComponent(shown(value).toWellFormed())}`)
  const asked = [...query, ...(more === '' ? [] : [more])].join('&')
  return asked === '' ? place : `${place}?${asked}`
}

const headersOf = (values: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => name.startsWith('header '))
      .map(([name, value]) => [name.slice(7).toLowerCase(), shown(value).trim()] as const)
      .filter(([, value]) => HEADER.test(value)),
  )

function bodyOf({ requestBody }: Operation, body: ReturnType<typeof valuesOf>['body']): Arbitrary<Body> {
  if (!requestBody) return often(20, fc.constant({ kind: 'none' } as Body), fc.constant(text('{}')))
  const [type, { schema }] = Object.entries(requestBody.content)[0] ?? ['', { schema: {} }]
  if (type === 'multipart/form-data')
    return fc.record({
      kind: fc.constant('form' as const),
      name: often(10, fc.constant('file'), fc.constantFrom('files', '')),
      content: fc.constantFrom('%PDF-1.4 a', '', 'GIF89a', '\u0089PNG\r\n\u001a\n'),
    })
  return fc.oneof(
    { weight: 20, arbitrary: body(schema).map((value) => text(JSON.stringify(value) ?? 'null')) },
    { weight: 2, arbitrary: nasty.map((value) => text(JSON.stringify(value) ?? 'null')) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('{', '', '[1,]', '{"__proto__":1}', '\ufeff{}', '['.repeat(500)).map(text),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'none' } as Body) },
  )
}
const text = (content: string): Body => ({ kind: 'text', text: content })
