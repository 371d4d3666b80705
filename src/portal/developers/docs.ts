/** One readable page of the API's description. It asks nothing of the network. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { PortalEnv } from '../env.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import type { Described, Needs } from '../needs.ts'

export function docsRoutes({ api }: Pick<Needs, 'api'>): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  const groups = [...Map.groupBy(api, groupOf)]
  app.get('/docs', (c) => {
    const { say } = c.get('reader')
    const title = say('接口文档', 'The API')
    return view(c, {
      title,
      isWide: true,
      body: html`<h1>${title}</h1>
<p>${say('机器可读', 'For machines')}: <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1), <a href="/asyncapi.json">asyncapi.json</a> (AsyncAPI 3.0)。 <a href="/problems">${say('问题代码', 'Problem codes')}</a></p>
<p>${say(html`令牌来自 <code>/oidc/token</code>: <code>client_credentials</code> 加 <code>private_key_jwt</code>。`, html`Tokens come from <code>/oidc/token</code> by <code>client_credentials</code> and <code>private_key_jwt</code>.`)} ${say('各地区可以用自己的格式', 'Any region may speak its own dialect')}: <code>Content-Type: application/json; profile=zhejiang</code></p>
<ul class="tiles" aria-label="${say('目录', 'Contents')}">${groups.map(([name]) => html`<li><a href="#${name}"><code>${name}</code></a></li>`)}</ul>
${groups.map(([name, operations]) => html`<h2 id="${name}"><code>${name}</code></h2>${operations.map((one) => operation(one, c.get('reader')))}`)}`,
    })
  })
  return app
}

/** The part of a path that says what it is about: `cases` of `/api/v1/cases/{id}`. */
const groupOf = ({ path }: Described): string => path.replace(/^\/api\/v\d+/, '').split('/')[1] ?? ''

/** A path goes on in the next line before one of its parts. */
const breakable = (path: string): Html =>
  html`${path.split('/').map((part, at) => html`${at > 0 ? html`<wbr>/` : ''}${part}`)}`

/** A summary is in both languages; what is said further is English. */
function operation(
  { method, path, summary, description, scopes, statuses }: Described,
  { say }: Reader,
): Html {
  const [zh = summary, en = summary] = summary.split(' · ')
  return html`<h3 class="anywhere"><code>${method} ${breakable(path)}</code></h3><p>${say(zh, en)}</p>${description === '' ? '' : html`<p class="quiet" lang="en">${description}</p>`}
<p class="quiet">${scopes.length === 0 ? say('公开', 'public') : `scope: ${scopes.join(', ')}`} · ${statuses.join(', ')}</p>`
}
