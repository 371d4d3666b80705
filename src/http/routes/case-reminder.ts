/** 催办: reminding of a case. It has no body of its own. */
import type { Context } from 'hono'
import { Type } from 'typebox'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import { readCase } from '../../federation/cases/read-cases.ts'
import { remindCase } from '../../federation/cases/remind-case.ts'
import type { Deps } from '../../federation/deps.ts'
import { validator } from '../../schemas/validate.ts'
import { parseJson, readBytes } from '../body.ts'
import type { Env } from '../env.ts'
import { give, type KeptAnswer, once } from '../idempotency.ts'
import { isDryRun } from '../query.ts'

const isNothing = validator(Type.Object({}, { additionalProperties: false }))

/** Answers `POST /cases/{id}/reminder`. @throws GatewayError `BODY_INVALID` for members that nobody would read */
export async function remindOfCase(c: Context<Env>, deps: Deps): Promise<Response> {
  const bytes = await readBytes(c, LIMITS.bodyBytes)
  const errors = bytes.length === 0 ? null : isNothing(parseJson(bytes))
  if (errors) throw new GatewayError('BODY_INVALID', { message: 'reminder' }, { errors })
  const id = c.req.param('id') ?? ''
  const isRehearsal = isDryRun(c)
  const answer = async (): Promise<KeptAnswer> => ({
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(await remindCase(id, { isDryRun: isRehearsal }, c.get('actor'), deps)),
  })
  // A rehearsal and a repetition store nothing, but they tell something of the case.
  const look = (): Promise<unknown> => readCase(id, c.get('actor'), deps)
  if (!isRehearsal) return once(c, bytes, deps, answer, look)
  const rehearsed = await answer()
  await look()
  return give(c, rehearsed)
}
