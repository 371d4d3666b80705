/** 主动服务: services that fit, each with the rule and the fact by which it is shown; agreed to first, switched off one by one or altogether. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { agreeToServices, type Choices, endServices, hideService } from '../../federation/services/choices.ts'
import { type Fitting, readFitting } from '../../federation/services/read-fitting.ts'
import { WORDINGS } from '../../federation/services/rules.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import { type Html, view } from '../frame/view.ts'
import { rulesList, serviceCard, switchedOff } from './service-parts.ts'

const HERE = '/me/services'

/** Routes for somebody who is logged in. */
export function serviceRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get(HERE, async (c) => {
    const { say } = c.get('reader')
    const title = say('适合我的服务', 'Services that fit')
    const fitting = await readFitting(c.get('actor'), deps).catch(tooLow)
    return view(c, {
      title,
      nav: 'me',
      body: html`<h1>${title}</h1>${fitting ? bodyOf(fitting, c) : html`<p class="note">${say('用实名等级更高的账号登录后, 才能使用这项功能。', 'Log in with an account of a higher assurance level to use this.')}</p>`}`,
    })
  })

  app.post(`${HERE}/agree`, async (c) => {
    const { digest } = await c.req.parseBody()
    await agreeToServices(String(digest ?? ''), c.get('actor'), deps)
    return c.redirect(HERE, 303)
  })
  app.post(`${HERE}/end`, async (c) => {
    await endServices(c.get('actor'), deps)
    return c.redirect(HERE, 303)
  })
  for (const [path, isHidden] of [
    ['hide', true],
    ['show', false],
  ] as const)
    app.post(`${HERE}/${path}`, async (c) => {
      const { key } = await c.req.parseBody()
      await hideService(String(key ?? ''), isHidden, c.get('actor'), deps)
      return c.redirect(HERE, 303)
    })
  return app
}

function tooLow(error: unknown): undefined {
  if (!(error instanceof GatewayError) || error.code !== 'ASSURANCE_TOO_LOW') throw error
}

function bodyOf({ choices, services }: Fitting, c: Context<PortalEnv>): Html {
  const { say } = c.get('reader')
  const { state } = choices
  if (state === 'child')
    return html`<p class="note">${say('未满 14 周岁不使用这项功能, 也不会读取您的资料。', 'This is not used for anybody below fourteen, and nothing of yours is read.')}</p>`
  if (state !== 'on') return asked(choices, c)
  return html`<p>${say('按您同意的规则显示; 是否办理由您决定。', 'Shown by rules that you agreed to; whether you apply is up to you.')} <a class="extra" href="/me/accesses?own=show">${say('每次使用都有记录', 'Each use is recorded')}</a></p>
${
  services.length === 0
    ? html`<p class="card">${say('目前没有特别要向您推荐的。要办事, 随时可以到', 'There is nothing in particular at the moment. Whatever you need, you find it under')} <a href="/">${say('办事', 'Services')}</a>${say('里查找。', '.')}</p>`
    : services.map((one) => serviceCard(one, c))
}
${switchedOff(choices, c)}
<details><summary>${say('看看有哪些规则', 'See the rules')}</summary>${rulesList(choices, c)}</details>
<form method="post" action="${HERE}/end">${tokenField(c)}<p><button class="danger">${say('全部关闭', 'Switch all of it off')}</button></p><p class="hint">${say('关闭后立即停止使用您的资料, 不影响办任何事。', 'Your data are no longer used from that moment on; nothing that you apply for suffers.')}</p></form>`
}

/** Without consent: what it is, by which rules, in which words one agrees, and the button. */
function asked(choices: Choices, c: Context<PortalEnv>): Html {
  const { say } = c.get('reader')
  const wording = WORDINGS[choices.audience]
  return html`${choices.state === 'changed' ? html`<p class="note">${say('规则或说明有了变化, 在您重新同意之前不使用您的资料。', 'The rules or the words have changed; nothing of yours is used until you agree again.')}</p>` : ''}
<p>${say('有些事到了时候就该办, 比如证件快到期。您同意后, 我们按下面的规则提醒您; 不同意也不影响办任何事。', 'Some things fall due by themselves, such as a licence that ends. If you agree, we tell you by the rules below; if not, nothing that you apply for suffers.')}</p>
<h2>${say('有哪些规则', 'The rules')}</h2>${rulesList(choices, c)}
<h2>${say('您将同意的内容', 'What you would agree to')}</h2>
<form class="card" method="post" action="${HERE}/agree">${tokenField(c)}<input type="hidden" name="digest" value="${wording.digest}"><p>${say(wording.zh, wording.en)}</p><p class="quiet extra">${say('版本', 'Version')} ${wording.version}</p><p><button>${say('同意并显示', 'Agree and show them')}</button></p></form>`
}
