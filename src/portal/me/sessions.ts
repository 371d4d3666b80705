/** Who I am here, with which accounts, and where I am logged in. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { contentOf } from '../../federation/identity/persons.ts'
import { personOf } from '../../federation/identity/principal.ts'
import { sessionsOf } from '../../federation/identity/sessions.ts'
import { formatInstant } from '../../schemas/instants.ts'
import { REGIONS, type RegionId } from '../../schemas/regions.ts'
import type { PortalEnv } from '../env.ts'
import { dropSession } from '../frame/cookies.ts'
import { tokenField } from '../frame/form-token.ts'
import { view } from '../frame/view.ts'
import type { Needs } from '../needs.ts'
import { needsMe, ways } from './home-parts.ts'

const when = (at: Date) => formatInstant(at).slice(0, 16).replace('T', ' ')
const regionOf = (id: string) => REGIONS.find((one) => one.id === id) ?? { zh: id }

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
    const [own, firm, accounts, sessions] = await Promise.all([
      contentOf(principal.personId, deps),
      principal.organisationId ? contentOf(principal.organisationId, deps) : undefined,
      deps.store.people.accountsOf(principal.personId),
      sessionsOf(principal.personId, deps),
    ])
    const leave = logOutAddress(principal.region, deps)
    if (leave) c.set('formTarget', new URL(leave).origin)
    const { say, name } = c.get('reader')
    const region = name(regionOf(principal.region))
    return view(c, {
      title: say('我的主页', 'My page'),
      nav: 'me',
      body: html`<h1>${firm ? firm.name : own.name}</h1>
${firm ? html`<p>${say(html`企业专属网页 · ${own.name} 正在代表 <strong>${firm.name}</strong> 办事`, html`The organisation’s page · <span lang="zh-CN">${own.name}</span> is acting for <strong>${firm.name}</strong>`)}</p>` : ''}
<p>${say('实名等级', 'Assurance level')} ${principal.loa} / 4 · ${say(html`${region}登录`, html`logged in with ${region}`)}</p>
${await needsMe(c, deps)}${ways(c.get('reader'))}
<section class="extra"><h2>${say('关联的账号', 'Accounts')}</h2><ul>${accounts.map((one) => html`<li>${name(regionOf(one.region))} · ${say('等级', 'level')} ${one.loa} · ${say('最近登录', 'last log-in')} ${when(one.lastAt)}</li>`)}</ul></section>
<h2>${say('登录中的设备', 'Where you are logged in')}</h2>
${sessions.map((one) => html`<form class="card row" method="post" action="/me/sessions/${one.handle}/end">${tokenField(c)}<span class="grow">${one.browser}<br><span class="quiet">${say(`${when(one.createdAt)} 登录 · ${when(one.usedAt)} 使用`, `logged in ${when(one.createdAt)} · used ${when(one.usedAt)}`)}${one.id === c.get('session').row.id ? say(' · 本机', ' · this device') : ''}</span></span><button class="danger">${say('退出', 'End')}</button></form>`)}
<form method="post" action="/log-out">${tokenField(c)}<p><button class="plain">${say('退出登录', 'Log out')}</button></p></form>`,
    })
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
