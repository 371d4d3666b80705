/** The words of which the API’s description is put together. */

export interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly description?: string
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters?: readonly object[]
  readonly requestBody?: object
  readonly tags?: readonly string[]
  readonly responses: Readonly<Record<string, object>>
}

export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

export const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
export const content = (schema: object, type = 'application/json') => ({ [type]: { schema } })
export const listOf = (schema: object) => ({
  type: 'object',
  required: ['items', 'nextCursor'],
  properties: { items: { type: 'array', items: schema }, nextCursor: { type: ['string', 'null'] } },
})
export const query = (name: string, description: string, schema: object = { type: 'string' }) => ({
  name,
  in: 'query',
  required: false,
  description,
  schema,
})
export const header = (name: string, description: string, required = false) => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
})
export const path = (name: string, description: string) => ({
  name,
  in: 'path',
  required: true,
  description,
  schema: { type: 'string' },
})
export const problem = (description: string) => ({
  description,
  content: content(ref('Problem'), 'application/problem+json'),
})
export const ok = (description: string, schema: object) => ({ description, content: content(schema) })
/** What a trial answers: that it was one, and what would come of it. */
export const tried = (properties: Readonly<Record<string, object>>) => ({
  type: 'object',
  required: ['dryRun', ...Object.keys(properties)],
  properties: { dryRun: { const: true }, ...properties },
})
export const dryRun = query(
  'dryRun',
  '做全部检查, 什么也不留下 · Does all checks and leaves nothing behind',
  { type: 'boolean' },
)
export const paging = [
  query('limit', '1 到 100, 不写为 20 · 1 to 100, 20 unless told', {
    type: 'integer',
    minimum: 1,
    maximum: 100,
  }),
  query('cursor', '取自 nextCursor, 原样带回 · Opaque; from nextCursor'),
]
export const needs = (...scopes: string[]) => [{ oauth2: scopes }]
export const refused = {
  401: problem('No valid token'),
  403: problem('The token lacks a scope'),
  429: problem('Too many requests'),
}
export const profileHint =
  '用 application/json; profile=<地区> 说该地区自己的格式 · application/json; profile=<region> speaks a region’s own dialect'
