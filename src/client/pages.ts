/** Lists walked through page by page, as far as the caller goes. */
import type { components, paths } from './api.ts'

type Json<P extends keyof paths> = paths[P] extends {
  readonly get: {
    readonly responses: { readonly 200: { readonly content: { readonly 'application/json': infer T } } }
  }
}
  ? T
  : never
type Query<P extends keyof paths> = paths[P] extends {
  readonly get: { readonly parameters: { readonly query?: infer Q } }
}
  ? NonNullable<Q>
  : never
type PathOf<P extends keyof paths> = paths[P] extends {
  readonly get: { readonly parameters: { readonly path: infer Q } }
}
  ? { readonly path: Q }
  : { readonly path?: never }

/** Paths of lists that go on by `cursor`. */
type Listed = {
  [P in keyof paths]: Json<P> extends {
    readonly items: readonly unknown[]
    readonly nextCursor: string | null
  }
    ? Query<P> extends { readonly cursor?: string }
      ? P
      : never
    : never
}[keyof paths]
type ItemOf<P extends Listed> = Json<P> extends { readonly items: readonly (infer T)[] } ? T : never
type CaseEvent = components['schemas']['CaseEvent']

export interface Pages {
  /** Every item of a list; pages are asked for when they are reached. */
  readonly list: <P extends Listed>(
    path: P,
    params?: { readonly query?: Omit<Query<P>, 'cursor'> } & PathOf<P>,
  ) => AsyncGenerator<ItemOf<P>, void>
  /**
   * The feed from a cursor to its end, each event with the cursor behind its page: keep it when the page has been dealt with, and come
   * again with it.
   */
  readonly events: (query?: {
    readonly after?: string
    readonly types?: string
    readonly limit?: number
  }) => AsyncGenerator<{ readonly event: CaseEvent; readonly cursor: string }, void>
}

type Get = (
  path: string,
  init?: object,
) => Promise<{ readonly data: { readonly items: readonly never[]; readonly nextCursor: string | null } }>

export const pagesOf = (get: Get): Pages => ({
  list: async function* (path, params) {
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const query = { ...params?.query, ...(cursor === undefined ? {} : { cursor }) }
      const { data } = await get(path, { params: { ...params, query } })
      yield* data.items
      cursor = data.nextCursor
    }
  },
  events: async function* (query = {}) {
    for (let after = query.after; ; ) {
      const asked = { ...query, ...(after === undefined ? {} : { after }) }
      const { data } = await get('/api/v1/events', { params: { query: asked } })
      const cursor = data.nextCursor ?? ''
      for (const event of data.items) yield { event, cursor }
      // The feed has no last page: its end is where the cursor stays.
      if (cursor === after) return
      after = cursor
    }
  },
})
