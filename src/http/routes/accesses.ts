/** `/api/v1/me/accesses` and `/api/v1/questions`: who looked at what is the person's, and why. */
import { type Context, Hono } from 'hono'
import { Type } from 'typebox'
import { LIMITS } from '../../config.ts'
import { GatewayError, PROBLEMS } from '../../errors.ts'
import { type AccessAsk, listAccesses } from '../../federation/audit/list.ts'
import { chooseNotice, noticeWord } from '../../federation/audit/notices.ts'
import { answerWhy, askWhy, listQuestions } from '../../federation/audit/questions.ts'
import type { Deps } from '../../federation/deps.ts'
import { AccessNotice, type NoticeWord } from '../../schemas/access.ts'
import { text } from '../../schemas/common.ts'
import { type Validator, validator } from '../../schemas/validate.ts'
import { readJson } from '../body.ts'
import type { Env } from '../env.ts'
import { unkept } from '../kept.ts'
import { cursorOf, isDryRun, limitOf, makeCursor, page } from '../query.ts'

/** Body of `POST /me/accesses/{id}/question`. */
export const QuestionRequest = Type.Object(
  { text: text(LIMITS.questionCharacters) },
  { additionalProperties: false },
)
/** Body of `POST /questions/{id}/answer`. */
export const AnswerRequest = Type.Object(
  { text: text(LIMITS.answerCharacters) },
  { additionalProperties: false },
)

const checkQuestion = validator(QuestionRequest)
const checkAnswer = validator(AnswerRequest)
const checkNotice = validator(AccessNotice)

async function bodyOf<T>(c: Context<Env>, check: Validator, message: string): Promise<T> {
  // Nothing here can be tried without being done.
  if (isDryRun(c)) throw new GatewayError('PARAMETER_INVALID', { parameter: 'dryRun', known: ['false'] })
  const { content } = await readJson(c)
  const errors = check(content)
  if (errors) throw new GatewayError('BODY_INVALID', { message }, { errors })
  // The schema has just been checked.
  return content as T
}

/** Routes under `/api/v1/me/accesses`. The caller has the scope `persons`. */
export function accessRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()

  app.get('/', async (c) => {
    const { items, next } = await listAccesses(
      {
        limit: limitOf(c),
        before: placeOf(c),
        outcome: outcomeOf(c),
        body: named(c.req.query('body'), 'body'),
        hidesOwn: oneOf(c, 'own', ['show', 'hide']) === 'hide',
      },
      c.get('actor'),
      deps,
    )
    return page(c, items, next ? makeCursor({ at: next.at.toISOString(), id: next.id }) : null)
  })

  app.get('/notice', async (c) => c.json({ word: await noticeWord(c.get('actor'), deps) }, 200, unkept))

  app.put('/notice', async (c) => {
    const { word } = await bodyOf<{ word: NoticeWord }>(c, checkNotice, 'notice')
    await chooseNotice(word, c.get('actor'), deps)
    return c.json({ word }, 200, unkept)
  })

  app.post('/:id/question', async (c) => {
    const asked = await bodyOf<{ text: string }>(c, checkQuestion, 'question')
    return c.json(await askWhy(named(c.req.param('id'), 'id'), asked.text, c.get('actor'), deps), 201, unkept)
  })
  return app
}

/** Routes under `/api/v1/questions`. The caller has the scope `persons`, and calls for itself. */
export function questionRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()

  app.get('/', async (c) => {
    const ask = {
      limit: limitOf(c),
      before: named(cursorOf(c)?.id, 'cursor'),
      open: oneOf(c, 'state', ['all', 'open']) === 'open',
    }
    const { items, next } = await listQuestions(ask, c.get('actor'), deps)
    return page(c, items, next === undefined ? null : makeCursor({ at: '', id: next }))
  })

  app.post('/:id/answer', async (c) => {
    const answer = await bodyOf<{ text: string }>(c, checkAnswer, 'answer')
    return c.json(
      await answerWhy(named(c.req.param('id'), 'id'), answer.text, c.get('actor'), deps),
      200,
      unkept,
    )
  })
  return app
}

/** A name that can stand in the database. @throws GatewayError `PARAMETER_INVALID` */
function named<T extends string | undefined>(name: T, parameter: string): T {
  if (name !== undefined && !/^[\w:.-]{1,100}$/.test(name))
    throw new GatewayError('PARAMETER_INVALID', { parameter })
  return name
}

/** `?cursor=` of a list that goes on at a time. @throws GatewayError `PARAMETER_INVALID` */
function placeOf(c: Context<Env>): AccessAsk['before'] {
  const cursor = cursorOf(c)
  if (cursor === undefined) return undefined
  if (cursor.at === '') throw new GatewayError('PARAMETER_INVALID', { parameter: 'cursor' })
  return { at: new Date(cursor.at), id: named(cursor.id, 'cursor') }
}

/** A parameter with few values. @throws GatewayError `PARAMETER_INVALID` */
function oneOf<W extends string>(c: Context<Env>, parameter: string, known: readonly W[]): W | undefined {
  const asked = c.req.query(parameter)
  const found = known.find((word) => word === asked)
  if (asked !== undefined && found === undefined)
    throw new GatewayError('PARAMETER_INVALID', { parameter, known })
  return found
}

/** `?outcome=`: granted, refused, or the problem code of a refusal. @throws GatewayError `PARAMETER_INVALID` */
function outcomeOf(c: Context<Env>): string | undefined {
  const asked = c.req.query('outcome')
  if (asked === undefined || asked === 'granted' || asked === 'refused' || Object.hasOwn(PROBLEMS, asked))
    return asked
  throw new GatewayError('PARAMETER_INVALID', { parameter: 'outcome', known: ['granted', 'refused'] })
}
