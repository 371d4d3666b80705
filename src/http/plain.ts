/** The few pages that this door shows to people itself, with a sheet of their own: it is no part of the portal. */
import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Env } from './env.ts'

const SHEET = `:root{color-scheme:light dark;--ink:#1d2733;--quiet:#56616e;--paper:#fbfaf7;--blue:#0b5394;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ink:#e8e6e1;--quiet:#aeb5bd;--paper:#14181d;--blue:#8ab8e6;--on:#10151a}}
body{margin:0 auto;max-width:44rem;padding:1.5rem;font:106.25%/1.65 system-ui,"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;color:var(--ink);background:var(--paper);overflow-wrap:anywhere}
h1{font-size:1.5rem;line-height:1.35}h2{font-size:1.1875rem;margin-top:2rem}a{color:var(--blue)}.quiet{color:var(--quiet);font-weight:400}
button{font:inherit;min-height:2.75rem;padding:.5rem 1.1rem;border:1px solid var(--blue);border-radius:.4rem;background:var(--blue);color:var(--on)}`

/** The path names the bytes, so that a browser asks once. */
const PATH = `/assets/${createHash('sha256').update(SHEET).digest('base64url').slice(0, 12)}/plain.css`

/** A whole page. */
export const shell = (title: string, body: ReturnType<typeof html>) => html`<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${title}</title><link rel="stylesheet" href="${PATH}"></head><body><main>${body}</main></body></html>`

/** Serves the sheet. */
export function plainRoutes(): Hono<Env> {
  const app = new Hono<Env>()
  app.get(PATH, (c) =>
    c.body(SHEET, 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
    }),
  )
  return app
}
