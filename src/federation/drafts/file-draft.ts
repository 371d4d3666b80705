/** Files a draft once, however often it is asked for. */
import { createHash, randomUUID } from 'node:crypto'
import { setTimeout as after } from 'node:timers/promises'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { DraftRow } from '../../store/index.ts'
import { fileCase } from '../cases/file-case.ts'
import type { Actor, Deps } from '../deps.ts'
import { applicationOf, type Draft } from './content.ts'
import { readDraft } from './drafts.ts'

/**
 * Files. A double click, a reload and a second tab lead to the same case: one of them files, under a key of the draft and its version,
 * and the others wait for it. A region that is not reachable gets the case later, and the case is there all the same.
 * @returns the case's id
 * @throws GatewayError `DRAFT_NOT_FOUND`, `DRAFT_IN_FILING`, and what `fileCase` throws, with pointers into the application
 */
export async function fileDraft(id: string, actor: Actor, deps: Deps): Promise<string> {
  const draft = await readDraft(id, actor, deps)
  let row: DraftRow | undefined = draft.row
  for (let waited = 0; row && waited <= LIMITS.formTwinMs; waited += LIMITS.formTwinLookMs) {
    if (row.caseId !== null) return row.caseId
    const claimed = await claim(row, deps)
    if (claimed) return fileClaimed({ ...draft, row: claimed }, actor, deps)
    await after(LIMITS.formTwinLookMs)
    row = await deps.store.drafts.read(draft.row, id, deps.now())
    // Its twin was refused: what is filed now is what was read first, and that is another version.
    if (row && row.version !== draft.row.version) break
  }
  throw new GatewayError('DRAFT_IN_FILING', { retryAfter: 5 })
}

const claim = (row: DraftRow, { store, now }: Deps) =>
  store.drafts.claim(row, {
    token: randomUUID(),
    until: new Date(now().getTime() + LIMITS.leaseMs),
    now: now(),
  })

/** Only a refusal lets the draft be changed again. After anything else nobody knows yet: the next try finds the case under the same key. */
async function fileClaimed(draft: Draft, actor: Actor, deps: Deps): Promise<string> {
  const { row } = draft
  const key = `draft:${row.id}:${row.filing}`
  try {
    const caseId = await filed(draft, key, actor, deps)
    await deps.store.drafts.markFiled(row, caseId)
    return caseId
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code === 'DRAFT_IN_FILING') throw error
    const standing = await caseUnder(key, actor, deps)
    if (standing && !standing.isRefused) {
      await deps.store.drafts.markFiled(row, standing.id)
      return standing.id
    }
    await deps.store.drafts.release(row)
    throw error
  }
}

async function filed(draft: Draft, key: string, actor: Actor, deps: Deps): Promise<string> {
  const earlier = await caseUnder(key, actor, deps)
  if (earlier?.isRefused) throw new GatewayError('REGION_REJECTED')
  if (earlier) return earlier.id
  const outcome = await fileCase(
    {
      profile: 'canonical',
      content: applicationOf(draft),
      idempotencyKey: key,
      requestDigest: createHash('sha256').update(key).digest('hex'),
      dryRun: false,
      answerOf: ({ id }) => ({ status: 201, answerSealed: deps.sealing.seal({ caseId: id }) }),
    },
    actor,
    deps,
  )
  if (outcome.kind === 'filed') {
    if (outcome.attempted.state === 'refused') throw outcome.attempted.error
    return outcome.row.id
  }
  const other = await caseUnder(key, actor, deps)
  if (!other) throw new GatewayError('DRAFT_IN_FILING', { retryAfter: 5 })
  return other.id
}

/** The case that an earlier filing under this key made, and whether its region refused it. */
async function caseUnder(key: string, { clientId }: Actor, { store }: Deps) {
  const id = (await store.idempotency.read(clientId, key))?.caseId
  const row = id ? await store.cases.read(id) : undefined
  return row && { id: row.id, isRefused: row.dispatchState === 'refused' }
}

/** What the filing would lose on its way into the region's words, and whatever is wrong with it: nothing is stored or sent. */
export async function tryDraft(draft: Draft, actor: Actor, deps: Deps) {
  const outcome = await fileCase(
    {
      profile: 'canonical',
      content: applicationOf(draft),
      idempotencyKey: `draft:${draft.row.id}`,
      requestDigest: '',
      dryRun: true,
      answerOf: () => ({ status: 200, answerSealed: Buffer.alloc(0) }),
    },
    actor,
    deps,
  )
  return outcome.kind === 'dryRun' ? outcome.ledger.losses : []
}
