/** What the API offers, as a list for whoever shows it to people. */
import type { Document } from './words.ts'

export interface Described {
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly description: string
  /** Empty where no token is needed. */
  readonly scopes: readonly string[]
  /** HTTP statuses that it answers with. */
  readonly statuses: readonly string[]
}

/** In the order of the document. */
export const described = ({ paths }: Document): readonly Described[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary, description = summary, security, responses }]) => ({
      method: method.toUpperCase(),
      path,
      summary,
      description: description === summary ? '' : description,
      scopes: security?.[0]?.['oauth2'] ?? [],
      statuses: Object.keys(responses),
    })),
  )
