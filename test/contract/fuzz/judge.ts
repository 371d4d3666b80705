/** Holds an answer against the document: status, content type, body and headers are all in it, and none says that we failed. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import type { OpenApi, Operation } from './document.ts'
import type { Request } from './requests.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** Undefined where the answer is a stream, of which no more than its head is read. */
  readonly bytes: Buffer | undefined
}

/** HTTP's own headers (RFC 9110, 9111, 9112), and what every answer tells browsers (`src/http/headers.ts`). */
const COMMON = new Set([
  'cache-control',
  'connection',
  'content-length',
  'content-type',
  'date',
  'keep-alive',
  'transfer-encoding',
  'vary',
  'content-security-policy',
  'referrer-policy',
  'x-content-type-options',
])
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
const PROBLEM = { $ref: '#/components/schemas/Problem' }

/** @returns a judge: it gives the faults of an answer in words, none where the answer keeps the document */
export function judgeOf(document: OpenApi) {
  const formats = {
    'date-time': DATE_TIME,
    date: /^\d{4}-\d\d-\d\d$/,
    uri: true,
    binary: true,
    int32: true,
    int64: true,
  } as const
  const ajv = new Ajv2020({ strict: false, formats, coerceTypes: false })
  ajv.addSchema(document, 'openapi')
  const compiled = new Map<object, ValidateFunction>()
  const faultsOf = (schema: object, value: unknown): string => {
    const known = compiled.get(schema)
    const check =
      known ??
      ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components')))
    if (!known) compiled.set(schema, check)
    return check(value) ? '' : ajv.errorsText(check.errors, { dataVar: '' })
  }

  const headers = (declared: Readonly<Record<string, object>>, answer: Answer): string[] => {
    const names = new Map(Object.entries(declared).map(([name, one]) => [name.toLowerCase(), one]))
    const told = [...answer.headers.keys()]
    return [
      ...told.filter((name) => !names.has(name) && !COMMON.has(name)).map((name) => `header ${name}`),
      ...['x-request-id', 'ratelimit'].filter((name) => !told.includes(name)).map((name) => `no ${name}`),
      ...told.flatMap((name) => {
        const one = names.get(name)
        const text = answer.headers.get(name) ?? ''
        const value = /^\d+$/.test(text) && one && isWhole(one, document) ? Number(text) : text
        const fault = one ? faultsOf(schemaOf(one), value) : ''
        return fault === '' ? [] : [`header ${name}: ${fault}`]
      }),
    ]
  }

  return ({ operation, method }: Request, answer: Answer): readonly string[] => {
    if (answer.status >= 500) return [`status ${answer.status}`]
    const described =
      method === operation.method ? operation : document.paths[operation.path]?.[method.toLowerCase()]
    if (!described) return undescribed(method, answer, faultsOf)
    const declared = described.responses[String(answer.status)]
    if (!declared) return [`status ${answer.status} is not in the document: ${codeOf(answer)}`]
    return [
      ...headers(declared.headers ?? {}, answer),
      ...codeFaults(declared['x-problem-codes'], answer),
      ...bodyFaults(declared.content, answer, faultsOf),
    ]
  }
}

const schemaOf = (header: object): object =>
  '$ref' in header
    ? { $ref: `${String(header.$ref)}/schema` }
    : ((header as { schema?: object }).schema ?? {})

function isWhole(header: object, document: OpenApi): boolean {
  const name = '$ref' in header ? String(header.$ref).split('/').at(-1) : undefined
  const { headers } = document.components as unknown as {
    headers: Record<string, { schema: { type?: string } }>
  }
  return name !== undefined && headers[name]?.schema.type === 'integer'
}

const typeOf = ({ headers }: Answer) => (headers.get('content-type') ?? '').split(';')[0]?.trim() ?? ''

function codeOf({ bytes }: Answer): string {
  return /"code":"(\w+)"/.exec(bytes?.toString() ?? '')?.[1] ?? ''
}

/** A problem's code is one of those that the operation tells. */
function codeFaults(told: readonly string[] = [], answer: Answer): string[] {
  if (answer.status < 400 || told.includes(codeOf(answer))) return []
  return [`code ${codeOf(answer)} with ${answer.status}`]
}

type Check = (schema: object, value: unknown) => string

/** A method that nobody described: a problem that it is not found, or for HEAD what GET would say, without a body. */
function undescribed(method: string, answer: Answer, faultsOf: Check): readonly string[] {
  if (method === 'HEAD') return answer.bytes?.length ? ['a body in answer to HEAD'] : []
  if (answer.status < 400) return [`status ${answer.status} to a method that is not in the document`]
  return bodyFaults({ 'application/problem+json': { schema: PROBLEM } }, answer, faultsOf)
}

function bodyFaults(
  content: Operation['responses'][string]['content'],
  answer: Answer,
  faultsOf: Check,
): readonly string[] {
  if (!content) return answer.bytes?.length ? ['a body where none is described'] : []
  const type = typeOf(answer)
  const declared = content[type]
  if (!declared) return [`content type ${type || 'none'} with ${answer.status}`]
  if (!/json$/.test(type) || !declared.schema || !answer.bytes) return []
  // A dialect is the region's own; its schema is at /api/v1/schemas, and other tests hold answers to it.
  if (/profile=/.test(answer.headers.get('content-type') ?? '')) return []
  const fault = faultsOf(declared.schema, JSON.parse(answer.bytes.toString()))
  return fault === '' ? [] : [`body of ${answer.status}: ${fault.slice(0, 300)}`]
}
