/** 为什么查我: a person asks the body of a record why it looked; the body answers within five working days. */
import { LIMITS } from '../../config.ts'
import { fault, GatewayError } from '../../errors.ts'
import type { AccessRecord, Question, QuestionState } from '../../schemas/access.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { AskedOf, QuestionRow } from '../../store/index.ts'
import type { Actor, Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import { addWorkingDays } from '../working-days.ts'
import { type AccessFacts, accessRow } from './access.ts'
import { holderKeysOf, matterNames, recordIn } from './list.ts'
import { OPERATOR, type Operator, operatorRow } from './operator.ts'
import { questionState } from './question-state.ts'

/** What was asked of the gateway's own pages and of its staff is answered by staff. */
export const OURS = ['portal', OPERATOR] as const

const factsOf = (holder: string, act: string, more: Pick<AccessFacts, 'basis' | 'role'>): AccessFacts => ({
  holder,
  clock: 'provision',
  act: `questions.${act}`,
  purpose: 'question',
  fields: ['question'],
  outcome: 'granted',
  ...more,
})

/** @throws GatewayError `BODY_INVALID` for nothing, or for more characters than are let in */
function checkedText(text: string, most: number): string {
  const plain = text.trim()
  const length = [...plain].length
  if (length >= 1 && length <= most) return plain
  throw new GatewayError(
    'BODY_INVALID',
    { message: 'question' },
    { errors: [fault('/text', 'LENGTH', `应为 1 至 ${most} 字`, `It has 1 to ${most} characters`)] },
  )
}

/**
 * Asks about a record of one's own.
 * @throws GatewayError `ACCESS_NOT_FOUND`, `QUESTION_TO_ONESELF`, `QUESTION_ASKED`, `BODY_INVALID`, what `holderKeysOf` throws
 */
export async function askWhy(
  accessId: string,
  text: string,
  actor: Actor,
  deps: Deps,
): Promise<QuestionState> {
  const plain = checkedText(text, LIMITS.questionCharacters)
  const { store, sealing, now } = deps
  const access = await store.accesses.read(await holderKeysOf(actor, deps), accessId)
  if (!access) throw new GatewayError('ACCESS_NOT_FOUND', { access: accessId })
  const { role, body } = recordIn(access)
  if (role === 'holder') throw new GatewayError('QUESTION_TO_ONESELF', { access: accessId })
  const askedAt = now()
  const due = addWorkingDays(askedAt, LIMITS.answerWorkingDays)
  const row: QuestionRow = {
    holderKey: access.holderKey,
    id: newId('que', askedAt),
    accessId,
    bodyId: body.id,
    textSealed: sealing.seal(plain),
    askedAt,
    dueOn: due.on,
    dueIsProvisional: due.isProvisional ? 1 : 0,
    answeredAt: null,
    answerSealed: null,
  }
  const record = accessRow(factsOf(access.holderKey, 'ask', { basis: 'holder', role: 'holder' }), actor, deps)
  if (!(await store.questions.ask(row, record)))
    throw new GatewayError('QUESTION_ASKED', { access: accessId })
  return questionState(row, deps)
}

/** A client for itself: a person behind its token must not read what others asked it. @throws GatewayError `QUESTION_FOR_THE_BODY` */
function bodyOf({ clientId, principal }: Actor): string {
  if (principal) throw new GatewayError('QUESTION_FOR_THE_BODY')
  return clientId
}

interface QuestionAsk {
  readonly limit: number
  /** The id with which the last page ended. */
  readonly before?: string | undefined
  readonly open: boolean
}

/** Questions put to the client that calls, the newest first. @throws GatewayError `QUESTION_FOR_THE_BODY` */
export const listQuestions = (ask: QuestionAsk, actor: Actor, deps: Deps) =>
  listOf([bodyOf(actor)], ask, deps)

/** A command has no catalogue: it names matters by their ids. */
type Needs = Pick<Deps, 'store' | 'sealing' | 'now'> & Partial<Pick<Deps, 'catalogue'>>

async function listOf(
  bodyIds: readonly string[],
  ask: QuestionAsk,
  deps: Needs,
): Promise<{ readonly items: readonly Question[]; readonly next: string | undefined }> {
  const found = await deps.store.questions.putTo(bodyIds, { ...ask, limit: ask.limit + 1 })
  const rows = found.slice(0, ask.limit)
  const { catalogue } = deps
  const matters = rows.map(({ access }) => access && recordIn(access).matter)
  const names = catalogue ? await matterNames(matters, { catalogue }) : new Map<string, string>()
  return {
    items: rows.map((row) => shown(row, names, deps)),
    next: found.length > ask.limit ? rows.at(-1)?.question.id : undefined,
  }
}

/** A question as the body reads it: with its own look, and without anything of the person but their words. */
const shown = (
  { question, access }: AskedOf,
  names: ReadonlyMap<string, string>,
  deps: Pick<Deps, 'sealing' | 'now'>,
): Question => ({
  ...questionState(question, deps),
  access: access && { id: access.id, at: formatInstant(access.at), ...looked(recordIn(access), names) },
})

function looked(
  { act, body, purpose, outcome, requestId, caseIds, matter }: AccessRecord,
  names: ReadonlyMap<string, string>,
) {
  return {
    act,
    body,
    purpose,
    outcome,
    requestId,
    caseIds,
    matter: matter === null ? null : { id: matter, name: names.get(matter) ?? matter },
  }
}

/**
 * The client that was asked answers, once.
 * @throws GatewayError `QUESTION_NOT_FOUND` for another's, `QUESTION_ANSWERED`, `QUESTION_FOR_THE_BODY`, `BODY_INVALID`
 */
export async function answerWhy(id: string, text: string, actor: Actor, deps: Deps): Promise<QuestionState> {
  const bodyId = bodyOf(actor)
  return answered([bodyId], id, text, deps, (holder) =>
    accessRow(factsOf(holder, 'answer', { basis: 'duty', role: 'client' }), actor, deps),
  )
}

/** Staff answers what was asked of the gateway itself. @throws GatewayError as `answerWhy` */
export const answerForUs = (id: string, text: string, operator: Operator, deps: Needs) =>
  answered(OURS, id, text, deps, (holder) =>
    operatorRow(factsOf(holder, 'answer', { basis: 'duty' }), operator, deps),
  )

/** What was asked of the gateway itself and has no answer. */
export const questionsToUs = (deps: Needs) => listOf(OURS, { limit: 100, open: true }, deps)

async function answered(
  bodyIds: readonly string[],
  id: string,
  text: string,
  deps: Needs,
  recordFor: (holder: string) => ReturnType<typeof accessRow>,
): Promise<QuestionState> {
  const plain = checkedText(text, LIMITS.answerCharacters)
  const { store, sealing, now } = deps
  const found = await store.questions.read(bodyIds, id)
  if (!found) throw new GatewayError('QUESTION_NOT_FOUND', { question: id })
  const { question } = found
  const answer = { sealed: sealing.seal(plain), at: now() }
  if (!(await store.questions.answer(question, answer, recordFor(question.holderKey))))
    throw new GatewayError('QUESTION_ANSWERED', { question: id })
  return questionState({ ...question, answeredAt: answer.at, answerSealed: answer.sealed }, deps)
}
