/** The hidden field that every form carries. */
import type { Context } from 'hono'
import { html } from 'hono/html'
import type { PortalEnv } from '../env.ts'
import type { Html } from './view.ts'

export const tokenField = (c: Context<PortalEnv>): Html =>
  html`<input type="hidden" name="token" value="${c.get('formToken')}">`
