/** 身份码: the resident chooses a purpose, shows the code for a minute, calls it back, and sees who scanned. */
import { type Context, Hono } from 'hono'
import { html, raw } from 'hono/html'
import { renderSVG } from 'uqr'
import { GatewayError } from '../../errors.ts'
import { callBack, makeCode, readCode, type ShownCode } from '../../federation/identity/codes.ts'
import { personOf } from '../../federation/identity/principal.ts'
import { isPurpose, LEARNED, LOA_FOR_CODES, PURPOSES } from '../../federation/identity/purposes.ts'
import { listScans, type ShownScan } from '../../federation/identity/scans.ts'
import type { PortalEnv } from '../env.ts'
import { en, type Html, page } from '../frame/frame.ts'
import type { Needs } from '../needs.ts'
import {
  both,
  clock,
  dayAndMinute,
  fieldsIn,
  OUTCOME_WORDS,
  PURPOSE_WORDS,
  secondsUntil,
} from './counter-words.ts'

const PAGE_OF_SCANS = 20

/** Routes for somebody who is logged in. */
export function codeRoutes({ deps }: Pick<Needs, 'deps'>): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/me/code', (c) => c.html(page('身份码', choose(c), true)))

  app.post('/me/code', async (c) => {
    const { purpose } = await c.req.parseBody()
    if (!isPurpose(purpose)) throw new GatewayError('PARAMETER_INVALID', { parameter: 'purpose' })
    const { id } = await makeCode(purpose, c.get('actor'), deps)
    return c.redirect(`/me/code/${id}`, 303)
  })

  app.get('/me/code/:id', async (c) => {
    const code = await readCode(c.req.param('id'), c.get('actor'), deps)
    const { items } = await listScans({ limit: PAGE_OF_SCANS, codeId: code.id }, c.get('actor'), deps)
    // When the minute is over the browser asks again, and is told what became of the code.
    const then =
      code.state === 'open'
        ? { seconds: secondsUntil(code.until, deps.now()), path: `/me/code/${code.id}` }
        : undefined
    return c.html(page('身份码', html`${state(code, c)}${scanList(items)}`, true, { then }))
  })

  app.post('/me/code/:id/call-back', async (c) => {
    const { id } = await callBack(c.req.param('id'), c.get('actor'), deps)
    return c.redirect(`/me/code/${id}`, 303)
  })

  app.get('/me/scans', async (c) => {
    const before = Number(c.req.query('before') ?? Number.NaN)
    const { items, next } = await listScans(
      { limit: PAGE_OF_SCANS, before: Number.isSafeInteger(before) ? before : undefined },
      c.get('actor'),
      deps,
    )
    return c.html(
      page(
        '谁扫过我的码',
        html`<h1>谁扫过我的码 ${en('Who scanned my codes')}</h1>
${items.length === 0 ? html`<p>还没有人扫过。 ${en('Nobody has.')}</p>` : scanList(items)}
${next === null ? '' : html`<p><a class="button plain" href="/me/scans?before=${next}">更早的 ${en('Earlier')}</a></p>`}`,
        true,
      ),
    )
  })
  return app
}

const formToken = (c: Context<PortalEnv>) =>
  html`<input type="hidden" name="token" value="${c.get('formToken')}">`

/** One card a purpose, with what it lets the other side learn. */
function choose(c: Context<PortalEnv>): Html {
  const { loa } = personOf(c.get('actor'))
  const head = html`<h1>身份码 ${en('Identity code')}</h1>`
  if (loa < LOA_FOR_CODES)
    return html`${head}<p role="status">出示身份码需要实名等级 ${LOA_FOR_CODES}, 您现在是 ${loa}。请用等级更高的账号登录。<br>${en(`Codes need assurance level ${LOA_FOR_CODES}; your log-in has ${loa}.`)}</p>
<p><a class="button" href="/log-in?next=/me/code">重新登录 ${en('Log in again')}</a></p>`
  return html`${head}<p>一个码只用于一件事, 六十秒内有效, 只能扫一次。谁扫了, 您都能看到。<br>${en('A code is for one purpose, lives for sixty seconds and works once. You see who scanned it.')}</p>
${PURPOSES.map(
  (purpose) =>
    html`<form class="card" method="post" action="/me/code">${formToken(c)}<h2>${both(PURPOSE_WORDS[purpose])}</h2><p>对方将看到: ${fieldsIn(LEARNED[purpose])}</p><button name="purpose" value="${purpose}">出示身份码 Show the code</button></form>`,
)}`
}

/** A code as it is now: to be shown, or what became of it. */
function state(code: ShownCode, c: Context<PortalEnv>): Html {
  const head = html`<h1>${both(PURPOSE_WORDS[code.purpose])}</h1>`
  const again = html`<p><a class="button" href="/me/code">再出示一个 ${en('Show a new one')}</a></p>`
  if (code.state === 'used')
    return html`${head}<p role="status" class="big">已被扫过, 不能再用。 ${en('It was scanned, and works no more.')}</p>${again}`
  if (code.state === 'calledBack')
    return html`${head}<p role="status" class="big">已收回。 ${en('It is called back.')}</p>${again}`
  if (code.state === 'ended' || !code.code || !code.typedCode)
    return html`${head}<p role="status" class="big">已过期。 ${en('Its minute is over.')}</p>${again}`
  return html`${head}<div class="code" role="img" aria-label="身份码二维码, 供对方扫描 · QR code to be scanned">${raw(renderSVG(code.code, { border: 4, pixelSize: 1 }))}</div>
<p style="text-align:center">没有摄像头时, 请对方输入 ${en('Without a camera, these digits:')}</p><p class="digits">${code.typedCode}</p>
<p style="text-align:center"><strong>${clock(code.until)}</strong> 之前有效 ${en(`valid until ${clock(code.until)}`)}</p>
<div class="row"><form method="post" action="/me/code/${code.id}/call-back">${formToken(c)}<button class="danger">收回 Call back</button></form><a class="button plain" href="/me/code/${code.id}">看看扫了没有 ${en('Look again')}</a></div>`
}

/** Who scanned, when, for what, which fields, with which outcome. */
const scanList = (scans: readonly ShownScan[]): Html =>
  html`${scans.map(
    (scan) =>
      html`<section class="card"><h2>${scan.client.name}</h2><dl><dt>时间 When</dt><dd>${dayAndMinute(scan.at)}</dd><dt>用途 For</dt><dd>${both(PURPOSE_WORDS[scan.purpose])}</dd><dt>结果 Outcome</dt><dd>${both(OUTCOME_WORDS[scan.outcome])}</dd>${scan.fields.length > 0 ? html`<dt>得知 Learned</dt><dd>${fieldsIn(scan.fields)}</dd>` : ''}</dl></section>`,
  )}`
