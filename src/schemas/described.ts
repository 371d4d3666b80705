/** The API's OpenAPI document as those read it who show it to people: a list of operations, and the schemas that they name. */

/** JSON Schema 2020-12. */
export type Schema = { readonly [keyword: string]: unknown }

export interface DescribedParameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly description: string
  readonly schema: Schema
  /** A value that works in the sandbox. */
  readonly example?: string
}

/** What a body may be, by its media type. */
export interface DescribedContent {
  readonly type: string
  readonly schema: Schema
  readonly example?: unknown
}

export interface DescribedAnswer {
  readonly status: string
  readonly description: string
  readonly contents: readonly DescribedContent[]
  /** Names of its headers. */
  readonly headers: readonly string[]
  /** Problem codes of this status that the operation may answer. */
  readonly codes: readonly string[]
}

/** One operation of the API. `scopes` is empty where no token is needed. */
export interface Described {
  readonly id: string
  readonly tag: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly description: string
  readonly scopes: readonly string[]
  readonly parameters: readonly DescribedParameter[]
  readonly body?: { readonly required: boolean; readonly contents: readonly DescribedContent[] }
  readonly answers: readonly DescribedAnswer[]
}

/** The whole document. */
export interface ApiDescription {
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  /** In the order of the document. */
  readonly operations: readonly Described[]
  /** `components/schemas`, to which schemas refer. */
  readonly schemas: Readonly<Record<string, Schema>>
}
