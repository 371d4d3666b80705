/** A simulated region's log-in page: one plain link for each account, readable on a narrow phone, and one to give up where a region has it. */
import { createHash } from 'node:crypto'
import { html, raw } from 'hono/html'
import type { SimulatedAccount } from './simulated.ts'

interface LogInPage {
  readonly region: { readonly zh: string; readonly en: string }
  readonly accounts: readonly SimulatedAccount[]
  /** Where a click on an account leads. */
  readonly hrefOf: (id: string) => string
  /** Where the browser goes when the person gives up; absent where the contract has no such link. */
  readonly giveUp?: string
}

// Without quotes, which the page would escape.
const style = `*{box-sizing:border-box}body{margin:0 auto;max-width:32rem;padding:1rem;font:1.0625rem/1.6 system-ui,Noto Sans CJK SC,PingFang SC,Microsoft YaHei,sans-serif;color:#1d2733;background:#fbfaf7}
h1{font-size:1.375rem;margin:1rem 0 .25rem}h2{font-size:1rem;margin:1.5rem 0 .25rem}.quiet,small{color:#56616d;font-size:.875rem}.notice{margin:0;padding:.5rem .75rem;border:1px solid #c9a24a;border-radius:.375rem;background:#fff6dd;font-size:.9375rem}
ul{list-style:none;margin:0;padding:0}li{padding:.25rem 0 .625rem;border-bottom:1px solid #e4ded2;overflow-wrap:anywhere}a{display:block;padding:.625rem 0 .125rem;color:#0b57a4;text-underline-offset:.2em}a:focus-visible{outline:3px solid #0b57a4;outline-offset:2px}small{display:block}`

/** The page stands alone in its region, so that its sheet is in it: its policy names the digest of that sheet, and allows nothing else. */
const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'; base-uri 'none'`

const frame = (title: string, body: unknown) =>
  html`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><style>${raw(style)}</style></head><body>
<p class="notice" role="note">模拟地区, 人员和证件全部虚构。 <span lang="en">A simulated region; all persons are made up.</span></p>
<main>${body}</main></body></html>`

const answered = async (status: number, page: ReturnType<typeof frame>): Promise<Response> =>
  new Response(String(await page), {
    status,
    // The links hold the gateway's state: no page before or after this one may learn it.
    headers: {
      'Content-Type': 'text/html; charset=UTF-8',
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'Content-Security-Policy': POLICY,
    },
  })

const GROUPS = [
  { kind: 'person', zh: '个人', en: 'Persons' },
  { kind: 'organisation', zh: '法人', en: 'Organisations' },
] as const

/** The page that lets a tester choose who logs in, HTTP 200. Between the tags of a link stands the name alone, as Zhejiang's contract has it. */
export function logInPage({ region, accounts, hrefOf, giveUp }: LogInPage): Promise<Response> {
  const groups = GROUPS.map((group) => ({
    ...group,
    of: accounts.filter(({ kind }) => kind === group.kind),
  })).filter(({ of }) => of.length > 0)
  return answered(
    200,
    frame(
      `登录 · ${region.zh}`,
      html`<h1>${region.zh}统一身份认证</h1><p class="quiet">选择一个测试账号即登录, 无需密码。 <span lang="en">${region.en}: choose a test account; no password is asked for.</span></p>
${groups.map(
  ({ zh, en, of }) =>
    html`<h2>${zh} <span class="quiet" lang="en">${en}</span></h2><ul>${of.map(
      ({ id, name, level, note }) =>
        html`<li><a href="${hrefOf(id)}">${name}</a><small>${[level && `实名等级 ${level}`, note].filter(Boolean).join(' · ')}</small></li>`,
    )}</ul>`,
)}${giveUp === undefined ? '' : html`<p><a href="${giveUp}">放弃登录 <span class="quiet" lang="en">Give up</span></a></p>`}`,
    ),
  )
}

/** The page of a request that cannot be answered. `wrong` names the parameter, never its value. */
export const refusalPage = (status: number, wrong: string): Promise<Response> =>
  answered(
    status,
    frame(
      '无法登录',
      html`<h1>无法登录</h1><p>请求的参数 <code>${wrong}</code> 缺失或不正确, 请回到原网站重试。</p><p class="quiet" lang="en">The parameter ${wrong} is missing or wrong. Go back and try again.</p>`,
    ),
  )

/** Sends the browser on. */
export const sendTo = (location: string): Response =>
  new Response(null, { status: 302, headers: { Location: location, 'Cache-Control': 'no-store' } })
