/** A child's consent: the codes that the child hands on, and the page where a guardian reads the words and agrees. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Given } from '../../federation/consent/consents.ts'
import { agreeAsGuardian, type GuardianAsked, readForGuardian } from '../../federation/consent/guardians.ts'
import type { Deps } from '../../federation/deps.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import { en, type Html, page } from '../frame/frame.ts'
import { minuteOf } from './holding-words.ts'

const PATH = '/me/consents/guardian'
const TITLE = '监护人同意'

/** Routes for somebody who is logged in: the guardian, with an own account. */
export function guardianRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  const show = async (code: string, isUnticked: boolean, c: Context<PortalEnv>) => {
    const asked = await readForGuardian(code, c.get('actor'), deps)
    return c.html(page(TITLE, words(asked, code, isUnticked, c), true), isUnticked ? 422 : 200)
  }

  app.get(PATH, (c) => {
    const code = c.req.query('code')?.trim()
    return code ? show(code, false, c) : c.html(page(TITLE, asking, true))
  })

  app.post(PATH, async (c) => {
    const form = await c.req.formData()
    const [code, digest] = [String(form.get('code') ?? ''), String(form.get('digest') ?? '')]
    if (form.get('agree') !== 'yes') return show(code, true, c)
    await agreeAsGuardian({ code, digest }, c.get('actor'), deps)
    return c.redirect('/me/consents', 303)
  })
  return app
}

const asking = html`<h1>监护人同意 ${en('Guardian’s consent')}</h1>
<p>未满十四周岁的孩子交出照片或证照, 需要监护人同意。请输入孩子那边显示的同意码。<br>${en('For a child below fourteen a guardian agrees. Enter the code that the child was shown.')}</p>
<form method="get" action="${PATH}"><label for="code">同意码 ${en('Code')}</label><input id="code" name="code" required maxlength="100" autocomplete="off" autocapitalize="none" spellcheck="false"><p><button>查看 Look</button></p></form>`

const words = ({ wording }: GuardianAsked, code: string, isUnticked: boolean, c: Context<PortalEnv>): Html =>
  html`<h1>监护人同意 ${en('Guardian’s consent')}</h1>
<form class="card consent" method="post" action="${PATH}">${tokenField(c)}<input type="hidden" name="code" value="${code}"><input type="hidden" name="digest" value="${wording.digest}">
<p class="words" id="words">${wording.zh}</p><details><summary lang="en">In English</summary><p class="words" lang="en">${wording.en}</p></details>
${isUnticked ? html`<p class="fault" role="alert">请先勾选; 不同意就关闭这一页。 ${en('Tick first, or close the page to refuse.')}</p>` : ''}
<label class="choice"><input type="checkbox" name="agree" value="yes" aria-describedby="words"><span>我是监护人, 我同意以上内容 ${en('I am the guardian and I agree')}</span></label>
<button>同意 Agree</button></form>
<p class="quiet">同意后可以随时在“同意”里撤回。不同意不用做什么。 <span lang="en">You can withdraw at any time. To refuse, do nothing.</span></p>`

const KINDS = { photo: '照片', licence: '电子证照' } as const

/** The codes, shown this once. @param back where the child sees what became of it */
export const guardianCodes = (given: readonly Given[], back: string): Html =>
  html`<h1>请监护人同意 ${en('Ask the guardian')}</h1>
<p>请把链接交给监护人, 用监护人自己的账号登录后打开; 或者在“同意”页输入同意码。<br>${en('Give the link to the guardian, who opens it with an own log-in.')}</p>
${given.map(({ guardian, consent }) => (guardian ? html`<section class="card"><h2>${KINDS[consent.kind]}</h2><dl><dt>同意码</dt><dd><code>${guardian.code}</code></dd><dt>链接</dt><dd><a href="${guardian.link}">${guardian.link}</a></dd><dt>有效至</dt><dd>${minuteOf(guardian.expiresAt)}, 只能用一次</dd></dl></section>` : ''))}
<p class="quiet">同意码只显示这一次。 <span lang="en">The codes are shown this once.</span></p>
<p><a class="button" href="${back}">监护人同意后, 从这里继续 ${en('Go on after that')}</a></p>`
