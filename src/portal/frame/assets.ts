/** The scripts of the pages. Each page works without its own. */
import { readFileSync } from 'node:fs'
import type { Hono } from 'hono'
import type { PortalEnv } from '../env.ts'

/** Serves a file of `assets` at a path. */
export function serveScript(app: Hono<PortalEnv>, path: string, file: string): void {
  const script = readFileSync(new URL(`../assets/${file}`, import.meta.url), 'utf8')
  app.get(path, (c) =>
    c.body(script, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=300',
    }),
  )
}
