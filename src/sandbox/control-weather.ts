/** The clock and the faults of the sandbox, set by a program or by the admin page. */
import type { Context, Hono } from 'hono'
import type { Clock } from './clock.ts'
import { FAULT_KINDS, type Fault } from './faults.ts'
import { PERSONALITIES, PERSONALITY_NAMES } from './personalities.ts'
import { sent } from './sent.ts'
import type { Staged } from './stage.ts'
import { workingDaysMs } from './working-days.ts'

/** The furthest that the clock goes at once: a mistyped number must not make a case of the next century. */
const MOST_DAYS = 800
const UNITS = { minutes: 60_000, hours: 3_600_000, days: 86_400_000 } as const
const NAMES = [...Object.keys(UNITS), 'workingDays'] as const

const told = (clock: Clock) => ({ now: clock.now().toISOString(), aheadMs: clock.aheadMs() })

/** How long a jump is, in milliseconds; `undefined` for what is no jump. */
function jumpMs(body: Record<string, unknown>, now: Date): number | undefined {
  const amounts = NAMES.map((name) => {
    const amount = Number(body[name] === '' ? Number.NaN : (body[name] ?? Number.NaN))
    if (!(amount >= 0 && amount <= MOST_DAYS * 1440)) return undefined
    if (name !== 'workingDays') return amount * UNITS[name as keyof typeof UNITS]
    return amount <= MOST_DAYS ? workingDaysMs(now, Math.floor(amount)) : undefined
  }).filter((ms) => ms !== undefined)
  const [ms] = amounts
  return amounts.length === 1 && ms !== undefined && ms <= MOST_DAYS * UNITS.days ? ms : undefined
}

/** `GET` and `POST /__sandbox/clock`: what time it is, and forward. */
export function clockRoutes(app: Hono, clock: Clock): void {
  app.get('/__sandbox/clock', (c) => c.json(told(clock)))
  app.post('/__sandbox/clock', async (c) => {
    const { form, body } = await sent(c)
    const ms = jumpMs(body, clock.now())
    if (ms === undefined)
      return c.json({ error: `one of ${NAMES.join(', ')}: a number, at most ${MOST_DAYS} days` }, 400)
    await clock.jump(ms)
    return form ? c.redirect('/__sandbox', 303) : c.json(told(clock))
  })
}

/** A fault out of what was sent; a sentence when it is none. */
function faultOf(body: Record<string, unknown>): Fault | string {
  const kind = FAULT_KINDS.find((one) => one === body['kind'])
  if (!kind) return `kind: one of ${FAULT_KINDS.join(', ')}`
  const number = (name: string) => (typeof body[name] === 'number' ? { [name]: body[name] } : {})
  const text = (name: string) =>
    typeof body[name] === 'string' && body[name] !== '' ? { [name]: body[name] } : {}
  return {
    kind,
    ...text('operation'),
    ...text('division'),
    ...text('from'),
    ...text('to'),
    ...number('oneIn'),
    ...number('chance'),
    ...number('times'),
    ...number('ms'),
  }
}

/** `…/faults` one by one, and `…/personality`: all that belong together, for a region, a city or an operation. */
export function faultRoutes(app: Hono, find: (id: string) => Staged | undefined): void {
  const none = { error: 'there is no such region here' }
  const withRegion = async (c: Context, act: (found: Staged) => Response | Promise<Response>) => {
    const found = find(c.req.param('region') ?? '')
    return found ? act(found) : c.json(none, 404)
  }
  app.get('/__sandbox/personalities', (c) => c.json(PERSONALITIES))
  app.get('/__sandbox/:region/faults', (c) =>
    withRegion(c, ({ faults }) => c.json({ seed: faults.seed(), items: faults.list() })),
  )
  app.post('/__sandbox/:region/faults', (c) =>
    withRegion(c, async ({ faults }) => {
      const fault = faultOf((await sent(c)).body)
      if (typeof fault === 'string') return c.json({ error: fault }, 400)
      faults.add(fault)
      return c.json({ items: faults.list() }, 201)
    }),
  )
  app.delete('/__sandbox/:region/faults', (c) =>
    withRegion(c, ({ faults }) => {
      faults.clear()
      return c.body(null, 204)
    }),
  )
  app.post('/__sandbox/:region/personality', (c) =>
    withRegion(c, async ({ faults }) => {
      const { form, body } = await sent(c)
      const name = PERSONALITY_NAMES.find((one) => one === body['name'])
      if (!name) return c.json({ error: `name: one of ${PERSONALITY_NAMES.join(', ')}` }, 400)
      const text = (member: string) =>
        typeof body[member] === 'string' && body[member] !== '' ? { [member]: body[member] } : {}
      faults.become(name, PERSONALITIES[name].faults, {
        ...text('seed'),
        ...text('division'),
        ...text('operation'),
      })
      return form ? c.redirect('/__sandbox', 303) : c.json({ seed: faults.seed(), items: faults.list() })
    }),
  )
}
