import type { Config, Group } from './config.ts'
import type { JsonObject } from './shapes.ts'

/** A good answer of the case or rating service: the text beside code `01`, and the data. */
export interface CaseAnswer {
  readonly resultmsg: string
  readonly data: unknown
}

/** A good answer of the other services: the text beside flag `200`, the data, and what stands beside them. */
export interface FlagAnswer {
  readonly result: string
  readonly data: unknown
  readonly beside?: Readonly<Record<string, unknown>>
}

/** A good answer of the identity services: the data beside `status` true. */
export interface IdentityAnswer {
  readonly identity: unknown
}

/** What is answered without a signature: a page, or the CAS answer. `refused` is the code and the parameter or text of a refusal. */
export interface OpenAnswer {
  readonly response: Response
  readonly refused?: { readonly code: string; readonly message: string }
}

/** How an operation takes its request (contract section 1, three body styles). */
type Style =
  | {
      readonly style: 'form'
      /** All field names that it knows. */
      readonly fields: readonly string[]
      readonly answer: (fields: ReadonlyMap<string, string>) => CaseAnswer | IdentityAnswer
    }
  | {
      /** `gm` is JSON too, sealed by strategy GM (contract 3.4). */
      readonly style: 'json' | 'gm'
      /** `areaCode` is the header `S-Area-Code`, empty outside the material service. */
      readonly answer: (body: JsonObject, areaCode: string) => FlagAnswer | CaseAnswer
    }
  | {
      readonly style: 'multipart'
      readonly answer: (parts: FormData, areaCode: string) => Promise<FlagAnswer>
    }
  | { readonly style: 'query'; readonly answer: (query: URLSearchParams) => CaseAnswer | IdentityAnswer }
  /** No `S-Auth` headers stand before it: the browser's page, and the CAS exchange. */
  | { readonly style: 'open'; readonly answer: (query: URLSearchParams) => Promise<OpenAnswer> }

/** One operation of the contract. */
export type Route = Style & {
  /** The contract's operation id. */
  readonly operation: string
  readonly method: 'GET' | 'POST'
  readonly group: Group
  /** The path prefix, where it is not that of the group: the identity group has two. */
  readonly under?: 'sso' | 'user'
  /** Below the path prefix. */
  readonly tail: string
}

/** Routes by method and full path. */
export type RouteTable = ReadonlyMap<string, Route>

/** The name of a route's path prefix. The identity group has none of its own name: its routes say which they are under. */
const placeOf = ({ group, under }: Route): keyof Config['options']['paths'] =>
  under ?? (group === 'uccp' ? 'user' : group)

/** The table of all routes; a path in the platform's own base address comes first. */
export function tableOf(config: Config, routes: readonly Route[]): RouteTable {
  const base = new URL(config.baseUrl).pathname.replace(/\/$/, '')
  return new Map(
    routes.map((route) => [
      `${route.method} ${base}${config.options.paths[placeOf(route)]}${route.tail}`,
      route,
    ]),
  )
}
