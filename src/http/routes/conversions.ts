/** `POST /conversions`: any dialect in, any dialect out, with the ledger. */
import { Hono } from 'hono'
import { type Static, Type } from 'typebox'
import { GatewayError } from '../../errors.ts'
import { convertDocument } from '../../federation/conversions/convert-document.ts'
import type { Kind } from '../../federation/conversions/dialects.ts'
import type { Deps } from '../../federation/deps.ts'
import { shownFault } from '../../problems/body.ts'
import { formatInstant } from '../../schemas/instants.ts'
import { validator } from '../../schemas/validate.ts'
import { readBody } from '../body.ts'
import type { Env } from '../env.ts'
import { PROFILES, spoken } from '../profile.ts'

/** Body of `POST /conversions`. `division` carries an application over to the equivalent matter there. */
export const Conversion = Type.Object(
  {
    kind: Type.Unsafe<Kind>({ type: 'string', enum: ['matter', 'application', 'case'] }),
    from: Type.Unsafe<string>({ type: 'string', enum: [...PROFILES] }),
    to: Type.Unsafe<string>({ type: 'string', enum: [...PROFILES] }),
    content: Type.Record(Type.String(), Type.Unknown()),
    division: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{5}$' })),
  },
  { additionalProperties: false },
)
const check = validator(Conversion)

/** Routes under `/api/v1/conversions`. The caller has the scope `convert`. */
export function conversionRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()
  app.post('/', async (c) => {
    const { content: asked } = await readBody<Static<typeof Conversion>>(c, check, 'conversion')
    try {
      const { content, json, losses, refusals } = await convertDocument(
        {
          kind: asked.kind,
          from: spoken(asked.from),
          to: spoken(asked.to),
          content: asked.content,
          ...(asked.division ? { division: asked.division } : {}),
        },
        formatInstant(deps.now()),
        deps,
      )
      const foreseen = refusals ? `,"refusals":${JSON.stringify(refusals.map(shownFault))}` : ''
      return c.body(
        `{"content":${JSON.stringify(content)},"ledger":${json},"losses":${JSON.stringify(losses)}${foreseen}}`,
        200,
        { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
      )
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
      // Pointers were into the document; the caller sent it inside `content`.
      throw new GatewayError(error.code, error.facts, {
        cause: error,
        errors: error.errors.map((one) => ({ ...one, pointer: `/content${one.pointer}` })),
      })
    }
  })
  return app
}
