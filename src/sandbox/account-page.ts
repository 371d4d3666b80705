/** The log-in page of a simulated region: one plain link per account, and one to give up. */
import { html } from 'hono/html'
import type { SimulatedAccount } from './simulated.ts'

/** One account, and where a click on it leads. */
export interface AccountLink extends SimulatedAccount {
  readonly href: string
}

interface AccountPage {
  readonly region: { readonly zh: string; readonly en: string }
  readonly accounts: readonly AccountLink[]
  /** Where the browser goes when the person gives up. */
  readonly giveUp: string
}

// Without quotes, which the page would escape.
const style = `body{margin:0 auto;max-width:34rem;padding:1rem;font:1rem/1.6 system-ui,Noto Sans CJK SC,PingFang SC,Microsoft YaHei,sans-serif;color:#1d2733;background:#fbfaf7}
h1{font-size:1.375rem;margin:.75rem 0}h2{font-size:1.0625rem;margin:1.5rem 0 .5rem}.quiet{color:#5b6673;font-size:.875rem}.note{margin:0;padding:.6rem .75rem;border-left:.25rem solid #b7791f;background:#f6efdf}
ul{list-style:none;margin:0;padding:0}a{display:block;margin:.5rem 0;padding:.65rem .75rem;border:1px solid #cfc7b6;border-radius:.375rem;background:#fff;color:#1d2733;text-decoration:none;overflow-wrap:anywhere}
a:hover,a:focus{border-color:#14508c;outline:.125rem solid #14508c}a strong{color:#14508c}.back{background:none}`

const frame = (title: string, body: unknown) =>
  html`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${style}</style></head><body><main>
<p class="note">这是模拟地区, 页面上的人员和企业全部虚构。<br><span class="quiet" lang="en">This is a simulated region. All persons and firms are made up.</span></p>
${body}</main></body></html>`

const answerWith = async (status: number, page: ReturnType<typeof frame>): Promise<Response> =>
  new Response(String(await page), {
    status,
    headers: { 'Content-Type': 'text/html; charset=UTF-8', 'Cache-Control': 'no-store' },
  })

const listOf = (zh: string, en: string, links: readonly AccountLink[]) =>
  links.length === 0
    ? ''
    : html`<h2>${zh} <span class="quiet" lang="en">${en}</span></h2><ul>${links.map(
        (one) =>
          html`<li><a href="${one.href}"><strong>${one.name}</strong><br><span class="quiet">实名等级 ${one.level}${one.note ? ` · ${one.note}` : ''}</span></a></li>`,
      )}</ul>`

/** The page, HTTP 200. */
export function accountPage({ region, accounts, giveUp }: AccountPage): Promise<Response> {
  const of = (kind: SimulatedAccount['kind']) => accounts.filter((one) => one.kind === kind)
  return answerWith(
    200,
    frame(
      `${region.zh}统一身份认证 (模拟)`,
      html`<h1>${region.zh}统一身份认证 <span class="quiet" lang="en">${region.en} log-in</span></h1>
<p>请选择登录的账号。 <span class="quiet" lang="en">Choose who logs in.</span></p>
${listOf('个人', 'Persons', of('person'))}${listOf('法人', 'Organisations', of('organisation'))}
<a class="back" href="${giveUp}">放弃登录 <span class="quiet" lang="en">Give up</span></a>`,
    ),
  )
}

/** The page for an address that the region does not take, HTTP 400. */
export const brokenLogIn = (): Promise<Response> =>
  answerWith(
    400,
    frame(
      '无法登录',
      html`<h1>无法登录 <span class="quiet" lang="en">Log-in is not possible</span></h1>
<p>登录地址不正确, 请返回原网站重试。 <span class="quiet" lang="en">The address of this page is not right. Please go back and try again.</span></p>`,
    ),
  )

/** Sends the browser on. */
export const sendTo = (location: string): Response =>
  new Response(null, { status: 302, headers: { Location: location, 'Cache-Control': 'no-store' } })
