/** `/api/v1/me/licences`: a person's licences; `/api/v1/licences`: a receiver redeems a code, anybody with the scope verifies. */
import { Hono } from 'hono'
import { GatewayError } from '../../errors.ts'
import { makeGrant } from '../../federation/consent/grants.ts'
import { redeem } from '../../federation/consent/redeem.ts'
import type { Deps } from '../../federation/deps.ts'
import { scopeIn } from '../../federation/holdings/places.ts'
import { listLicences, readLicence } from '../../federation/licences/licences.ts'
import { verifyLicence } from '../../federation/licences/verify.ts'
import { LICENCE_KINDS, type LicenceKind } from '../../schemas/licence.ts'
import { readJson } from '../body.ts'
import type { Env } from '../env.ts'
import { once } from '../idempotency.ts'
import { told, unkept } from '../kept.ts'
import { isDryRun } from '../query.ts'

/** Routes under `/api/v1/me/licences`. The caller has the scope `licences`. */
export function myLicenceRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()

  app.get('/', async (c) => {
    const scope = scopeIn(c.req.query('cities'), 'all')
    const kind = kindIn(c.req.query('kind'))
    return c.json(await listLicences({ scope, kind }, c.get('actor'), deps), 200, unkept)
  })

  app.get('/:id', async (c) =>
    c.json(await readLicence(c.req.param('id'), c.get('actor'), deps), 200, unkept),
  )

  app.post('/:id/grants', async (c) => {
    const { content, bytes } = await readJson(c)
    const dryRun = isDryRun(c)
    const make = () => makeGrant('licence', c.req.param('id'), content, { dryRun }, c.get('actor'), deps)
    if (dryRun) return c.json({ dryRun: true, expiresAt: (await make()).expiresAt }, 200, unkept)
    return once(c, bytes, deps, async () => told(await make(), 201))
  })
  return app
}

/** @throws GatewayError `PARAMETER_INVALID` */
function kindIn(text: string | undefined): LicenceKind | undefined {
  if (text === undefined) return undefined
  const kind = LICENCE_KINDS.find((one) => one === text)
  if (!kind) throw new GatewayError('PARAMETER_INVALID', { parameter: 'kind', known: [...LICENCE_KINDS] })
  return kind
}

/** Routes under `/api/v1/licences`. The caller has the scope `licences`. */
export function licenceRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()

  app.post('/verify', async (c) => {
    const { content } = await readJson(c)
    return c.json(await verifyLicence(content, c.get('actor'), deps), 200, unkept)
  })

  app.get('/:code', async (c) => {
    const asked = { code: c.req.param('code'), purpose: c.req.query('purpose') }
    const jwe = await redeem('licence', asked, c.get('actor'), deps)
    return c.body(jwe, 200, { ...unkept, 'content-type': 'application/jose' })
  })
  return app
}
