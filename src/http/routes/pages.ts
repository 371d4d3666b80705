/** Outside the API: health, problems, the start page. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError, PROBLEMS, type ProblemCode } from '../../errors.ts'
import type { Env } from '../env.ts'

/** What the readiness of the process rests on. */
export interface Readiness {
  readonly database: () => Promise<void>
  readonly regions: () => readonly {
    readonly id: string
    readonly connected: boolean
    readonly state: string
  }[]
}

const shell = (title: string, body: ReturnType<typeof html>) => html`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
  body { margin: 0 auto; max-width: 44rem; padding: 1.5rem; font: 1.0625rem/1.65 system-ui, "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif; color: #1d2733; background: #fbfaf7 }
  h1 { font-size: 1.5rem; line-height: 1.3 } h2 { font-size: 1.125rem; margin-top: 2rem }
  a { color: #0b5394 } code { background: #efece4; padding: .1em .35em; border-radius: .25em; overflow-wrap: anywhere }
  pre { white-space: pre-wrap } pre code { display: block; padding: .75em }
  table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid #ddd6c8; vertical-align: top }
  .quiet { color: #5b6673; font-weight: 400 } button { font: inherit; min-height: 2.75rem; padding: .5rem 1.1rem }
</style>
</head>
<body>${body}</body>
</html>`

const BLAME = {
  caller: ['请求方', 'the caller'],
  gateway: ['网关', 'the gateway'],
  region: ['办理地区', 'the region'],
} as const

/** Public pages. */
export function pageRoutes(readiness: Readiness): Hono<Env> {
  const app = new Hono<Env>()

  app.get('/healthz', (c) => c.json({ status: 'ok' }, 200, { 'cache-control': 'no-store' }))
  app.get('/readyz', async (c) => {
    const database = await readiness.database().then(
      () => 'ok',
      () => 'failed',
    )
    return c.json(
      { status: database === 'ok' ? 'ok' : 'failed', database, regions: readiness.regions() },
      database === 'ok' ? 200 : 503,
      { 'cache-control': 'no-store' },
    )
  })

  app.get('/problems', (c) =>
    c.html(
      shell(
        '问题代码 · Problems',
        html`<h1>问题代码 <span class="quiet">Problems</span></h1><table><tr><th>code</th><th>HTTP</th><th></th></tr>
${Object.entries(PROBLEMS).map(([code, one]) => html`<tr><td><a href="/problems/${code}"><code>${code}</code></a></td><td>${one.status}</td><td>${one.title.zh}<br><span class="quiet" lang="en">${one.title.en}</span></td></tr>`)}</table>`,
      ),
    ),
  )
  app.get('/problems/:code', (c) => {
    const code = c.req.param('code')
    if (!Object.hasOwn(PROBLEMS, code)) throw new GatewayError('NOT_FOUND')
    const one = PROBLEMS[code as ProblemCode]
    const example = {
      type: `/problems/${code}`,
      title: one.title.en,
      status: one.status,
      code,
      instance: 'req_…',
    }
    return c.html(
      shell(
        `${code} · ${one.title.zh}`,
        html`<h1>${one.title.zh}</h1><p lang="en">${one.title.en}</p>
<table><tr><th>代码 Code</th><td><code>${code}</code></td></tr><tr><th>HTTP</th><td>${one.status}</td></tr>
<tr><th>谁来处理 Who acts</th><td>${BLAME[one.blame][0]} <span class="quiet" lang="en">${BLAME[one.blame][1]}</span></td></tr>
<tr><th>可否重试 Retry</th><td>${one.retry ? '可以, 按 Retry-After 等待 · yes, after Retry-After' : '改正之前不要重试 · not before it is corrected'}</td></tr></table>
<h2>怎么办 · What to do</h2><p>${one.fix.zh}。</p><p lang="en">${one.fix.en}.</p>
<h2>例 · Example</h2><pre><code>${JSON.stringify(example, null, 2)}</code></pre><p><a href="/problems">所有问题代码 · All problems</a></p>`,
      ),
    )
  })

  return app
}

/** The frame of our pages, for the other pages of this door. */
export { shell }
