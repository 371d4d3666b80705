/** `/metrics` for Prometheus, on a port of its own: how the process, its doors and its regions are. No person and no case stands in it. */
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { matchedRoutes, routePath } from 'hono/route'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { GatewayError } from '../errors.ts'
import type { Deps } from '../federation/deps.ts'
import type { Live } from '../federation/events/live.ts'
import type { Env } from './env.ts'

/** Problems that are a refused token or log-in, and the door at which. */
const REFUSALS: Partial<Record<GatewayError['code'], 'api' | 'portal'>> = {
  TOKEN_MISSING: 'api',
  TOKEN_INVALID: 'api',
  SCOPE_MISSING: 'api',
  AUDIENCE_MISMATCH: 'api',
  ASSURANCE_TOO_LOW: 'api',
  PERSON_REQUIRED: 'api',
  LOGIN_STATE_INVALID: 'portal',
  LOGIN_TICKET_INVALID: 'portal',
  LOGIN_GIVEN_UP: 'portal',
  FORM_FOREIGN: 'portal',
  ACCOUNT_LOCKED: 'portal',
  REAL_NAME_REQUIRED: 'portal',
  IDENTITY_INVALID: 'portal',
  IDENTITY_CONFLICT: 'portal',
}

interface Metrics {
  readonly measure: MiddlewareHandler<Env>
  /** Counts a refused token or log-in. @param reason a word of a closed list: it becomes a label */
  readonly refused: (door: string, reason: string) => void
  readonly app: Hono
}

/** Measures requests by route and status, and shows what the store and the directory know when it is asked. */
export function metrics({ store, directory, webhooks, now }: Deps, live: Pick<Live, 'count'>): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'delta_request_seconds',
    help: 'Time to the answer, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.06, 0.2, 0.6, 2, 8],
    registers,
  })
  const refusals = new Counter({
    name: 'delta_refused_total',
    help: 'Refused tokens, log-ins and requests to the authorization server, by door and reason',
    labelNames: ['door', 'reason'],
    registers,
  })
  const refused: Metrics['refused'] = (door, reason) => refusals.inc({ door, reason })
  new Gauge({
    name: 'delta_drifts',
    help: 'Members in which a region’s view of a case and ours differ now, by region and member',
    labelNames: ['region', 'member'],
    registers,
    async collect() {
      this.reset()
      for (const { region, member, count } of await store.drifts.counts()) this.set({ region, member }, count)
    },
  })
  new Gauge({
    name: 'delta_schema_drifts',
    help: 'Members of regions’ documents that are no longer as they were, by region, answer and change',
    labelNames: ['region', 'answer', 'change'],
    registers,
    async collect() {
      this.reset()
      for (const { count, ...labels } of await store.canary.counts()) this.set(labels, count)
    },
  })
  new Gauge({
    name: 'delta_stray_news',
    help: 'News of cases that are not known here, by region and whether they still wait',
    labelNames: ['region', 'state'],
    registers,
    async collect() {
      this.reset()
      for (const { region, state, count } of await store.strays.counts()) this.set({ region, state }, count)
    },
  })
  new Gauge({
    name: 'delta_owed_dispatches',
    help: 'Applications, corrections and withdrawals that a region has not taken yet',
    registers,
    async collect() {
      this.set((await store.dispatches.backlog()).count)
    },
  })
  new Gauge({
    name: 'delta_owed_seconds',
    help: 'Age of the oldest of them',
    registers,
    async collect() {
      const { oldest } = await store.dispatches.backlog()
      this.set(oldest === null ? 0 : (now().getTime() - oldest.getTime()) / 1000)
    },
  })
  new Gauge({
    name: 'delta_region_up',
    help: '1 when the last call of a region was answered, 0 when it was not',
    labelNames: ['region'],
    registers,
    collect() {
      for (const { id, place } of directory.adapters)
        if (directory.isConnected(id))
          this.set({ region: id }, directory.health(place.division).state === 'down' ? 0 : 1)
    },
  })
  new Gauge({
    name: 'delta_unknown_codes',
    help: 'How often a code came that no table knows',
    labelNames: ['region', 'table'],
    registers,
    async collect() {
      this.reset()
      for (const { region, table, count } of await store.changes.listAlarms())
        this.inc({ region, table }, count)
    },
  })
  new Gauge({
    name: 'delta_streams',
    help: 'Event streams that are open',
    registers,
    collect() {
      this.set(live.count())
    },
  })
  showWebhooks(registry, { store, webhooks, now })
  const app = new Hono()
  app.get('/metrics', async (c) =>
    c.body(await registry.metrics(), 200, { 'content-type': registry.contentType }),
  )
  return {
    app,
    refused,
    measure: async (c, next) => {
      const stop = requests.startTimer({ method: c.req.method })
      await next()
      // The pattern of the route, never the path: a path holds case numbers.
      stop({ route: routeOf(c), status: c.res.status })
      const door = c.error instanceof GatewayError ? REFUSALS[c.error.code] : undefined
      if (c.error instanceof GatewayError && door) refused(door, reasonOf(c.error))
    },
  }
}

/**
 * The pattern of what answered; a region's callback is at one path, whatever its method. Rooms that are mounted later match every path
 * with what they do for all their pages: those stand for none.
 */
const routeOf = (c: Context<Env>): string =>
  matchedRoutes(c).findLast(({ method, path }) => method !== 'ALL' || !path.endsWith('*'))?.path ??
  routePath(c, -1)

/** How webhooks do: what came of the posts of this process, and what is owed over all. */
function showWebhooks(
  registry: Registry,
  { store, webhooks, now }: Pick<Deps, 'store' | 'webhooks' | 'now'>,
): void {
  const registers = [registry]
  new Gauge({
    name: 'delta_webhook_posts_total',
    help: 'Posts to receivers by outcome: DELIVERED, or why not',
    labelNames: ['outcome'],
    registers,
    collect() {
      for (const [outcome, count] of webhooks.outcomes) this.set({ outcome }, count)
    },
  })
  new Gauge({
    name: 'delta_webhook_held_back',
    help: 'Events that a receiver did not take while it took others: tried again, or parked until a replay',
    labelNames: ['state'],
    registers,
    async collect() {
      const { waiting, parked } = await store.subscriptions.backlog()
      this.set({ state: 'waiting' }, waiting)
      this.set({ state: 'parked' }, parked)
    },
  })
  new Gauge({
    name: 'delta_webhook_lag_seconds',
    help: 'Age of the oldest event that an active subscription is owed',
    registers,
    async collect() {
      const { oldest } = await store.subscriptions.backlog()
      this.set(oldest === null ? 0 : Math.max(0, (now().getTime() - oldest.getTime()) / 1000))
    },
  })
}

/** A token says closer why it is refused; its reasons are few. */
const reasonOf = ({ code, facts }: GatewayError): string =>
  code === 'TOKEN_INVALID' && facts['reason'] !== undefined ? String(facts['reason']) : code
