/** The desk as a clerk finds it in the morning: the next person, and what is in hand. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { LIMITS } from '../../config.ts'
import { GatewayError, PROBLEMS } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { newDeskCaseId, takeIn } from '../../federation/desk/take-in.ts'
import type { DeskCaseRow } from '../../store/index.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import { type Html, view } from '../frame/view.ts'
import { clerkActor } from './guard.ts'
import { cityWord, dayAndMinute, problemBox } from './words.ts'

/** A token of a QR code is shorter, and digits are ten. */
const MOST_CHARACTERS = 1_024

export function homeRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  app.get('/desk', (c) => home(c, deps))

  app.post('/desk/cases', async (c) => {
    const { code, id } = await c.req.parseBody()
    const asked = { id: String(id ?? ''), code: String(code ?? '').slice(0, MOST_CHARACTERS) }
    try {
      const opened = await takeIn(asked, c.get('atDesk'), clerkActor(c), deps)
      return c.redirect(`/desk/cases/${opened}`, 303)
    } catch (error) {
      if (!(error instanceof GatewayError) || PROBLEMS[error.code].status >= 500) throw error
      return home(c, deps, error)
    }
  })
  return app
}

async function home(c: Context<PortalEnv>, deps: Deps, error?: GatewayError) {
  const { say } = c.get('reader')
  const { clerk, client } = c.get('atDesk')
  const [rows, retyped] = await Promise.all([
    deps.store.deskCases.ofClient(clerk.clientId, LIMITS.deskCasesShown),
    deps.store.deskCases.retypedOf(clerk.clientId),
  ])
  const open = rows.filter(({ state }) => state === 'open')
  return view(c, {
    title: say('工作台', 'Desk'),
    nav: 'desk',
    scripts: ['scan.js'],
    status: error ? (PROBLEMS[error.code].status as 422) : 200,
    body: html`<h1>${say('跨省通办专窗', 'Cross-province window')}</h1><p class="quiet" lang="zh-CN">${client.name} · ${clerk.name}</p>
${error ? problemBox(error, c.get('reader')) : ''}
<section class="card"><h2>${say('下一位', 'The next person')}</h2>${scanForm(c, deps)}</section>
<dl class="figures"><div><dt>${say('正在办', 'In hand')}</dt><dd>${open.length}</dd></div><div><dt>${say('已提交', 'Handed over')}</dt><dd>${rows.length - open.length}</dd></div><div><dt>${say('重复填写的项', 'Fields typed again')}</dt><dd id="retyped">${retyped}</dd></div></dl>
${caseList(say('正在办', 'In hand'), open, c)}
${caseList(
  say('已提交', 'Handed over'),
  rows.filter(({ state }) => state !== 'open'),
  c,
)}
<form method="post" action="/desk/log-out">${tokenField(c)}<p><button class="plain">${say('退出', 'Log out')}</button></p></form>`,
  })
}

/** The field for a code; the script adds a camera where the browser can read codes by itself. */
function scanForm(c: Context<PortalEnv>, { now }: Deps): Html {
  const { say } = c.get('reader')
  return html`<form method="post" action="/desk/cases" id="scan">${tokenField(c)}<input type="hidden" name="id" value="${newDeskCaseId(now())}">
<label for="code">${say('请本人出示“窗口办事”身份码, 扫码或输入十位数字', 'Ask for the person’s code “At a service window”; scan it or type its ten digits')}</label>
<input id="code" name="code" class="big" inputmode="numeric" autocomplete="off" autocapitalize="off" spellcheck="false" maxlength="${MOST_CHARACTERS}" required>
<div class="row"><button>${say('核验并收件', 'Verify and begin')}</button><button type="button" id="camera" class="plain" hidden>${say('用摄像头扫', 'Camera')}</button></div></form>
<div id="view" hidden><video id="video" muted playsinline></video><p role="status" id="told" data-failed="${say('摄像头不可用, 请输入数字。', 'The camera cannot be used; type the digits.')}">${say('对准二维码', 'Point it at the code')}</p></div>`
}

/** Cases by number and day: no name stands on a screen that everybody walks past. */
function caseList(title: string, rows: readonly DeskCaseRow[], c: Context<PortalEnv>): Html {
  const reader = c.get('reader')
  const { say } = reader
  if (rows.length === 0) return html``
  return html`<h2>${title}</h2><ul class="plainlist">${rows.map(
    (row) =>
      html`<li><a href="/desk/cases/${row.id}">${say('收件', 'Case')} ${row.id.slice(-8)}</a> <span class="quiet">${cityWord(row.division, reader)} ${dayAndMinute(row.changedAt)}</span></li>`,
  )}</ul>`
}
