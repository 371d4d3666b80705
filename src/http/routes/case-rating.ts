/** 好差评 of a case: given, and looked at again. */
import type { Context } from 'hono'
import { rateCase } from '../../federation/cases/rate-case.ts'
import { readRatings } from '../../federation/cases/read-ratings.ts'
import type { Deps } from '../../federation/deps.ts'
import type { CaseRatings } from '../../schemas/rating.ts'
import { readJson } from '../body.ts'
import type { Env } from '../env.ts'
import { give, type KeptAnswer, once } from '../idempotency.ts'
import { refusal } from '../problem.ts'
import { isDryRun } from '../query.ts'

const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }

/** Answers `GET /cases/{id}/rating`. */
export async function ratingsOfCase(c: Context<Env>, deps: Deps): Promise<Response> {
  const ratings = await readRatings(c.req.param('id') ?? '', c.get('actor'), deps)
  return c.body(JSON.stringify(ratings), 200, headers)
}

/** Answers `POST /cases/{id}/rating`. */
export async function rateTheCase(c: Context<Env>, deps: Deps): Promise<Response> {
  const { content, bytes } = await readJson(c)
  const id = c.req.param('id') ?? ''
  const isRehearsal = isDryRun(c)
  const answer = async (): Promise<KeptAnswer> => {
    const { ratings, error } = await rateCase(id, content, { isDryRun: isRehearsal }, c.get('actor'), deps)
    if (error) return refusal(error, c.get('requestId'))
    const status = isRehearsal ? 200 : isOnItsWay(ratings) ? 202 : 201
    return { status, headers, body: JSON.stringify(ratings) }
  }
  if (isRehearsal) return give(c, await answer())
  // A repetition stores nothing, but it shows what was said.
  return once(c, bytes, deps, answer, () => readRatings(id, c.get('actor'), deps))
}

const isOnItsWay = ({ items }: CaseRatings): boolean => items.at(-1)?.state === 'sending'
