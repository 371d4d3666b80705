/** A child's consent: the codes that the child hands on, and the page where a guardian reads the words and agrees. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Given } from '../../federation/consent/consents.ts'
import { agreeAsGuardian, type GuardianAsked, readForGuardian } from '../../federation/consent/guardians.ts'
import type { Deps } from '../../federation/deps.ts'
import type { Consent } from '../../schemas/consent.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import { minuteOf } from './holding-words.ts'

const PATH = '/me/consents/guardian'
const TITLE = ['监护人同意', 'Guardian’s consent'] as const

/** Routes for somebody who is logged in: the guardian, with an own account. */
export function guardianRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  const show = async (code: string, isUnticked: boolean, c: Context<PortalEnv>) => {
    const asked = await readForGuardian(code, c.get('actor'), deps)
    return view(c, {
      title: c.get('reader').say(...TITLE),
      body: words(asked, code, isUnticked, c),
      nav: 'me',
      status: isUnticked ? 422 : 200,
    })
  }

  app.get(PATH, (c) => {
    const code = c.req.query('code')?.trim()
    const reader = c.get('reader')
    return code
      ? show(code, false, c)
      : view(c, { title: reader.say(...TITLE), body: asking(reader), nav: 'me' })
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

const asking = ({ say }: Reader): Html => html`<h1>${say(...TITLE)}</h1>
<p>${say('未满十四周岁的孩子交出照片或证照, 需要监护人同意。请输入孩子那边显示的同意码。', 'For a child below fourteen a guardian agrees. Enter the code that the child was shown.')}</p>
<form method="get" action="${PATH}"><label for="code">${say('同意码', 'Code')}</label><input id="code" name="code" required maxlength="100" autocomplete="off" autocapitalize="none" spellcheck="false"><p><button>${say('查看', 'Look')}</button></p></form>`

function words({ wording }: GuardianAsked, code: string, isUnticked: boolean, c: Context<PortalEnv>): Html {
  const { say } = c.get('reader')
  return html`<h1>${say(...TITLE)}</h1>
<form class="card consent" method="post" action="${PATH}">${tokenField(c)}<input type="hidden" name="code" value="${code}"><input type="hidden" name="digest" value="${wording.digest}">
<p class="words" id="words">${say(wording.zh, wording.en)}</p>
${isUnticked ? html`<p class="fault" role="alert" id="unticked">${say('请先勾选; 不同意就关闭这一页。', 'Tick first, or close the page to refuse.')}</p>` : ''}
<label class="choice"><input type="checkbox" name="agree" value="yes" aria-describedby="${isUnticked ? 'unticked ' : ''}words"${isUnticked ? html` aria-invalid="true"` : ''}><span>${say('我是监护人, 我同意以上内容', 'I am the guardian and I agree')}</span></label>
<p><button>${say('同意', 'Agree')}</button></p></form>
<p class="quiet">${say('同意后可以随时在“同意”里撤回。不同意不用做什么。', 'You can withdraw at any time under “Consents”. To refuse, do nothing.')}</p>`
}

const KINDS: Readonly<Record<Consent['kind'], readonly [zh: string, en: string]>> = {
  photo: ['照片', 'Photos'],
  licence: ['电子证照', 'Licences'],
}

/** The codes, shown this once. @param back where the child sees what became of it */
export const guardianCodes = (given: readonly Given[], back: string, { say }: Reader): Html =>
  html`<h1>${say('请监护人同意', 'Ask the guardian')}</h1>
<p>${say('请把链接交给监护人, 用监护人自己的账号登录后打开; 或者在“同意”页输入同意码。', 'Give the link to the guardian, who opens it with an own log-in, or types the code under “Consents”.')}</p>
${given.map(({ guardian, consent }) => (guardian ? html`<section class="card"><h2>${say(...KINDS[consent.kind])}</h2><dl><dt>${say('同意码', 'Code')}</dt><dd><code>${guardian.code}</code></dd><dt>${say('链接', 'Link')}</dt><dd><a href="${guardian.link}">${guardian.link}</a></dd><dt>${say('有效至', 'Until')}</dt><dd>${minuteOf(guardian.expiresAt)}, ${say('只能用一次', 'works once')}</dd></dl></section>` : ''))}
<p class="quiet">${say('同意码只显示这一次。', 'The codes are shown this once.')}</p>
<p><a class="button" href="${back}">${say('监护人同意后, 从这里继续', 'After the guardian agreed, go on from here')}</a></p>`
