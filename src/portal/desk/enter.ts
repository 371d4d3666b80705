/** The clerk's way in: the link of the first day, the authenticator, and the code of every day. */
import { type Context, Hono } from 'hono'
import { html, raw } from 'hono/html'
import { renderSVG } from 'uqr'
import { GatewayError, PROBLEMS } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { clerkBehind, clerkOfDevice, enrol, keyToEnrol, logInClerk } from '../../federation/desk/enter.ts'
import { addHeaders } from '../../http/headers.ts'
import type { PortalEnv } from '../env.ts'
import { ensureBrowser } from '../frame/cookies.ts'
import { checkForm, formTokenOf } from '../frame/guard.ts'
import { safePath } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { deviceSecret, linkSecret, setEntered, setLink } from './cookies.ts'

const MOST_CHARACTERS = 20

export function clerkEnterRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  app.use('/desk/*', async (c, next) => {
    await next()
    addHeaders(c, [['cache-control', 'no-store']])
  })

  // Opening a link only says whose it is: previews of links open them too.
  app.get('/desk/enrol/:secret', async (c) => {
    const { clerk, client } = await clerkBehind(c.req.param('secret'), deps)
    const { say } = c.get('reader')
    return view(c, {
      title: say('专窗工作人员', 'Clerk of a window'),
      body: html`<h1>${client.name}</h1><p>${say('这个链接是给', 'This link is for')} <strong lang="zh-CN">${clerk.name}</strong>${say(' 的。', '.')}</p>
<p>${say('请在您自己工作用的电脑上打开, 并备好手机上的验证器应用。链接只能用一次。', 'Open it on the computer that you work at, with an authenticator app on your phone. It works once.')}</p>
<form method="post">${tokenOf(c)}<button>${say('是我, 开始设置', 'That is me: set it up')}</button></form>`,
    })
  })
  app.post('/desk/enrol/:secret', async (c) => {
    const secret = c.req.param('secret')
    await clerkBehind(secret, deps)
    await checkForm(c, formTokenOf(ensureBrowser(c)))
    setLink(c, secret)
    return c.redirect('/desk/enrol', 303)
  })

  app.get('/desk/enrol', (c) => enrolPage(c, deps))
  app.post('/desk/enrol', async (c) => {
    await checkForm(c, formTokenOf(ensureBrowser(c)))
    try {
      setEntered(c, await enrol(linkSecret(c) ?? '', await codeIn(c), deps))
    } catch (error) {
      return enrolPage(c, deps, tellable(error))
    }
    return c.redirect('/desk', 303)
  })

  app.get('/desk/log-in', (c) => logInPage(c, deps))
  app.post('/desk/log-in', async (c) => {
    await checkForm(c, formTokenOf(ensureBrowser(c)))
    const { next } = await c.req.parseBody()
    try {
      setEntered(c, await logInClerk(deviceSecret(c), await codeIn(c), deps))
    } catch (error) {
      return logInPage(c, deps, tellable(error))
    }
    return c.redirect(deskPath(String(next ?? '')), 303)
  })

  // Neutral: whoever passes the window reads nothing of the person before.
  app.get('/desk/away', (c) => {
    const { say } = c.get('reader')
    return view(c, {
      title: say('跨省通办专窗', 'Cross-province window'),
      body: html`<h1>${say('跨省通办专窗', 'Cross-province window')}</h1><p>${say('屏幕上的个人信息已收起, 填好的都在。', 'What stood here of a person is off the screen; all that was saved is kept.')}</p><p><a class="button" href="/desk">${say('继续工作', 'Go on')}</a></p>`,
    })
  })
  return app
}

/** A path of the desk, whatever was asked for. */
const deskPath = (next: string): string => {
  const path = safePath(next, '/desk')
  return path === '/desk' || path.startsWith('/desk/') ? path : '/desk'
}

const codeIn = async (c: Context<PortalEnv>): Promise<string> =>
  String((await c.req.parseBody())['code'] ?? '').slice(0, MOST_CHARACTERS)

/** A refusal that the form itself tells. */
function tellable(error: unknown): GatewayError {
  if (error instanceof GatewayError && (error.code === 'CLERK_CODE_WRONG' || error.code === 'CLERK_LOCKED'))
    return error
  throw error
}

const tokenOf = (c: Context<PortalEnv>): Html =>
  html`<input type="hidden" name="token" value="${formTokenOf(ensureBrowser(c))}">`

/** The field for the code, with what was wrong with the last one. */
function codeField(c: Context<PortalEnv>, error?: GatewayError): Html {
  const { say } = c.get('reader')
  const told = error && PROBLEMS[error.code]
  return html`${told ? html`<div class="problems" role="alert" tabindex="-1"><h2>${say(told.title.zh, told.title.en)}</h2><p>${say(`${told.fix.zh}。`, `${told.fix.en}.`)}</p></div>` : ''}
<label for="code">${say('验证器上的六位验证码', 'The six digits of the authenticator')}</label>
<input id="code" name="code" class="big" inputmode="numeric" autocomplete="one-time-code" maxlength="${MOST_CHARACTERS}" required autofocus${told ? html` aria-invalid="true"` : ''}>`
}

async function enrolPage(c: Context<PortalEnv>, deps: Deps, error?: GatewayError) {
  const { key, uri, clerk } = await keyToEnrol(linkSecret(c) ?? '', deps)
  const { say } = c.get('reader')
  return view(c, {
    title: say('设置验证器', 'Set up the authenticator'),
    status: error ? (PROBLEMS[error.code].status as 422) : 200,
    body: html`<h1>${say('设置验证器', 'Set up the authenticator')}</h1><p class="quiet" lang="zh-CN">${clerk.name}</p>
<ol><li>${say('用手机上的验证器应用扫描二维码。', 'Scan the code with the authenticator app of your phone.')}</li><li>${say('输入它显示的六位验证码。', 'Type the six digits that it shows.')}</li></ol>
<div class="code" role="img" aria-label="${say('验证器二维码', 'QR code for the authenticator')}">${raw(renderSVG(uri, { border: 4, pixelSize: 1 }))}</div>
<p>${say('不能扫码时, 在应用里手工输入密钥:', 'If it cannot be scanned, type this key into the app:')}<br><code>${key.replace(/(.{4})/g, '$1 ').trim()}</code></p>
<form method="post" action="/desk/enrol">${tokenOf(c)}${codeField(c, error)}<p><button>${say('确认并进入', 'Confirm and go in')}</button></p></form>
<p class="hint">${say('今后在这台电脑上, 只需输入验证码。换电脑或换手机, 请网关运维重发链接。', 'From now on this computer asks for the digits alone. For another computer or phone, ask the operators for a new link.')}</p>`,
  })
}

async function logInPage(c: Context<PortalEnv>, deps: Deps, error?: GatewayError) {
  const { say } = c.get('reader')
  const clerk = await clerkOfDevice(deviceSecret(c), deps)
  const title = say('专窗登录', 'Log in at the window')
  if (!clerk)
    return view(c, {
      title,
      status: 403,
      body: html`<h1>${title}</h1><p>${say('这台电脑还没有登记给哪位工作人员, 或者登记已到期、已撤销。请网关运维发给链接, 在这里打开。', 'This computer belongs to no clerk yet, or its time has ended. Ask the operators of the gateway for a link and open it here.')}</p>`,
    })
  const { next } = c.req.method === 'POST' ? await c.req.parseBody() : c.req.query()
  return view(c, {
    title,
    status: error ? (PROBLEMS[error.code].status as 422) : 200,
    body: html`<h1>${title}</h1><p><strong lang="zh-CN">${clerk.name}</strong></p>
<form method="post" action="/desk/log-in">${tokenOf(c)}<input type="hidden" name="next" value="${deskPath(String(next ?? ''))}">${codeField(c, error)}<p><button>${say('登录', 'Log in')}</button></p></form>`,
  })
}
