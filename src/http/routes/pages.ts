/** Outside the API: health, the start page. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Env } from '../env.ts'
import { plainRoutes, shell } from '../plain.ts'

/** What the readiness of the process rests on. */
export interface Readiness {
  readonly database: () => Promise<void>
  readonly regions: () => readonly {
    readonly id: string
    readonly connected: boolean
    readonly state: string
  }[]
}

/** Public pages. */
export function pageRoutes(readiness: Readiness, sandbox: boolean): Hono<Env> {
  const app = new Hono<Env>()

  app.route('/', plainRoutes())
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

  app.get('/', (c) =>
    c.html(
      shell(
        '长三角政务服务互通网关',
        html`<h1>长三角政务服务互通网关</h1>
<p>一份申请, 四个地区, 四十一座城市。 <span class="quiet" lang="en">One application, four regions, 41 cities.</span></p>
${sandbox ? html`<p><strong>这里运行的是模拟环境。</strong>四个地区由本程序扮演, 人员和证件全部虚构, 不会办理任何真实事项。<br><span lang="en">This is a sandbox: the regions are simulated, and all persons and papers are made up.</span></p>` : ''}
<h2>给居民和企业 · For residents and firms</h2>
<ul><li><a href="/me">用本省账号登录 · Log in with your own region’s account</a></li></ul>
<h2>给系统开发者 · For programmers</h2>
<ul><li><a href="/docs">接口文档 · API description</a> (<a href="/openapi.json">openapi.json</a>, <a href="/asyncapi.json">asyncapi.json</a>)</li>
<li><a href="/api/v1/cities">四十一座城市及其状态 · Cities</a></li><li><a href="/api/v1/matters">事项目录 · Matters</a></li>
<li><a href="/problems">问题代码 · Problems</a></li>${sandbox ? html`<li><a href="/__sandbox">模拟地区管理页 · Sandbox</a></li>` : ''}</ul>`,
      ),
    ),
  )
  return app
}
