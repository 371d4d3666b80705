/** `/api/v1/me/accesses` and `/api/v1/questions`: who looked at what is the person's, and why. */
import { type Context, Hono } from 'hono'
import { type Static, Type } from 'typebox'
import { LIMITS } from '../../config.ts'
import { GatewayError, PROBLEMS } from '../../errors.ts'
import { listAccesses } from '../../federation/audit/list.ts'
import { chooseNotice, noticeWord } from '../../federation/audit/notices.ts'
import { answerWhy, askWhy, listQuestions } from '../../federation/audit/questions.ts'
import type { Deps } from '../../federation/deps.ts'
import { AccessNotice } from '../../schemas/access.ts'
import { text } from '../../schemas/common.ts'
import { validator } from '../../schemas/validate.ts'
import { readBody } from '../body.ts'
import type { Env } from '../env.ts'
import { unkept } from '../kept.ts'
import { cursorOf, limitOf, makeCursor, momentOf, page, refuseDryRun } from '../query.ts'

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

/** Routes under `/api/v1/me/accesses`. The caller has the scope `persons`. */
export function accessRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()

  app.get('/', async (c) => {
    const { items, next } = await listAccesses(
      {
        limit: limitOf(c),
        before: momentOf(c),
        outcome: outcomeOf(c),
        body: c.req.query('body'),
        hidesOwn: oneOf(c, 'own', ['show', 'hide']) === 'hide',
      },
      c.get('actor'),
      deps,
    )
    return page(c, items, next ? makeCursor({ at: next.at.toISOString(), id: next.id }) : null)
  })

  app.get('/notice', async (c) => c.json({ word: await noticeWord(c.get('actor'), deps) }, 200, unkept))

  app.put('/notice', async (c) => {
    refuseDryRun(c)
    const { content } = await readBody<Static<typeof AccessNotice>>(c, checkNotice, 'notice')
    const { word } = content
    await chooseNotice(word, c.get('actor'), deps)
    return c.json({ word }, 200, unkept)
  })

  app.post('/:id/question', async (c) => {
    refuseDryRun(c)
    const { content } = await readBody<Static<typeof QuestionRequest>>(c, checkQuestion, 'question')
    return c.json(await askWhy(c.req.param('id'), content.text, c.get('actor'), deps), 201, unkept)
  })
  return app
}

/** Routes under `/api/v1/questions`. The caller has the scope `persons`, and calls for itself. */
export function questionRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()

  app.get('/', async (c) => {
    const ask = {
      limit: limitOf(c),
      before: cursorOf(c)?.id,
      open: oneOf(c, 'state', ['all', 'open']) === 'open',
    }
    const { items, next } = await listQuestions(ask, c.get('actor'), deps)
    return page(c, items, next === undefined ? null : makeCursor({ at: '', id: next }))
  })

  app.post('/:id/answer', async (c) => {
    refuseDryRun(c)
    const { content } = await readBody<Static<typeof AnswerRequest>>(c, checkAnswer, 'answer')
    return c.json(await answerWhy(c.req.param('id'), content.text, c.get('actor'), deps), 200, unkept)
  })
  return app
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
