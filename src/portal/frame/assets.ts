/** What browsers are served: the sheet, the scripts, the icon. Each path names the bytes, so that a browser asks once. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { Hono } from 'hono'
import { parseAccept } from 'hono/utils/accept'
import type { PortalEnv } from '../env.ts'

const FOLDER = new URL('../assets/', import.meta.url)
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}
const DIGEST_CHARACTERS = 12

interface Asset {
  readonly path: string
  readonly type: string
  /** The bytes as they travel, the shortest first; the last is the file itself. */
  readonly forms: readonly (readonly [encoding: string | undefined, bytes: Uint8Array<ArrayBuffer>])[]
}

/** Compressed once, at the start, as well as can be. */
const formsOf = (bytes: Buffer): Asset['forms'] => [
  ['br', new Uint8Array(brotliCompressSync(bytes))],
  ['gzip', new Uint8Array(gzipSync(bytes, { level: 9 }))],
  [undefined, new Uint8Array(bytes)],
]

const assets: ReadonlyMap<string, Asset> = new Map(
  readdirSync(FOLDER).flatMap((name) => {
    const type = TYPES[extname(name)]
    if (type === undefined) return []
    const bytes = readFileSync(new URL(name, FOLDER))
    const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, DIGEST_CHARACTERS)
    return [[name, { path: `/assets/${digest}/${name}`, type, forms: formsOf(bytes) }] as const]
  }),
)

/** The path under which a file of `assets/` is served. @throws Error for one that is not there: a mistake of ours */
export function assetPath(name: string): string {
  const asset = assets.get(name)
  if (!asset) throw new Error(`assets/ has no file ${name}`)
  return asset.path
}

/** Serves them. One of another time is gone, and is never answered with today's bytes. */
export function assetRoutes(): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  for (const { path, type, forms } of assets.values())
    app.get(path, (c) => {
      const accepted = parseAccept(c.req.header('accept-encoding') ?? '').filter(({ q }) => q > 0)
      const [encoding, bytes] =
        forms.find(([one]) => one === undefined || accepted.some(({ type }) => type === one)) ??
        (forms.at(-1) as Asset['forms'][number])
      return c.body(bytes, 200, {
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
        vary: 'accept-encoding',
        ...(encoding === undefined ? {} : { 'content-encoding': encoding }),
      })
    })
  return app
}
