/** The pages of a log-out that a client has asked for. They fetch nothing from elsewhere: the server's own load letters abroad. */
import type { KoaContextWithOIDC } from 'oidc-provider'

const page = (title: string, body: string): string => `<!doctype html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title} · 长三角政务服务</title>
<style>:root{color-scheme:light dark}body{margin:0 auto;max-width:40rem;padding:1.25rem;font:1.0625rem/1.65 system-ui,sans-serif}h1{font-size:1.5rem}button{font:inherit;min-height:2.75rem;padding:.5rem 1.1rem;margin-right:.75rem}</style></head>
<body><main>${body}</main></body></html>`

/** Asks whether to log out everywhere. @param form the server's form, with its secret in it */
export function logOutPage(ctx: KoaContextWithOIDC, form: string): void {
  ctx.set('cache-control', 'no-store')
  ctx.body = page(
    '退出登录',
    `<h1>您要退出登录吗? <span lang="en">Do you want to log out?</span></h1>
<p>您将在本站和所有用本站登录的应用中退出。<br><span lang="en">You will be logged out here and in every application in which you logged in through us.</span></p>
${form}<button type="submit" form="op.logoutForm" value="yes" name="logout">退出 Log out</button><button type="submit" form="op.logoutForm">不退出 Stay</button>`,
  )
}

/** Says that it is done, where the client has named no page of its own. */
export const logOutDone = (ctx: KoaContextWithOIDC): void => ctx.redirect('/logged-out')
