/** The desk as a clerk finds it in the morning: who they are, and what is in hand. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Deps } from '../../federation/deps.ts'
import type { PortalEnv } from '../env.ts'
import { tokenField } from '../frame/form-token.ts'
import { view } from '../frame/view.ts'

export function homeRoutes(_deps: Deps): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  app.get('/desk', (c) => {
    const { say } = c.get('reader')
    const { clerk, client } = c.get('atDesk')
    return view(c, {
      title: say('工作台', 'Desk'),
      nav: 'desk',
      body: html`<h1>${say('跨省通办专窗', 'Cross-province window')}</h1><p class="quiet" lang="zh-CN">${client.name} · ${clerk.name}</p>
<form method="post" action="/desk/log-out">${tokenField(c)}<button class="plain">${say('退出', 'Log out')}</button></form>`,
    })
  })
  return app
}
