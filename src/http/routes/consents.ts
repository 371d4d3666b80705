/** `/api/v1/me/consents` and `/api/v1/me/preview`: what a person agrees to, after having seen what it is. */
import { type Context, Hono } from 'hono'
import { type Static, Type } from 'typebox'
import { GatewayError } from '../../errors.ts'
import {
  consentWords,
  giveConsent,
  listConsents,
  readConsent,
  withdrawConsent,
} from '../../federation/consent/consents.ts'
import { agreeAsGuardian, readForGuardian } from '../../federation/consent/guardians.ts'
import { presentConsent } from '../../federation/consent/present.ts'
import { readConsentRequest } from '../../federation/consent/terms.ts'
import type { Deps } from '../../federation/deps.ts'
import { previewRelease } from '../../federation/preview/preview.ts'
import { text } from '../../schemas/common.ts'
import { validator } from '../../schemas/validate.ts'
import { readBody, readJson } from '../body.ts'
import type { Env } from '../env.ts'
import { give, once } from '../idempotency.ts'
import { told, unkept } from '../kept.ts'
import { cursorOf, isDryRun, limitOf, makeCursor, page, refuseDryRun } from '../query.ts'

/** Body of `POST /me/consents/guardian`: the code, and with the digest of the words the agreement itself. */
export const GuardianAnswer = Type.Object(
  { code: text(100), digest: Type.Optional(Type.String({ pattern: '^[0-9a-f]{64}$' })) },
  { additionalProperties: false },
)
const checkGuardian = validator(GuardianAnswer)

/** @throws GatewayError `SCOPE_MISSING`: a client that may touch no photos takes no consents for them */
function requireScope(c: Context<Env>, scope: string): void {
  if (!c.get('scopes').has(scope)) throw new GatewayError('SCOPE_MISSING', { scope })
}

/** Routes under `/api/v1/me/consents`. The caller has one of the scopes `photos`, `licences`, `persons`. */
export function consentRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()

  app.get('/', async (c) => {
    const ask = { limit: limitOf(c), after: cursorOf(c)?.id }
    const { items, next } = await listConsents(ask, c.get('actor'), deps)
    return page(c, items, next ? makeCursor({ at: '', id: next }) : null)
  })

  app.post('/', async (c) => {
    const { content, bytes } = await readJson(c)
    requireScope(c, `${readConsentRequest(content).kind}s`)
    if (isDryRun(c))
      return c.json({ dryRun: true, ...(await consentWords(content, c.get('actor'), deps)) }, 200, unkept)
    return once(c, bytes, deps, async () => {
      const given = await giveConsent(content, c.get('actor'), deps)
      return told(given, given.guardian ? 202 : 201)
    })
  })

  app.post('/guardian', async (c) => {
    const { content } = await readBody<Static<typeof GuardianAnswer>>(c, checkGuardian, 'guardian')
    const { code, digest } = content
    const actor = c.get('actor')
    if (digest === undefined || isDryRun(c))
      return c.json({ dryRun: true, ...(await readForGuardian(code, actor, deps)) }, 200, unkept)
    return give(c, told(await agreeAsGuardian({ code, digest }, actor, deps)))
  })

  app.get('/:id', async (c) => {
    const row = await readConsent(c.req.param('id'), c.get('actor'), deps)
    return c.json(await presentConsent(row, deps), 200, unkept)
  })

  // No If-Match: whoever takes a consent back must not first have to read it.
  app.delete('/:id', async (c) => {
    refuseDryRun(c)
    return c.json(await withdrawConsent(c.req.param('id'), c.get('actor'), deps), 200, unkept)
  })
  return app
}

/** Route of `/api/v1/me/preview`. The caller has the scopes `photos` and `licences`. */
export function previewRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/', async (c) => {
    const { content } = await readJson(c)
    return c.json((await previewRelease(content, c.get('actor'), deps)).preview, 200, unkept)
  })
  return app
}
