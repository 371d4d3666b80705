import type { ApiGroup, Config } from './config.ts'

/** One request that passed the API gateway. */
export interface Call {
  /** Decoded; a repeated key never comes this far. */
  readonly query: ReadonlyMap<string, string>
  /** The raw `Content-Type`, or an empty text. */
  readonly contentType: string
  readonly body: Buffer
  /** Set when the body was larger than its limit: then `body` is empty. */
  readonly oversized: boolean
}

/** What an operation of the sharing dialect answers besides the envelope. */
export type SharingAnswer = Readonly<Record<string, unknown>>

/** What a browser is answered; `refused` names the parameter that was wrong. */
export interface BrowserAnswer {
  readonly response: Response
  readonly refused?: string
}

/** How one operation is answered: as `data` of the business envelope, in the sharing envelope, or as a page that nobody signs for. */
type Handler =
  | { readonly kind: 'browser'; readonly answer: (query: URLSearchParams) => Promise<BrowserAnswer> }
  | { readonly kind: 'business'; readonly answer: (call: Call) => unknown }
  | { readonly kind: 'sharing'; readonly answer: (call: Call) => SharingAnswer }

/** One operation of the contract with its place under an IC code. */
export interface Route {
  /** The contract's operation id. */
  readonly operation: string
  readonly method: 'GET' | 'POST'
  /** Full path from the prefix on; of a page, from the root of `portalUrl`. */
  readonly path: string
  /** Takes a multipart body of up to 51 MiB. */
  readonly upload?: true
  readonly handler: Handler
}

/** The path of an operation under the IC code of its group. */
export function pathUnder(config: Config, group: ApiGroup, tail: string): string {
  return `${config.options.pathPrefix}/${config.options.icCodes[group]}${tail}`
}

/** Routes by method and path. */
export type RouteTable = ReadonlyMap<string, Route>

/** The table of all routes. */
export function tableOf(routes: readonly Route[]): RouteTable {
  return new Map(routes.map((route) => [`${route.method} ${route.path}`, route]))
}

/** Whether the path lies under a known IC code (contract 3.1, row 5). */
export function isGranted(config: Config, path: string): boolean {
  const { pathPrefix, icCodes } = config.options
  if (!path.startsWith(`${pathPrefix}/`)) return false
  const [icCode = ''] = path.slice(pathPrefix.length + 1).split('/', 1)
  return Object.values(icCodes).includes(icCode)
}

/** The shape of a sharing data path whatever its API id: an unknown id is refused with `03`, not with 404. */
export function isSharingDataPath(config: Config, path: string): boolean {
  const { sharingApiPath } = config.options
  return (['matter', 'licence'] as const).some((group) => {
    const start = `${pathUnder(config, group, sharingApiPath)}/`
    return path.startsWith(start) && /^[^/]+\.htm$/.test(path.slice(start.length))
  })
}
