/** Cases: filing, following, correcting, withdrawing, fetching the result. */
import { type Context, Hono } from 'hono'
import { stream } from 'hono/streaming'
import { GatewayError } from '../../errors.ts'
import {
  type ChangeOutcome,
  correctCase,
  shownAfter,
  withdrawCase,
} from '../../federation/cases/correct-case.ts'
import { type FilingOutcome, fileCase } from '../../federation/cases/file-case.ts'
import { readCaseAsOf } from '../../federation/cases/read-as-of.ts'
import {
  listCases,
  readCase,
  readLedger,
  readMessages,
  readResult,
  readWholeCase,
  regionalCase,
} from '../../federation/cases/read-cases.ts'
import { etagOf, presentCase } from '../../federation/cases/record.ts'
import type { Deps } from '../../federation/deps.ts'
import type { CaseRow } from '../../store/index.ts'
import { readJson } from '../body.ts'
import type { Env } from '../env.ts'
import { firstAnswer, give, type KeptAnswer, keepAnswer, keyOf, once, requestDigest } from '../idempotency.ts'
import { refusal } from '../problem.ts'
import { spoken, wanted } from '../profile.ts'
import { instantOf, isDryRun, limitOf, makeCursor, momentOf, page, statusesOf } from '../query.ts'
import { rateTheCase, ratingsOfCase } from './case-rating.ts'
import { remindOfCase } from './case-reminder.ts'

const json = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }

/** Routes under `/api/v1/cases`. The caller has the scope `cases`. */
export function caseRoutes(deps: Deps): Hono<Env> {
  const app = new Hono<Env>()

  app.post('/', (c) => filing(c, deps))

  app.get('/', async (c) => {
    const found = await listCases(filterOf(c), c.get('actor'), deps)
    return page(
      c,
      found.items,
      found.next ? makeCursor({ at: found.next.changedAt.toISOString(), id: found.next.id }) : null,
    )
  })

  app.get('/:id', async (c) => {
    const asOf = instantOf(c, 'asOf')
    if (asOf)
      return c.json(await readCaseAsOf(c.req.param('id'), asOf, c.get('actor'), deps), 200, {
        'cache-control': 'no-store',
      })
    const profile = wanted(c.req.header('accept'))
    const read = isWhole(c) && profile === 'canonical' ? readWholeCase : readCase
    const shown = await read(c.req.param('id'), c.get('actor'), deps)
    if (profile === 'canonical')
      return c.body(JSON.stringify(shown.case), 200, { ...json, etag: shown.etag, vary: 'accept' })
    const regional = await regionalCase(c.req.param('id'), c.get('actor'), deps)
    const { content } = deps.conversions.convertRecord('case', 'canonical', profile, regional)
    return c.body(JSON.stringify(content), 200, {
      ...json,
      'content-type': `application/json; charset=utf-8; profile=${profile}`,
      etag: shown.etag,
      vary: 'accept',
    })
  })

  app.get('/:id/messages', async (c) => {
    const { items, earlierEvents } = await readMessages(c.req.param('id'), c.get('actor'), deps)
    return c.json({ items, nextCursor: null, earlierEvents }, 200, { 'cache-control': 'no-store' })
  })

  app.get('/:id/ledger', async (c) =>
    c.json((await readLedger(c.req.param('id'), c.get('actor'), deps)) as object, 200, {
      'cache-control': 'no-store',
    }),
  )

  app.get('/:id/result', async (c) => {
    const documents = await readResult(c.req.param('id'), c.get('actor'), deps)
    const index = Number(c.req.query('document') ?? 0)
    const document = documents[index]
    if (!document) throw new GatewayError('NOT_FOUND', { documents: documents.length })
    c.header('content-type', document.contentType)
    c.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(document.name)}`)
    c.header('content-length', String(document.bytes.length))
    c.header('cache-control', 'no-store')
    c.header('x-content-type-options', 'nosniff')
    c.header('x-document-count', String(documents.length))
    return stream(c, async (out) => void (await out.write(document.bytes)))
  })

  app.post('/:id/correction', (c) =>
    changing(c, deps, (id, content, condition) => correctCase(id, content, condition, c.get('actor'), deps)),
  )
  app.post('/:id/withdrawal', (c) =>
    changing(c, deps, (id, content, condition) => withdrawCase(id, content, condition, c.get('actor'), deps)),
  )
  app.post('/:id/reminder', (c) => remindOfCase(c, deps))
  app.get('/:id/rating', (c) => ratingsOfCase(c, deps))
  app.post('/:id/rating', (c) => rateTheCase(c, deps))
  return app
}

/** `?include=events`. @throws GatewayError `PARAMETER_INVALID` for anything else */
function isWhole(c: Context<Env>): boolean {
  const include = c.req.query('include')
  if (include !== undefined && include !== 'events')
    throw new GatewayError('PARAMETER_INVALID', { parameter: 'include', known: ['events'] })
  return include === 'events'
}

/** `?status=&city=&updatedSince=`, with the page. @throws GatewayError `PARAMETER_INVALID`. */
function filterOf(c: Context<Env>): Parameters<typeof listCases>[0] {
  const { city } = c.req.query()
  const status = statusesOf(c)
  const updatedSince = instantOf(c, 'updatedSince')
  const before = momentOf(c)
  return {
    ...(status ? { status } : {}),
    ...(city ? { division: city } : {}),
    ...(updatedSince ? { updatedSince } : {}),
    ...(before ? { before: { changedAt: before.at, id: before.id } } : {}),
    limit: limitOf(c),
  }
}

async function filing(c: Context<Env>, deps: Deps): Promise<Response> {
  const { content, bytes, profile } = await readJson(c)
  const key = keyOf(c, true) as string
  const actor = c.get('actor')
  const digest = requestDigest(c, bytes)
  const dryRun = isDryRun(c)
  const first = dryRun ? undefined : await firstAnswer(actor.clientId, key, digest, deps)
  if (first) return again(c, first, deps)
  const outcome = await fileCase(
    {
      profile: spoken(profile),
      content,
      idempotencyKey: key,
      requestDigest: digest,
      dryRun,
      answerOf: (row) => {
        const answer = filedAnswer(row, deps)
        return { status: answer.status, answerSealed: deps.sealing.seal(answer) }
      },
    },
    actor,
    deps,
  )
  if (outcome.kind === 'dryRun') {
    const { content: converted, ledger } = outcome
    return c.json({ dryRun: true, content: converted, ledger, losses: ledger.losses })
  }
  if (outcome.kind === 'taken') {
    // The same key came twice at once, and the other request was faster.
    const other = await firstAnswer(actor.clientId, key, digest, deps)
    if (other?.answer) return again(c, other, deps)
    throw new GatewayError('IDEMPOTENCY_KEY_IN_USE', { retryAfter: 1 })
  }
  return give(c, await answerOfFiling(outcome, key, c, deps))
}

/**
 * The first answer once more. It shows the case, so it is a look like any other: recorded, and refused to whoever may see the case
 * no longer, because the mandate on which they filed it has ended.
 */
async function again(
  c: Context<Env>,
  { answer, caseId }: { answer?: KeptAnswer; caseId?: string },
  deps: Deps,
): Promise<Response> {
  if (caseId) await readCase(caseId, c.get('actor'), deps)
  if (answer) return give(c, answer, true)
  return give(c, await answerFor(caseId ?? '', deps), true)
}

/** The answer to a filing, kept under its key. */
async function answerOfFiling(
  { attempted, row }: Extract<FilingOutcome, { kind: 'filed' }>,
  key: string,
  c: Context<Env>,
  deps: Deps,
): Promise<KeptAnswer> {
  const answer =
    attempted.state === 'refused' ? refusal(attempted.error, c.get('requestId')) : filedAnswer(row, deps)
  // A success was kept in the transaction that recorded it.
  if (attempted.state !== 'sent' || !attempted.answered)
    await keepAnswer(c.get('actor').clientId, key, answer, deps)
  return answer
}

type Condition = { ifMatch: string | undefined; dryRun: boolean }

async function changing(
  c: Context<Env>,
  deps: Deps,
  run: (id: string, content: unknown, condition: Condition) => Promise<ChangeOutcome>,
): Promise<Response> {
  const { content, bytes } = await readJson(c)
  const id = c.req.param('id') ?? ''
  const condition = { ifMatch: c.req.header('if-match'), dryRun: isDryRun(c) }
  const answer = async (): Promise<KeptAnswer> => {
    const outcome = await run(id, content, condition)
    if (outcome.attempted?.state === 'refused') return refusal(outcome.attempted.error, c.get('requestId'))
    const shown = await shownAfter(outcome, deps)
    const status = outcome.attempted?.state === 'pending' ? 202 : 200
    return { status, headers: { ...json, etag: shown.etag }, body: JSON.stringify(shown.case) }
  }
  // A rehearsal and a repetition store nothing, but they show the case.
  const look = (): Promise<unknown> => readCase(id, c.get('actor'), deps)
  if (!condition.dryRun) return once(c, bytes, deps, answer, look)
  const rehearsed = await answer()
  await look()
  return give(c, rehearsed)
}

const filedAnswer = (row: CaseRow, { sealing }: Deps): KeptAnswer => {
  const sent = row.dispatchState === 'sent'
  return {
    status: sent ? 201 : 202,
    headers: {
      ...json,
      etag: etagOf(row),
      location: `/api/v1/cases/${row.id}`,
      ...(sent ? {} : { 'retry-after': '5' }),
    },
    body: JSON.stringify(presentCase(row, sealing)),
  }
}

/** The answer to a filing whose first answer was never sent: the case as it is now. */
async function answerFor(caseId: string, deps: Deps): Promise<KeptAnswer> {
  const row = await deps.store.cases.read(caseId)
  if (!row) throw new GatewayError('IDEMPOTENCY_KEY_IN_USE', { retryAfter: 1 })
  return filedAnswer(row, deps)
}
