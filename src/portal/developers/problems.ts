/** What our problem codes mean: where a failure's page and an answer of the API lead. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError, PROBLEMS, type ProblemCode } from '../../errors.ts'
import type { PortalEnv } from '../env.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'

const BLAME: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  caller: ['请求方', 'the caller'],
  gateway: ['网关', 'the gateway'],
  region: ['办理地区', 'the region'],
}

export function problemRoutes(): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  app.get('/problems', (c) => {
    const { say } = c.get('reader')
    const title = say('问题代码', 'Problem codes')
    return view(c, {
      title,
      body: html`<h1>${title}</h1>
<table class="codes"><thead><tr><th scope="col">${say('代码', 'Code')}</th><th scope="col">HTTP</th><th scope="col">${say('含义', 'Meaning')}</th></tr></thead><tbody>
${Object.entries(PROBLEMS).map(([code, { status, title: words }]) => html`<tr><td><a href="/problems/${code}"><code>${breakable(code)}</code></a></td><td>${status}</td><td>${say(words.zh, words.en)}</td></tr>`)}</tbody></table>`,
    })
  })
  app.get('/problems/:code', (c) => {
    const code = c.req.param('code')
    if (!Object.hasOwn(PROBLEMS, code)) throw new GatewayError('NOT_FOUND')
    const { title } = PROBLEMS[code as ProblemCode]
    const reader = c.get('reader')
    return view(c, {
      title: `${code} · ${reader.say(title.zh, title.en)}`,
      body: problemBody(code as ProblemCode, reader),
    })
  })
  return app
}

/** On a phone a code goes on in the next line between its words, not within one. */
const breakable = (code: string): Html =>
  html`${code.split('_').map((word, at) => html`${at > 0 ? html`_<wbr>` : ''}${word}`)}`

function problemBody(code: ProblemCode, { say }: Reader): Html {
  const { title, fix, status, blame, retry } = PROBLEMS[code]
  const example = { type: `/problems/${code}`, title: title.en, status, code, instance: 'req_…' }
  return html`<h1>${say(title.zh, title.en)}</h1>
<h2>${say('怎么办', 'What to do')}</h2><p>${say(`${fix.zh}。`, `${fix.en}.`)}</p>
<table class="extra"><tbody><tr><th scope="row">${say('代码', 'Code')}</th><td><code>${code}</code></td></tr><tr><th scope="row">HTTP</th><td>${status}</td></tr>
<tr><th scope="row">${say('谁来处理', 'Who acts')}</th><td>${say(...(BLAME[blame] ?? ([blame, blame] as const)))}</td></tr>
<tr><th scope="row">${say('可否重试', 'Retry')}</th><td>${retry ? say('可以, 按 Retry-After 等待', 'yes, after Retry-After') : say('改正之前不要重试', 'not before it is corrected')}</td></tr></tbody></table>
<section class="extra"><h2>${say('例', 'Example')}</h2><pre tabindex="0"><code>${JSON.stringify(example, null, 2)}</code></pre></section><p><a href="/problems">${say('所有问题代码', 'All problem codes')}</a></p>`
}
