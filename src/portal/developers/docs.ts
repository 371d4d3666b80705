/** Where the API's description begins: how it is spoken to, and all that it offers, out of its own document. It asks nothing of the network. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { ApiDescription, Described } from '../../schemas/described.ts'
import type { PortalEnv } from '../env.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import type { Needs } from '../needs.ts'
import { chapters } from './manners.ts'
import { breakablePath, inWords, operationLink } from './words.ts'

export function docsRoutes({ api }: Pick<Needs, 'api'>): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  app.get('/docs', (c) => {
    const reader = c.get('reader')
    const title = reader.say('接口文档', 'The API')
    return view(c, { title, isWide: true, body: body(title, api, reader) })
  })
  return app
}

function body(title: string, api: ApiDescription, reader: Reader): Html {
  const { say } = reader
  const parts = chapters(reader)
  return html`<h1>${title}</h1>
<p>${say(`一个接口, 四个地区、四十一座城市: ${api.operations.length} 个操作, 每个都可以在自己的页上对着模拟环境调用。`, `One interface for four regions and 41 cities: ${api.operations.length} operations, each of which can be called from its page against the sandbox.`)}</p>
<ul class="tiles">
<li><a href="#operations">${say('全部操作', 'All operations')}</a></li>
<li><a href="/docs/regions">${say('四地字段对应', 'How each region’s fields map')}</a></li>
<li><a href="/problems">${say('问题代码', 'Problem codes')}</a></li>
<li><a href="/openapi.json">openapi.json <span class="quiet">OpenAPI 3.1</span></a></li>
<li><a href="/asyncapi.json">asyncapi.json <span class="quiet">AsyncAPI 3.0</span></a></li>
</ul>
<p class="scopes">${parts.map(({ id, title: name }) => html`<a href="#${id}">${name}</a>`)}<a href="#scopes">${say('权限范围', 'Scopes')}</a></p>
${parts.map(({ id, title: name, text }) => html`<h2 id="${id}">${name}</h2>${text}`)}
${scopes(api, reader)}
<h2 id="operations">${say('全部操作', 'All operations')}</h2>
${api.tags.map(
  ({ name, description }) =>
    html`<h3 id="${name}">${inWords(description, reader)} <span class="quiet"><code>${name}</code></span></h3>${list(
      api.operations.filter(({ tag }) => tag === name),
      reader,
    )}`,
)}`
}

const list = (operations: readonly Described[], reader: Reader): Html =>
  html`<ul class="plainlist operations">${operations.map((one) => html`<li>${operationLink(one, reader)} <span class="quiet anywhere"><code>${one.method} ${breakablePath(one.path)}</code></span></li>`)}</ul>`

/** What each scope opens, as the document says it of its operations. */
function scopes({ operations }: ApiDescription, reader: Reader): Html {
  const { say } = reader
  const names = [...new Set(operations.flatMap((one) => one.scopes))]
  return html`<h2 id="scopes">${say('权限范围', 'Scopes')}</h2><dl class="fields">${names.map((name) => html`<dt><code>${name}</code></dt><dd>${operations.filter((one) => one.scopes.includes(name)).map((one, at) => html`${at > 0 ? say('、', ', ') : ''}${operationLink(one, reader)}`)}</dd>`)}</dl>`
}
