/** Who I am here, with which accounts, and where I am logged in. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { contentOf } from '../../federation/identity/persons.ts'
import { personOf } from '../../federation/identity/principal.ts'
import { sessionsOf } from '../../federation/identity/sessions.ts'
import type { RegionId } from '../../schemas/common.ts'
import { REGIONS } from '../../schemas/division.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { PortalEnv } from '../env.ts'
import { dropSession } from '../frame/cookies.ts'
import { en, page } from '../frame/frame.ts'
import type { Needs } from '../needs.ts'

const when = (at: Date) => formatInstant(at).slice(0, 16).replace('T', ' ')
const regionName = (id: string) => REGIONS.find((one) => one.id === id)?.zh ?? id

/** Where the region's own log-in ends; a region that has been taken out of the directory meanwhile keeps nobody here. */
function logOutAddress(region: RegionId, deps: Deps): string | undefined {
  const { adapters, isConnected, at } = deps.directory
  const place = adapters.find(({ id }) => id === region)?.place
  if (!place || !isConnected(region)) return undefined
  return at(place.division).logIn?.logOutAddress?.(`${deps.publicUrl}/logged-out`)
}

/** Routes for somebody who is logged in. */
export function sessionRoutes({ deps, logOut }: Needs): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/me', async (c) => {
    const principal = personOf(c.get('actor'))
    const own = await contentOf(principal.personId, deps)
    const firm = principal.organisationId ? await contentOf(principal.organisationId, deps) : undefined
    const accounts = await deps.store.people.accountsOf(principal.personId)
    const sessions = await sessionsOf(principal.personId, deps)
    const token = html`<input type="hidden" name="token" value="${c.get('formToken')}">`
    return c.html(
      page(
        '我的身份',
        html`<h1>${own.name}</h1>
${firm ? html`<p>正在代表 <strong>${firm.name}</strong> 办事 ${en('acting for this organisation')}</p>` : ''}
<p>实名等级 ${principal.loa} / 4 · ${regionName(principal.region)}登录 ${en(`assurance level ${principal.loa} of 4`)}</p>
<h2>关联的账号 ${en('Accounts')}</h2><ul>${accounts.map((one) => html`<li>${regionName(one.region)} · 等级 ${one.loa} · 最近登录 ${when(one.lastAt)}</li>`)}</ul>
<h2>登录中的设备 ${en('Where you are logged in')}</h2>
${sessions.map((one) => html`<form class="card row" method="post" action="/me/sessions/${one.handle}/end">${token}<span class="grow">${one.browser}<br><span class="quiet">${when(one.createdAt)} 登录 · ${when(one.usedAt)} 使用${one.id === c.get('session').row.id ? ' · 本机' : ''}</span></span><button class="danger">退出 End</button></form>`)}
<form method="post" action="/log-out">${token}<button class="plain">退出登录 Log out</button></form>`,
        true,
      ),
    )
  })

  app.post('/me/sessions/:handle/end', async (c) => {
    const { personId } = personOf(c.get('actor'))
    const ended = (await sessionsOf(personId, deps)).find((row) => row.handle === c.req.param('handle'))
    if (!ended) throw new GatewayError('NOT_FOUND', { subject: 'session' })
    await logOut(ended.authenticationId)
    return c.redirect('/me', 303)
  })

  app.post('/log-out', async (c) => {
    const { authentication } = c.get('session')
    await logOut(authentication.id)
    dropSession(c)
    // The region's own log-in ends too, where it offers that: on a shared computer the next person must not find it open.
    const { region } = personOf(c.get('actor'))
    return c.redirect(logOutAddress(region, deps) ?? '/logged-out', 303)
  })
  return app
}
