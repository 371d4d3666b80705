/** Electronic identity for the counter: a person's codes and scans, and the counter that scans. */
import { Hono } from 'hono'
import { type Static, Type } from 'typebox'
import type { Deps } from '../../federation/deps.ts'
import { callBack, makeCode, mayShow, readCode } from '../../federation/identity/codes.ts'
import { PURPOSES, type Purpose } from '../../federation/identity/purposes.ts'
import { scanCode } from '../../federation/identity/scan.ts'
import { listScans } from '../../federation/identity/scans.ts'
import { validator } from '../../schemas/validate.ts'
import { readBody } from '../body.ts'
import type { Env } from '../env.ts'
import { unkept } from '../kept.ts'
import { isDryRun, limitOf, makePosition, page, positionOf, refuseDryRun } from '../query.ts'

const purpose = Type.Unsafe<Purpose>({ type: 'string', enum: [...PURPOSES] })

/** Body of `POST /me/codes`. */
export const CodeRequest = Type.Object({ purpose }, { additionalProperties: false })

/** Body of `POST /persons/verify`: the token of a QR code, or ten digits in any grouping. */
export const Verification = Type.Object(
  { code: Type.String({ minLength: 1, maxLength: 1_024 }), purpose },
  { additionalProperties: false },
)

const checkRequest = validator(CodeRequest)
const checkVerification = validator(Verification)

/** Routes under `/api/v1/me`. The caller has the scope `persons`. */
export function myCodeRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()

  app.post('/codes', async (c) => {
    const { content: asked } = await readBody<Static<typeof CodeRequest>>(c, checkRequest, 'code')
    if (isDryRun(c)) {
      mayShow(c.get('actor'))
      return c.json({ dryRun: true, purpose: asked.purpose }, 200, unkept)
    }
    const made = await makeCode(asked.purpose, c.get('actor'), deps)
    return c.json(made, 201, { ...unkept, location: `/api/v1/me/codes/${made.id}` })
  })

  app.get('/codes/:id', async (c) =>
    c.json(await readCode(c.req.param('id'), c.get('actor'), deps), 200, unkept),
  )

  // No If-Match: whoever calls a code back must not first have to read it.
  app.delete('/codes/:id', async (c) =>
    c.json(await callBack(c.req.param('id'), c.get('actor'), deps), 200, unkept),
  )

  app.get('/scans', async (c) => {
    const { items, next } = await listScans(
      { limit: limitOf(c), before: positionOf(c) },
      c.get('actor'),
      deps,
    )
    return page(c, items, next === null ? null : makePosition(next))
  })
  return app
}

/** Routes under `/api/v1/persons`. The caller has the scope `persons:verify`. */
export function verifyRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/verify', async (c) => {
    // A trial that told anything of a code would be a scan that nobody sees.
    refuseDryRun(c)
    const { content } = await readBody<Static<typeof Verification>>(c, checkVerification, 'verification')
    return c.json(await scanCode(content, c.get('actor'), deps), 200, unkept)
  })
  return app
}
