/** What browsers are served: the sheet, the scripts, the icon. Each path names the bytes, so that a browser asks once. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'
import { Hono } from 'hono'
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
  readonly bytes: Buffer
  readonly type: string
}

const assets: ReadonlyMap<string, Asset> = new Map(
  readdirSync(FOLDER).flatMap((name) => {
    const type = TYPES[extname(name)]
    if (type === undefined) return []
    const bytes = readFileSync(new URL(name, FOLDER))
    const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, DIGEST_CHARACTERS)
    return [[name, { path: `/assets/${digest}/${name}`, bytes, type }] as const]
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
  for (const { path, bytes, type } of assets.values())
    app.get(path, (c) =>
      c.body(new Uint8Array(bytes), 200, {
        'content-type': type,
        'cache-control': 'public, max-age=31536000, immutable',
      }),
    )
  return app
}
