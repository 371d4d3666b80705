/** The pages of operations, and the calls that are made from them: in the sandbox alone, and to the API alone. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import { perMinute } from '../../federation/per-minute.ts'
import type { ApiDescription, Described } from '../../schemas/described.ts'
import type { PortalEnv } from '../env.ts'
import { bounded } from '../frame/bounds.ts'
import { ensureBrowser } from '../frame/cookies.ts'
import { checkForm, formTokenOf } from '../frame/guard.ts'
import { type Html, view } from '../frame/view.ts'
import type { Needs } from '../needs.ts'
import { type Answered, answerCard, beforeList, readAnswer } from './answer.ts'
import { callForm, prefilled, problemsOf } from './call-form.ts'
import { operationBody } from './operation-page.ts'
import { hasBraces, type Made, preparationOf, withMade } from './prepare.ts'
import { fieldOf, type Typed, type Wrong, written, wrongIn } from './request.ts'
import { type Done, PreparationFailed, runner } from './run.ts'
import type { Visit } from './visit.ts'
import { nameOf } from './words.ts'

type Page = Context<PortalEnv>

/** What stands above the form after a call. */
interface Outcome {
  readonly typed: Typed
  readonly wrong: readonly Wrong[]
  readonly told: Html | string
  readonly status: number
}

export function operationRoutes({
  api,
  visit,
  deps,
}: Pick<Needs, 'api' | 'visit' | 'deps'>): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  const counts = perMinute(deps.now)
  const find = (c: Page): Described => {
    const operation = api.operations.find(({ id }) => id === c.req.param('id'))
    if (!operation) throw new GatewayError('NOT_FOUND')
    return operation
  }

  app.get('/docs/operations/:id', (c) => {
    const operation = find(c)
    return show(
      c,
      operation,
      { typed: prefilled(operation), wrong: [], told: '', status: 200 },
      { api, visit },
    )
  })
  app.post('/docs/operations/:id/call', bounded, async (c) => {
    const operation = find(c)
    if (!visit) throw new GatewayError('NOT_FOUND', { subject: 'sandbox' })
    await checkForm(c, formTokenOf(ensureBrowser(c)))
    if (counts.add(addressOf(c)) > LIMITS.docsCallsPerMinute)
      throw new GatewayError('RATE_LIMITED', { retryAfter: counts.secondsLeft() })
    return show(c, operation, await called(c, operation, api, visit, deps.now()), { api, visit })
  })
  // Whoever comes back to the address of an answer finds the form.
  app.get('/docs/operations/:id/call', (c) => c.redirect(`/docs/operations/${find(c).id}`, 303))
  return app
}

const addressOf = (c: Page): string => c.env?.incoming?.socket.remoteAddress ?? 'unknown'

async function typedIn(c: Page, operation: Described, visit: Visit): Promise<Typed> {
  const form = await c.req.parseBody()
  const text = (name: string): string => (typeof form[name] === 'string' ? form[name] : '')
  const file = form['file']
  const visitor = visit.visitors.find(({ id }) => id === text('who'))
  if (!visitor) throw new GatewayError('NOT_FOUND', { subject: 'caller' })
  return {
    visitor: visitor.id,
    values: Object.fromEntries(operation.parameters.map((one) => [fieldOf(one), text(fieldOf(one)).trim()])),
    // Browsers send line breaks as CR LF.
    body: text('body').replaceAll('\r\n', '\n'),
    file: file instanceof File && file.size > 0 ? file : undefined,
  }
}

/** Makes ready what the form leaves open, makes the call, and tells of it. */
async function called(
  c: Page,
  operation: Described,
  api: ApiDescription,
  visit: Visit,
  now: Date,
): Promise<Outcome> {
  const reader = c.get('reader')
  const typed = await typedIn(c, operation, visit)
  const { run, move, example, done } = runner(api, visit, addressOf(c))
  const prepare = preparationOf(operation)
  const isOpen = prepare !== undefined && hasBraces([...Object.values(typed.values), typed.body])
  let whole = typed
  try {
    if (isOpen) whole = completed(typed, await prepare({ run, move, example, now }))
  } catch (error) {
    if (!(error instanceof PreparationFailed)) throw error
    return { typed, wrong: [], told: notReady(error.done, reader), status: 200 }
  }
  const wrong = wrongIn(operation, whole)
  if (wrong.length > 0) return { typed, wrong, told: '', status: 422 }
  const answered = await answerTo(operation, whole, { visit, address: addressOf(c), before: done })
  return { typed: renewed(operation, whole), wrong: [], told: answerCard(answered, reader), status: 200 }
}

/** What was made stands in the form afterwards. */
function completed(typed: Typed, made: Made): Typed {
  const values = Object.entries(typed.values).map(([field, value]) => [field, withMade(value, made)])
  const quoted = Object.fromEntries(
    Object.entries(made).map(([name, value]) => [name, JSON.stringify(String(value ?? '')).slice(1, -1)]),
  )
  return { ...typed, values: Object.fromEntries(values), body: withMade(typed.body, quoted) }
}

/** The next call is another one: with a key of its own. */
const renewed = (operation: Described, typed: Typed): Typed => ({
  ...typed,
  file: undefined,
  values: {
    ...typed.values,
    ...(operation.parameters.some(({ name }) => name === 'Idempotency-Key')
      ? { 'header.Idempotency-Key': crypto.randomUUID() }
      : {}),
  },
})

interface Asking {
  readonly visit: Visit
  readonly address: string
  readonly before: readonly Done[]
}

async function answerTo(
  operation: Described,
  typed: Typed,
  { visit, address, before }: Asking,
): Promise<Answered> {
  const { target, headers, body } = written(operation, typed, visit.picture)
  const trace = `00-${hex(32)}-${hex(16)}-01`
  const started = performance.now()
  const answer = await visit.call(typed.visitor, {
    method: operation.method,
    target,
    headers: { ...headers, traceparent: trace },
    body,
    address,
  })
  const read = await readAnswer(answer)
  const ms = Math.round(performance.now() - started)
  return { ...read, operation, visitor: typed.visitor, target, headers, trace, ms, before }
}

const hex = (digits: number): string =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(digits / 2))).toString('hex')

const notReady = (done: readonly Done[], reader: Page['var']['reader']): Html =>
  html`<div class="problems" role="alert" tabindex="-1" id="answer"><p>${reader.say('没有调用: 事先要做的一步没有成功。', 'It was not called: a step before it did not succeed.')}</p>${beforeList(done, reader)}</div>`

function show(
  c: Page,
  operation: Described,
  { typed, wrong, told, status }: Outcome,
  { api, visit }: Pick<Needs, 'api' | 'visit'>,
) {
  const reader = c.get('reader')
  const { say } = reader
  const token = visit ? formTokenOf(ensureBrowser(c)) : ''
  // The form holds a token of this browser, and the answer may hold what is a person's of the sandbox.
  c.header('cache-control', 'no-store')
  const form = visit
    ? html`<p>${say('在模拟环境里真的调用。花括号里的值会先为您备好, 也可以改成自己的。', 'A real call in the sandbox. What stands in braces is made ready for you first; you may write your own.')}</p>${callForm({ operation, typed, wrong, visitors: visit.visitors, token }, reader)}`
    : html`<p class="note">${say('这里没有模拟环境, 不能从页面调用。运行 npm start 后, 在自己的机器上调用。', 'There is no sandbox here, so that nothing can be called from this page. Run npm start and call it on your own machine.')}</p>`
  const tryOut = html`<h2 id="try-title">${say('试一试', 'Try it')}</h2>${problemsOf(wrong, reader)}${told}${form}`
  return view(c, {
    title: `${nameOf(operation, reader)} · ${operation.method} ${operation.path}`,
    isWide: true,
    status: status as 200,
    body: operationBody(operation, api, tryOut, reader),
  })
}
