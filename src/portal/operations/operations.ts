/** The operations page and its door: a link lets one browser in, for some hours. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import { checkLink, openLink, operatorOf, revokeOperators } from '../../federation/operations/operators.ts'
import { readSnapshot } from '../../federation/operations/snapshot.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { PortalEnv } from '../env.ts'
import { browserName } from '../frame/browser-name.ts'
import { dropOperator, ensureBrowser, operatorSecret, setOperator } from '../frame/cookies.ts'
import { checkForm, formTokenOf } from '../frame/guard.ts'
import { view } from '../frame/view.ts'
import { snapshotParts } from './snapshot-parts.ts'

const REFRESH_SECONDS = 60
/** A secret is shorter; what is longer is none. */
const MOST_CHARACTERS = 100

export function operationRoutes(deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  app.use('/operations/*', async (c, next) => {
    c.header('cache-control', 'no-store')
    await next()
  })

  // Opening a link only shows what it does: previews of links open them too, and must not use it up.
  app.get('/operations/link/:secret', async (c) => {
    await checkLink(c.req.param('secret').slice(0, MOST_CHARACTERS), deps)
    const { say } = c.get('reader')
    const title = say('运维页面', 'Operations')
    return view(c, {
      title,
      body: html`<h1>${title}</h1><p>${say('让这台设备的浏览器查看运维页面, 最长八小时。链接只能用一次。', 'Let this browser see the operations page, for eight hours at most. The link can be used once.')}</p>
<form method="post"><input type="hidden" name="token" value="${formTokenOf(ensureBrowser(c))}"><p><button>${say('在这台设备上打开', 'Open it on this device')}</button></p></form>`,
    })
  })
  app.post('/operations/link/:secret', async (c) => {
    await checkForm(c, formTokenOf(ensureBrowser(c)))
    const { secret, until } = await openLink(
      c.req.param('secret').slice(0, MOST_CHARACTERS),
      browserName(c.req.header('user-agent')),
      deps,
    )
    setOperator(c, secret, until)
    return c.redirect('/operations', 303)
  })

  app.get('/operations', async (c) => {
    const secret = operatorSecret(c)
    const session = await operatorOf(secret, deps)
    if (!secret || !session) return closed(c)
    const reader = c.get('reader')
    const title = reader.say('运维', 'Operations')
    const then = { seconds: REFRESH_SECONDS, path: '/operations' }
    const until = formatInstant(session.until).slice(11, 16)
    return view(c, {
      title,
      isWide: true,
      then,
      body: html`<h1>${title}</h1>${snapshotParts(await readSnapshot(deps), reader)}
<h2>${reader.say('这台设备', 'This browser')}</h2><p>${reader.say(`由 ${session.account} 开通, ${until} 结束。`, `Let in by ${session.account}, until ${until}.`)} <a href="/figures">${reader.say('公开数据', 'Public figures')}</a></p>
<form method="post" action="/operations/leave"><input type="hidden" name="token" value="${formTokenOf(secret)}"><p><button class="plain">${reader.say('现在结束', 'End it now')}</button></p></form>`,
    })
  })
  app.post('/operations/leave', async (c) => {
    const secret = operatorSecret(c)
    const session = await operatorOf(secret, deps)
    if (!secret || !session) return closed(c)
    await checkForm(c, formTokenOf(secret))
    await revokeOperators(session.id, deps)
    dropOperator(c)
    return c.redirect('/operations', 303)
  })
  return app
}

function closed(c: Context<PortalEnv>) {
  const { say } = c.get('reader')
  const title = say('运维', 'Operations')
  return view(c, {
    title,
    status: 403,
    body: html`<h1>${title}</h1><p>${say('此页只给网关的运维人员看。请在网关所在机器上运行', 'This page is for those who operate the gateway. Run')} <code>delta operators link</code>${say(', 并在这里打开它给出的链接。', ' on its machine and open the link here.')}</p><p><a href="/figures">${say('公开数据', 'Public figures')}</a></p>`,
  })
}
