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
import { tokenField } from '../frame/form-token.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import type { Needs } from '../needs.ts'
import { clock, dayAndMinute, fieldsIn, OUTCOME_WORDS, PURPOSE_WORDS, secondsUntil } from './counter-words.ts'

const PAGE_OF_SCANS = 20
const TITLE = ['身份码', 'Identity code'] as const

/** Routes for somebody who is logged in. */
export function codeRoutes({ deps }: Pick<Needs, 'deps'>): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/me/code', (c) => view(c, { title: c.get('reader').say(...TITLE), body: choose(c), nav: 'me' }))

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
    const reader = c.get('reader')
    const body = html`${state(code, c)}${scanList(items, reader)}`
    return view(c, { title: reader.say(...TITLE), body, nav: 'me', then })
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
    const reader = c.get('reader')
    const { say } = reader
    const title = say('谁扫过我的码', 'Who scanned my codes')
    return view(c, {
      title,
      nav: 'me',
      body: html`<h1>${title}</h1>
${items.length === 0 ? html`<p>${say('还没有人扫过。', 'Nobody has.')}</p>` : scanList(items, reader)}
${next === null ? '' : html`<p><a class="button plain" href="/me/scans?before=${next}">${say('更早的', 'Earlier')}</a></p>`}`,
    })
  })
  return app
}

/** One card a purpose, with what it lets the other side learn. */
function choose(c: Context<PortalEnv>): Html {
  const { loa } = personOf(c.get('actor'))
  const reader = c.get('reader')
  const { say } = reader
  const head = html`<h1>${say(...TITLE)}</h1>`
  if (loa < LOA_FOR_CODES)
    return html`${head}<p role="status" class="note">${say(`出示身份码需要实名等级 ${LOA_FOR_CODES}, 您现在是 ${loa}。请用等级更高的账号登录。`, `Codes need assurance level ${LOA_FOR_CODES}; your log-in has ${loa}. Log in with an account of a higher level.`)}</p>
<p><a class="button" href="/log-in?next=/me/code">${say('重新登录', 'Log in again')}</a></p>`
  return html`${head}<p>${say('一个码只用于一件事, 六十秒内有效, 只能扫一次。谁扫了, 您都能看到。', 'A code is for one purpose, lives for sixty seconds and works once. You see who scanned it.')}</p>
${PURPOSES.map(
  (purpose) =>
    html`<form class="card" method="post" action="/me/code">${tokenField(c)}<h2>${say(...PURPOSE_WORDS[purpose])}</h2><p>${say('对方将看到', 'The other side will see')}: ${fieldsIn(LEARNED[purpose], reader)}</p><p><button name="purpose" value="${purpose}">${say('出示身份码', 'Show the code')}</button></p></form>`,
)}`
}

/** A code as it is now: to be shown, or what became of it. */
function state(code: ShownCode, c: Context<PortalEnv>): Html {
  const { say } = c.get('reader')
  const head = html`<h1>${say(...PURPOSE_WORDS[code.purpose])}</h1>`
  const over = (words: string) =>
    html`${head}<p role="status" class="big">${words}</p><p><a class="button" href="/me/code">${say('再出示一个', 'Show a new one')}</a></p>`
  if (code.state === 'used')
    return html`${over(say('已被扫过, 不能再用。', 'It was scanned, and works no more.'))}${code.purpose === 'window' ? html`<p><a class="button" href="/me/at-window">${say('看窗口要为我办什么', 'See what the window would do for me')}</a></p>` : ''}`
  if (code.state === 'calledBack') return over(say('已收回。', 'It is called back.'))
  if (code.state === 'ended' || !code.code || !code.typedCode)
    return over(say('已过期。', 'Its minute is over.'))
  const until = clock(code.until)
  return html`${head}<div class="code" role="img" aria-label="${say('身份码二维码, 供对方扫描', 'QR code to be scanned')}">${raw(renderSVG(code.code, { border: 4, pixelSize: 1 }))}</div>
<p class="centred">${say('没有摄像头时, 请对方输入', 'Without a camera, these digits:')}</p><p class="digits">${code.typedCode}</p>
<p class="centred">${say(html`<strong>${until}</strong> 之前有效`, html`valid until <strong>${until}</strong>`)}</p>
<div class="row"><form method="post" action="/me/code/${code.id}/call-back">${tokenField(c)}<button class="danger">${say('收回', 'Call back')}</button></form><a class="button plain" href="/me/code/${code.id}">${say('看看扫了没有', 'Look again')}</a></div>`
}

/** Who scanned, when, for what, which fields, with which outcome. */
const scanList = (scans: readonly ShownScan[], reader: Reader): Html => {
  const { say, name } = reader
  return html`${scans.map(
    (scan) =>
      html`<section class="card"><h2>${name({ zh: scan.client.name })}</h2><dl><dt>${say('时间', 'When')}</dt><dd>${dayAndMinute(scan.at)}</dd><dt>${say('用途', 'For')}</dt><dd>${say(...PURPOSE_WORDS[scan.purpose])}</dd><dt>${say('结果', 'Outcome')}</dt><dd>${say(...OUTCOME_WORDS[scan.outcome])}</dd>${scan.fields.length > 0 ? html`<dt>${say('得知', 'Learned')}</dt><dd>${fieldsIn(scan.fields, reader)}</dd>` : ''}</dl></section>`,
  )}`
}
