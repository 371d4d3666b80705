/** The log-in pages: one link for each region and kind of account, no script needed. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import type { AccountKind } from '../../adapters/kit/log-in.ts'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { logInOf } from '../../federation/identity/identify.ts'
import type { Interaction } from '../../federation/identity/interaction.ts'
import {
  endAuthentication,
  finishLogIn,
  regionOfShort,
  startLogIn,
} from '../../federation/identity/log-in.ts'
import { openSession, sessionOf } from '../../federation/identity/sessions.ts'
import { REGION_IDS, REGIONS, type Region, type RegionId } from '../../schemas/regions.ts'
import type { PortalEnv } from '../env.ts'
import { browserName } from '../frame/browser-name.ts'
import { browserSecret, ensureBrowser, sessionSecret, setSession } from '../frame/cookies.ts'
import { safeNext } from '../frame/guard.ts'
import type { Reader } from '../frame/reader.ts'
import { type Html, view } from '../frame/view.ts'
import type { Needs } from '../needs.ts'
import { askedBy, consentRoutes } from './consent.ts'

const knownRegion = (text: string): RegionId => {
  const region = REGION_IDS.find((id) => id === text)
  if (!region) throw new GatewayError('NOT_FOUND', { subject: 'region' })
  return region
}

export function logInRoutes({ deps, interactions, logOut, limit }: Needs): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()

  app.get('/log-in', (c) => choose(c, safeNext(c.req.query('next')), deps))

  app.get('/log-in/:region', limit, async (c) => {
    const region = knownRegion(c.req.param('region'))
    const kind: AccountKind = c.req.query('kind') === 'organisation' ? 'organisation' : 'person'
    const next = safeNext(c.req.query('next'))
    const address = await startLogIn({ region, kind, next, browserSecret: ensureBrowser(c) }, deps)
    c.header('cache-control', 'no-store')
    return c.redirect(address, 302)
  })

  app.get('/sso/:short/callback', async (c) => {
    const region = regionOfShort(c.req.param('short'), deps)
    if (!region) throw new GatewayError('NOT_FOUND', { subject: 'region' })
    const query = new URL(c.req.url).searchParams
    c.header('cache-control', 'no-store')
    const { authentication, next } = await finishLogIn(
      { region, query, browserSecret: browserSecret(c) },
      deps,
    )
    // The session before the log-in ends with it: whoever planted its cookie gains nothing.
    const before = await sessionOf(sessionSecret(c), deps)
    // A client's question that is under way stands on that session: its clients are told where the question is answered.
    const isAsked = next.startsWith('/oidc/interaction/')
    if (before)
      await (isAsked ? endAuthentication(before.authentication.id, deps) : logOut(before.authentication.id))
    setSession(c, await openSession(authentication, browserName(c.req.header('user-agent')), deps))
    return c.redirect(next, 303)
  })

  app.get('/oidc/interaction/:uid', async (c) => {
    const asked = await askedBy(c, interactions)
    c.header('cache-control', 'no-store')
    const session = await sessionOf(sessionSecret(c), deps)
    if (asked.prompt === 'login') {
      const { authentication } = session ?? {}
      const isEnough =
        authentication !== undefined &&
        authentication.loa >= asked.loa &&
        (asked.notBefore === undefined || authentication.at >= asked.notBefore)
      if (isEnough) return c.redirect(await interactions.loggedIn(c.env, authentication), 303)
      return choose(c, `/oidc/interaction/${asked.uid}`, deps, { asked, loa: authentication?.loa })
    }
    return c.redirect(`/oidc/interaction/${asked.uid}/consent`, 303)
  })
  app.route('/', consentRoutes({ deps, interactions }))
  return app
}

/** What the page for choosing says beside the regions: who asks, and which level the log-in has that is not enough. */
interface Asked {
  readonly asked: Interaction
  readonly loa: number | undefined
}

/** One card a region. Nothing is chosen for the person; whoever lives in Hefei and works in Shanghai has both. */
function choose(c: Context<PortalEnv>, next: string, deps: Deps, by?: Asked) {
  const { say } = c.get('reader')
  const goOn = encodeURIComponent(next)
  const offers = (region: RegionId) => {
    try {
      return logInOf(region, deps) !== undefined
    } catch {
      return false
    }
  }
  return view(c, {
    title: say('登录', 'Log in'),
    body: html`<h1>${say('用您所在地区的账号登录', 'Log in with your own region’s account')}</h1>
${by ? whoAsks(by, c.get('reader')) : ''}
<p>${say('无需注册。在本省平台登录一次, 四十一座城市通用。', 'No new account: one log-in is honoured in all 41 cities.')}</p>
${REGIONS.map((region) => regionCard(region, offers(region.id), goOn, c.get('reader')))}
<p class="quiet">${say('您的证件号码加密保存, 不会告诉其他地区。', 'Your document number is kept sealed and told to no other region.')}</p>`,
  })
}

const whoAsks = ({ asked, loa }: Asked, { say }: Reader): Html =>
  html`<p>${say(`${asked.client.name} 请您登录。`, `${asked.client.name} asks you to log in.`)}</p>
${loa !== undefined && loa < asked.loa ? html`<p role="status" class="note">${say(`这件事需要实名等级 ${asked.loa}, 您现在是 ${loa}。请用等级更高的账号登录。`, `This needs assurance level ${asked.loa}; your log-in has ${loa}. Log in with an account of a higher level.`)}</p>` : ''}`

const regionCard = (region: Region, isOffered: boolean, goOn: string, { say, name }: Reader): Html =>
  html`<section class="card"><h2>${name(region)}</h2>${
    isOffered
      ? html`<div class="row"><a class="button" href="/log-in/${region.id}?kind=person&next=${goOn}">${say(html`个人登录 ${region.account ?? ''}`, html`Person <span lang="zh-CN">${region.account ?? ''}</span>`)}</a><a class="button plain" href="/log-in/${region.id}?kind=organisation&next=${goOn}">${say('单位登录', 'Organisation')}</a></div>`
      : html`<p class="quiet">${say('暂未接入', 'Not connected')}</p>`
  }</section>`
