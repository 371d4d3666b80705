/** The API described: OpenAPI 3.1 and AsyncAPI 3.0 from the schemas that validate, and one readable page of it. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Env } from '../env.ts'
import { asyncApi } from '../openapi/asyncapi.ts'
import { openApi } from '../openapi/document.ts'
import { shell } from './pages.ts'

/** `/openapi.json`, `/asyncapi.json` and `/docs`. The page asks nothing of the network. */
export function docsRoutes(publicUrl: string): Hono<Env> {
  const app = new Hono<Env>()
  const document = openApi(publicUrl)
  const texts = {
    '/openapi.json': JSON.stringify(document),
    '/asyncapi.json': JSON.stringify(asyncApi(publicUrl)),
  }
  for (const [path, text] of Object.entries(texts))
    app.get(path, (c) =>
      c.body(text, 200, {
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'public, max-age=60',
      }),
    )
  app.get('/docs', (c) =>
    c.html(
      shell(
        '接口文档 · API',
        html`<h1>接口文档 <span class="quiet">API</span></h1>
<p>机器可读: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1), 推送: <a href="/asyncapi.json">asyncapi.json</a> (AsyncAPI 3.0)。问题代码: <a href="/problems">/problems</a>。</p>
<p lang="en">Tokens come from <code>/oidc/token</code> by <code>client_credentials</code> and <code>private_key_jwt</code>. Any region may speak its own dialect: <code>Content-Type: application/json; profile=zhejiang</code>.</p>
${Object.entries(document.paths).map(([path, methods]) =>
  Object.entries(methods).map(
    ([
      method,
      operation,
    ]) => html`<h2><code>${method.toUpperCase()} ${path}</code></h2><p>${operation.summary}</p><p class="quiet">${operation.description ?? ''}</p>
<p class="quiet">${operation.security ? `scope: ${(operation.security[0]?.['oauth2'] ?? []).join(', ')}` : 'public'} · ${Object.keys(operation.responses).join(', ')}</p>`,
  ),
)}`,
      ),
    ),
  )
  return app
}
