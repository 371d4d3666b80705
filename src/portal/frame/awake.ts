/** A log-in does not end under somebody who is writing, and a form outlives the log-in under which it was begun. */
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { PortalEnv } from '../env.ts'
import type { Reader } from './reader.ts'
import type { Html } from './view.ts'

/** The script of pages whose forms take time, and what it shows when the log-in has ended. */
export const AWAKE = 'awake.js'

/** Tells our own pages the value that forms carry now: another site's cannot read it. Being asked keeps the session awake. */
export function awakeRoutes(): Hono<PortalEnv> {
  const app = new Hono<PortalEnv>()
  app.get('/me/awake', (c) => c.json({ token: c.get('formToken') }))
  return app
}

/** Stands in such a form, unseen until it is needed. */
export const overNotice = ({ say }: Reader): Html =>
  html`<p class="note" role="alert" data-over hidden>${say('登录已经结束, 还没有提交。您填的都还在: 请', 'The log-in has ended, and nothing was sent. What you filled in is still here:')} <a href="/log-in" target="_blank">${say('在新窗口登录', 'log in in a new window')}</a>${say(', 再回到这里提交。', ', then come back and send it.')}</p>`
