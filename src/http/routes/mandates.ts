/** Mandates of the person behind the token: offered, answered, ended, and what was done on them. */
import { type Context, Hono } from 'hono'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { acceptMandate, codeIn, declineOffer, previewOffer } from '../../federation/mandates/answer.ts'
import { layDownMandate, revokeMandate } from '../../federation/mandates/end.ts'
import { listMandates, listUses } from '../../federation/mandates/list.ts'
import { offerMandate } from '../../federation/mandates/offer.ts'
import type { Mandate } from '../../schemas/mandate.ts'
import { parseJson, readBytes, readJson } from '../body.ts'
import type { Env } from '../env.ts'
import { give, once } from '../idempotency.ts'
import { told, unkept } from '../kept.ts'
import { isDryRun, limitOf, makeCursor, makePosition, momentOf, page, positionOf } from '../query.ts'

/** Most that a body of a code may have. */
const CODE_BYTES = 4_096

/** Routes under `/api/v1/me/mandates`. The caller has the scope `persons`. */
export function mandateRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()

  app.get('/', async (c) => {
    const role = roleOf(c)
    const before = momentOf(c)
    const ask = {
      ...(role ? { role } : {}),
      ...(before ? { before } : {}),
      limit: limitOf(c),
    }
    const { items, next } = await listMandates(ask, c.get('actor'), deps)
    return page(c, items, next ? makeCursor({ at: next.at.toISOString(), id: next.id }) : null)
  })

  app.post('/', async (c) => {
    const { content, bytes } = await readJson(c)
    const dryRun = isDryRun(c)
    const offered = () => offerMandate(content, { dryRun }, c.get('actor'), deps)
    // A code that was kept nowhere would open nothing: a dry run tells none.
    if (dryRun) return c.json({ dryRun: true, mandate: (await offered()).mandate }, 200, unkept)
    return once(c, bytes, deps, async () => told(await offered(), 201))
  })

  app.post('/accept', async (c) => {
    const { content, bytes } = await readJson(c)
    const code = codeIn(content)
    if (isDryRun(c))
      return c.json({ dryRun: true, mandate: await previewOffer(code, c.get('actor'), deps) }, 200, unkept)
    return once(c, bytes, deps, async () => told(await acceptMandate(code, c.get('actor'), deps)))
  })

  app.post('/:id/decline', async (c) => {
    const bytes = await readBytes(c, CODE_BYTES)
    // An offer is declined with its code; what was accepted is laid down by its receiver, who needs none.
    if (bytes.length === 0) return ending(c, bytes, deps, layDownMandate)
    const code = codeIn(parseJson(bytes))
    const mandate = await previewOffer(code, c.get('actor'), deps)
    if (mandate.id !== c.req.param('id')) throw new GatewayError('NOT_FOUND', { subject: 'mandate' })
    if (isDryRun(c)) return c.json({ dryRun: true, mandate }, 200, unkept)
    return give(c, told(await declineOffer(code, c.get('actor'), deps)))
  })

  app.post('/:id/revoke', async (c) => ending(c, await readBytes(c, CODE_BYTES), deps, revokeMandate))
  app.delete('/:id', async (c) => ending(c, await readBytes(c, CODE_BYTES), deps, revokeMandate))

  app.get('/:id/uses', async (c) => {
    const before = positionOf(c)
    const ask = { ...(before === undefined ? {} : { before }), limit: limitOf(c) }
    const { items, next } = await listUses(c.req.param('id'), ask, c.get('actor'), deps)
    return page(c, items, next === undefined ? null : makePosition(next))
  })
  return app
}

async function ending(
  c: Context<Env>,
  bytes: Buffer,
  deps: Deps,
  end: typeof revokeMandate,
): Promise<Response> {
  const dryRun = isDryRun(c)
  const run = () => end(c.req.param('id') ?? '', { dryRun }, c.get('actor'), deps)
  if (dryRun) return c.json({ dryRun: true, mandate: await run() }, 200, unkept)
  return once(c, bytes, deps, async () => told(await run()))
}

/** `?role=giver` or `?role=receiver`; both when absent. */
function roleOf(c: Context<Env>): Mandate['role'] | undefined {
  const role = c.req.query('role')
  if (role === undefined || role === 'giver' || role === 'receiver') return role
  throw new GatewayError('PARAMETER_INVALID', { parameter: 'role', known: ['giver', 'receiver'] })
}
