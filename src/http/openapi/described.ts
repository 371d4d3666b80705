/** What the API offers, as a list for whoever shows it to people. */
import type {
  ApiDescription,
  Described,
  DescribedAnswer,
  DescribedContent,
  DescribedParameter,
  Schema,
} from '../../schemas/described.ts'
import type { Document, Operation } from './words.ts'

/** The document with what stands beside its paths. */
type Whole = Document & {
  readonly tags: ApiDescription['tags']
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}
type Content = Readonly<Record<string, { readonly schema: Schema; readonly example?: unknown }>>
type Answer = {
  readonly description: string
  readonly content?: Content
  readonly headers?: object
  readonly 'x-problem-codes'?: readonly string[]
}
type Named = Omit<DescribedParameter, 'required' | 'example'> & {
  readonly required?: boolean
  readonly example?: string | number
}

/** In the order of the document. */
export function described(document: Document): ApiDescription {
  const { paths, tags, components } = document as Whole
  return {
    tags,
    schemas: components.schemas,
    operations: Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => operationOf(path, method, operation)),
    ),
  }
}

function operationOf(path: string, method: string, operation: Operation): Described {
  const { operationId, summary, description = summary, security, responses, tags } = operation
  const body = operation.requestBody as { required?: boolean; content: Content } | undefined
  return {
    id: operationId,
    tag: tags?.[0] ?? '',
    method: method.toUpperCase(),
    path,
    summary,
    description: description === summary ? '' : description,
    scopes: security?.[0]?.['oauth2'] ?? [],
    parameters: ((operation.parameters ?? []) as readonly Named[]).map(parameterOf),
    ...(body ? { body: { required: body.required === true, contents: contentsOf(body.content) } } : {}),
    answers: Object.entries(responses).map(([status, answer]) => answerOf(status, answer as Answer)),
  }
}

const parameterOf = ({ example, required, ...one }: Named): DescribedParameter => ({
  ...one,
  required: required === true,
  ...(example === undefined ? {} : { example: String(example) }),
})

const answerOf = (status: string, answer: Answer): DescribedAnswer => ({
  status,
  description: answer.description,
  contents: contentsOf(answer.content ?? {}),
  headers: Object.keys(answer.headers ?? {}),
  codes: answer['x-problem-codes'] ?? [],
})

const contentsOf = (content: Content): readonly DescribedContent[] =>
  Object.entries(content).map(([type, one]) => ({ type, ...one }))
