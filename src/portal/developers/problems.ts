/** What our problem codes mean: where a failure's page and an answer of the API lead. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { fault, GatewayError, PROBLEMS, type ProblemCode } from '../../errors.ts'
import { problemBody } from '../../problems/body.ts'
import type { ApiDescription } from '../../schemas/described.ts'
import type { PortalEnv } from '../env.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import type { Needs } from '../needs.ts'
import { breakableCode, codeLink, listing, operationLink } from './words.ts'

const BLAME: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  caller: ['请求方', 'the caller'],
  gateway: ['网关', 'the gateway'],
  region: ['办理地区', 'the region'],
}

export function problemRoutes({ api }: Pick<Needs, 'api'>): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  app.get('/problems', (c) => {
    const { say } = c.get('reader')
    const title = say('问题代码', 'Problem codes')
    return view(c, {
      title,
      body: html`<h1>${title}</h1>
<table class="codes"><thead><tr><th scope="col">${say('代码', 'Code')}</th><th scope="col">HTTP</th><th scope="col">${say('含义', 'Meaning')}</th></tr></thead><tbody>
${Object.entries(PROBLEMS).map(([code, { status, title: words }]) => html`<tr><td>${codeLink(code)}</td><td>${status}</td><td>${say(words.zh, words.en)}</td></tr>`)}</tbody></table>`,
    })
  })
  app.get('/problems/:code', (c) => {
    const code = c.req.param('code')
    if (!Object.hasOwn(PROBLEMS, code)) throw new GatewayError('NOT_FOUND')
    const { title } = PROBLEMS[code as ProblemCode]
    const reader = c.get('reader')
    return view(c, {
      title: `${code} · ${reader.say(title.zh, title.en)}`,
      body: body(code as ProblemCode, api, reader),
    })
  })
  return app
}

/** What comes beside the code in some answers, for their example. */
const FACTS: Partial<Record<ProblemCode, GatewayError['facts']>> = {
  RATE_LIMITED: { retryAfter: 17 },
  SCOPE_MISSING: { scope: 'cases' },
  TOKEN_INVALID: { reason: 'expired' },
  BODY_TOO_LARGE: { limit: 1_048_576 },
  PARAMETER_INVALID: { parameter: 'limit', from: 1, to: 100 },
}
const FIELDS: readonly ProblemCode[] = ['BODY_INVALID', 'CONVERSION_INCOMPLETE']

/** The answer as the gateway writes it. */
function exampleOf(code: ProblemCode): string {
  const errors = FIELDS.includes(code)
    ? [fault('/applicant/mobile', 'REQUIRED', '请填写手机号', 'The mobile number is missing')]
    : []
  const error = new GatewayError(code, FACTS[code], { errors })
  return `HTTP/1.1 ${PROBLEMS[code].status}
Content-Type: application/problem+json; charset=utf-8

${JSON.stringify(problemBody(error, 'req_1m8kkvq4wvv0zcy74cvx42fex'), null, 2)}`
}

function body(code: ProblemCode, api: ApiDescription, reader: Reader): Html {
  const { say } = reader
  const { title, cause, fix, status, blame, retry } = PROBLEMS[code]
  return html`<h1>${say(title.zh, title.en)}</h1>
<p class="extra"><code>${breakableCode(code)}</code> · HTTP ${status}</p>
<h2>${say('为什么', 'Why')}</h2><p>${say(cause.zh, cause.en)}</p>
<h2>${say('怎么办', 'What to do')}</h2><p>${say(`${fix.zh}。`, `${fix.en}.`)}</p>
<div class="extra"><dl><dt>${say('谁来处理', 'Who acts')}</dt><dd>${say(...(BLAME[blame] ?? ([blame, blame] as const)))}</dd>
<dt>${say('可否重试', 'Retry')}</dt><dd>${retry ? say('可以, 按 Retry-After 等待', 'yes, after Retry-After') : say('改正之前不要重试', 'not before it is corrected')}</dd></dl>
<h2>${say('例', 'Example')}</h2>${listing(exampleOf(code), say('回答的例子', 'An example of the answer'))}
${whereOf(code, api, reader)}</div><p><a href="/problems">${say('所有问题代码', 'All problem codes')}</a></p>`
}

/** Which operations may answer it, as the document says. */
function whereOf(code: ProblemCode, { operations }: ApiDescription, reader: Reader): Html {
  const { say } = reader
  const some = operations.filter(({ answers }) => answers.some(({ codes }) => codes.includes(code)))
  const title = html`<h2>${say('哪些接口会这样回答', 'Which operations answer it')}</h2>`
  if (some.length === 0)
    return html`${title}<p>${say('没有: 它出现在网页、登录、地区回调或启动时。', 'None: it comes up on pages, in log-ins, in regions’ callbacks or at the start.')}</p>`
  if (some.length === operations.length) return html`${title}<p>${say('全部操作。', 'All of them.')}</p>`
  return html`${title}<ul>${some.map((one) => html`<li>${operationLink(one, reader)}</li>`)}</ul>`
}
