/** What holds of every operation, said at each: the answers that any of its kind may give, and the headers beside them. */
import { bounded } from './bounds.ts'
import { withExamples } from './examples.ts'
import { withCodes } from './problem-codes.ts'
import { type Document, type Operation, problem } from './words.ts'

type Responses = Operation['responses']
type Named = { readonly name?: string; readonly in?: string; readonly schema?: object }
type Answer = { readonly headers?: object; readonly content?: Readonly<Record<string, { schema?: object }>> }

const text = (description: string, maxLength = 200) => ({
  description,
  schema: { type: 'string', maxLength },
})

/** Headers that answers share, under `components/headers`. */
export const HEADERS = {
  RequestId: {
    description: 'The number of the request: the caller’s own X-Request-Id, or a new one',
    schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{8,64}$', maxLength: 64 },
  },
  RateLimit: text('What is left of the minute, after the IETF draft: "minute";r=599;t=60'),
  RateLimitPolicy: text('How many requests a minute takes from one address: "minute";q=600;w=60'),
  RetryAfter: {
    description: 'Seconds after which it may be tried again',
    schema: { type: 'integer', format: 'int32', minimum: 0, maximum: 86_400 },
  },
  Challenge: text('How to come again: with a token, a proof beside it, or a better log-in', 1_000),
  Link: text('The next page: <…>; rel="next"', 8_192),
  Location: text('Where what was made is read', 2_048),
  ETag: text('The version of the thing, for If-Match'),
  Replayed: {
    description: 'true where the first answer to this Idempotency-Key is given again',
    schema: { const: 'true' },
  },
  Disposition: text('How the document is called', 2_048),
  DocumentCount: {
    description: 'How many documents the case ended with',
    schema: { type: 'integer', format: 'int32', minimum: 1, maximum: 1_000 },
  },
}

const header = (name: keyof typeof HEADERS) => ({ $ref: `#/components/headers/${name}` })
const ALWAYS = {
  'X-Request-Id': header('RequestId'),
  RateLimit: header('RateLimit'),
  'RateLimit-Policy': header('RateLimitPolicy'),
}
/** What an answer of this status says beside the others. */
const BY_STATUS: Readonly<Record<string, object>> = {
  201: { Location: header('Location') },
  202: { 'Retry-After': header('RetryAfter'), Location: header('Location') },
  401: { 'WWW-Authenticate': header('Challenge') },
  429: { 'Retry-After': header('RetryAfter') },
  503: { 'Retry-After': header('RetryAfter') },
}

/** Operations that say more in their answers. */
const BY_OPERATION: Readonly<Record<string, object>> = {
  readCase: { ETag: header('ETag') },
  fileCase: { ETag: header('ETag') },
  correctCase: { ETag: header('ETag') },
  withdrawCase: { ETag: header('ETag') },
  readResult: {
    'Content-Disposition': header('Disposition'),
    'X-Document-Count': header('DocumentCount'),
  },
}

const parametersOf = ({ parameters = [] }: Operation) => parameters as readonly Named[]
const takes = (operation: Operation, name: string) =>
  parametersOf(operation).some((one) => one.name?.toLowerCase() === name)

/** The same paths with every answer of every operation. What an operation says itself stands. */
export function withManners(paths: Document['paths'], tag: string): Document['paths'] {
  return mapValues(paths, (methods, path) =>
    mapValues(methods, (operation) => withCodes(withExamples(whole(operation, tag)), path)),
  )
}

function whole(operation: Operation, tag: string): Operation {
  const body = operation.requestBody as Answer | undefined
  const responses: Responses = { ...kindly(operation), ...operation.responses }
  return {
    ...operation,
    description: operation.description ?? operation.summary,
    tags: [tag],
    ...(operation.parameters ? { parameters: parametersOf(operation).map(withBounds) } : {}),
    ...(body ? { requestBody: withContent(body) } : {}),
    responses: mapValues(responses, (answer, status) => ({
      ...withContent(answer as Answer),
      headers: headersOf(operation, status, answer as Answer),
    })),
  } as Operation
}

/** Answers that an operation of this kind may give. */
function kindly(operation: Operation): Responses {
  const secured = (operation.security ?? []).length > 0
  const isNamed = parametersOf(operation).some((one) => one.in === 'path')
  return {
    400: problem('A parameter or the body cannot be read'),
    ...(secured ? { 401: problem('No valid token'), 403: problem('The token does not allow it') } : {}),
    ...(isNamed ? { 404: problem('No such thing') } : {}),
    ...(takes(operation, 'idempotency-key')
      ? {
          409: problem('The first request with this key is still under way'),
          422: problem('The key was used for another request'),
        }
      : {}),
    ...(operation.requestBody
      ? {
          413: problem('Too large'),
          415: problem('Type not supported'),
          422: problem('The content does not fit'),
          503: problem('同时发来的内容太多 · Too many bodies at once'),
        }
      : {}),
    429: problem('Too many requests'),
    500: problem('Our fault'),
  }
}

function headersOf(operation: Operation, status: string, { headers = {} }: Answer): object {
  const isGood = status.startsWith('2')
  return {
    ...ALWAYS,
    ...BY_STATUS[status],
    ...(isGood && takes(operation, 'limit') ? { Link: header('Link') } : {}),
    ...(isGood && takes(operation, 'idempotency-key') ? { 'Idempotency-Replayed': header('Replayed') } : {}),
    ...(isGood ? BY_OPERATION[operation.operationId] : {}),
    ...headers,
  }
}

const withBounds = <T extends { readonly schema?: object }>(one: T): T =>
  one.schema ? { ...one, schema: bounded(one.schema) } : one

const withContent = (one: Answer): Answer =>
  one.content ? { ...one, content: mapValues(one.content, withBounds) } : one

const mapValues = <A, B>(map: Readonly<Record<string, A>>, change: (value: A, key: string) => B) =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]))
