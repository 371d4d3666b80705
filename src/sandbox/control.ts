/** The clerks' desk of the sandbox: an admin page, and `/__sandbox/…` for programs. */
import { Hono } from 'hono'
import { CASE_STATUSES, type CaseStatus } from '../schemas/case-status.ts'
import type { Clock } from './clock.ts'
import { page, SHEET, style } from './control-page.ts'
import { clockRoutes, faultRoutes } from './control-weather.ts'
import { sent } from './sent.ts'
import { type ClerkAct, HOLDING_ACTS } from './simulated.ts'
import type { Staged } from './stage.ts'

const statusOf = (text: unknown): CaseStatus | undefined => CASE_STATUSES.find((one) => one === text)
const strings = (value: unknown): readonly string[] | undefined =>
  Array.isArray(value) && value.every((one) => typeof one === 'string') ? value : undefined

function actOf(body: Record<string, unknown>): ClerkAct | string {
  const to = statusOf(body['to'])
  if (!to) return `to: one of ${CASE_STATUSES.join(', ')}`
  const [fields, materials] = [strings(body['fields']), strings(body['materials'])]
  return {
    to,
    ...(typeof body['opinion'] === 'string' && body['opinion'] !== '' ? { opinion: body['opinion'] } : {}),
    ...(fields ? { fields } : {}),
    ...(materials ? { materials } : {}),
    ...(body['silent'] === true || body['silent'] === 'on' ? { silent: true } : {}),
  }
}

/** The control of all regions. */
export function controlApp(regions: readonly Staged[], clock: Clock): Hono {
  const app = new Hono()
  const find = (id: string) => regions.find(({ region }) => region.region === id)
  const none = { error: `region: one of ${regions.map(({ region }) => region.region).join(', ')}` }

  app.get('/__sandbox/:region/cases', (c) => {
    const found = find(c.req.param('region'))
    return found ? c.json({ items: found.region.cases() }) : c.json(none, 404)
  })
  app.get('/__sandbox/:region/refusals', (c) => {
    const found = find(c.req.param('region'))
    return found ? c.json({ items: found.region.refusals() }) : c.json(none, 404)
  })
  app.get('/__sandbox/:region/callbacks', (c) => {
    const found = find(c.req.param('region'))
    return found ? c.json({ items: found.region.callbacks() }) : c.json(none, 404)
  })
  app.get('/__sandbox/:region/persons', (c) => {
    const found = find(c.req.param('region'))
    return found ? c.json({ items: found.region.persons }) : c.json(none, 404)
  })
  app.get('/__sandbox/:region/accounts', (c) => {
    const found = find(c.req.param('region'))
    return found ? c.json({ items: found.region.accounts ?? [] }) : c.json(none, 404)
  })
  app.get('/__sandbox/:region/holdings', (c) => {
    const found = find(c.req.param('region'))
    return found ? c.json({ items: found.region.holdings?.() ?? [] }) : c.json(none, 404)
  })
  app.get('/__sandbox/:region/exchanges', (c) => {
    const found = find(c.req.param('region'))
    return found ? c.json({ items: found.exchanges() }) : c.json(none, 404)
  })

  app.post('/__sandbox/:region/cases/:number/advance', async (c) => {
    const found = find(c.req.param('region'))
    if (!found) return c.json(none, 404)
    const { form, body } = await sent(c)
    const act = actOf(body)
    if (typeof act === 'string') return c.json({ error: act }, 400)
    try {
      const moved = found.region.advance(c.req.param('number'), act)
      return form ? c.redirect('/__sandbox', 303) : c.json(moved)
    } catch (error) {
      return c.json({ error: error instanceof Error ? error.message : 'not possible' }, 409)
    }
  })

  app.post('/__sandbox/:region/holdings/:id', async (c) => {
    const found = find(c.req.param('region'))
    if (!found) return c.json(none, 404)
    const { form, body } = await sent(c)
    const act = HOLDING_ACTS.find((one) => one === body['act'])
    if (!act) return c.json({ error: `act: one of ${HOLDING_ACTS.join(', ')}` }, 400)
    try {
      const changed = found.region.changeHolding?.(c.req.param('id'), act)
      if (!changed) return c.json({ error: 'no licences or photos here' }, 404)
      return form ? c.redirect('/__sandbox', 303) : c.json(changed)
    } catch (error) {
      return c.json({ error: error instanceof Error ? error.message : 'not possible' }, 409)
    }
  })

  // What an app or another system would be handed after a log-in, for whoever tries a token exchange without a browser.
  app.post('/__sandbox/:region/tickets', async (c) => {
    const found = find(c.req.param('region'))
    if (!found) return c.json(none, 404)
    const { account, service } = (await c.req.json().catch(() => ({}))) as Record<string, unknown>
    try {
      const ticket = found.region.logIn?.(
        String(account),
        ...(typeof service === 'string' ? ([service] as const) : []),
      )
      return ticket === undefined ? c.json({ error: 'no log-in here' }, 404) : c.json({ ticket }, 201)
    } catch (error) {
      return c.json({ error: error instanceof Error ? error.message : 'not possible' }, 400)
    }
  })

  app.post('/__sandbox/:region/callbacks/send', async (c) => {
    const found = find(c.req.param('region'))
    if (!found) return c.json(none, 404)
    await found.region.sendCallbacks()
    return c.json({ items: found.region.callbacks() })
  })

  clockRoutes(app, clock)
  faultRoutes(app, find)
  app.get(SHEET, (c) => c.body(style, 200, { 'content-type': 'text/css; charset=utf-8' }))
  app.get('/__sandbox', (c) => c.html(page(regions, clock)))
  return app
}
