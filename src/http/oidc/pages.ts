/** What the authorization server itself shows to people. Its own pages load letters from abroad. */
import { html, raw } from 'hono/html'
import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider'
import { PROBLEMS } from '../../errors.ts'
import { shell } from '../plain.ts'

async function show(ctx: KoaContextWithOIDC, title: string, body: ReturnType<typeof html>): Promise<void> {
  ctx.set('cache-control', 'no-store')
  ctx.type = 'html'
  ctx.body = String(await shell(title, body))
}

/** Asks whether to log out everywhere. @param form the server's form, with its secret in it */
export const logOutPage = (ctx: KoaContextWithOIDC, form: string): Promise<void> =>
  show(
    ctx,
    '退出登录',
    html`<h1>您要退出登录吗? <span class="quiet" lang="en">Do you want to log out?</span></h1>
<p>您将在本站和所有用本站登录的应用中退出。<br><span class="quiet" lang="en">You will be logged out here and in every application in which you logged in through us.</span></p>
${raw(form)}<button type="submit" form="op.logoutForm" value="yes" name="logout">退出 Log out</button> <button type="submit" form="op.logoutForm">不退出 Stay</button>`,
  )

/** Says that it is done, where the client has named no page of its own. */
export const logOutDone = (ctx: KoaContextWithOIDC): void => ctx.redirect('/logged-out')

const CODE = 'AUTHORIZATION_REFUSED'

/** A request that cannot be answered at the client: a page for the person in front of it, a problem for a program. */
export async function refusalPage(ctx: KoaContextWithOIDC, out: ErrorOut): Promise<void> {
  const { title, fix } = PROBLEMS[CODE]
  const detail = [out.error, out.error_description].filter(Boolean).join(': ')
  if (ctx.accepts('html', 'json') === 'json') {
    ctx.type = 'application/problem+json'
    ctx.body = JSON.stringify({
      type: `/problems/${CODE}`,
      title: title.en,
      status: ctx.status,
      code: CODE,
      detail,
    })
    return
  }
  await show(
    ctx,
    title.zh,
    html`<h1>${title.zh} <span class="quiet" lang="en">${title.en}</span></h1>
<p>${fix.zh}。<br><span class="quiet" lang="en">${fix.en}.</span></p>
<p class="quiet">代码 <a href="/problems/${CODE}">${CODE}</a> · ${detail}</p>`,
  )
}
