/** Files a draft once, however often it is asked for. */
import { createHash } from 'node:crypto'
import { GatewayError } from '../../errors.ts'
import type { DraftRow } from '../../store/index.ts'
import { fileCase } from '../cases/file-case.ts'
import type { Actor, Deps } from '../deps.ts'
import { applicationOf, type Draft } from './content.ts'
import { readDraft } from './drafts.ts'

/**
 * Files. A double click, a reload and a second tab lead to the same case: the key is the draft's own with the version that is filed.
 * A region that is not reachable gets the case later, and the case is there all the same.
 * @returns the case's id
 * @throws GatewayError `DRAFT_NOT_FOUND`, `DRAFT_IN_FILING`, and what `fileCase` throws, with pointers into the application
 */
export async function fileDraft(id: string, actor: Actor, deps: Deps): Promise<string> {
  const draft = await readDraft(id, actor, deps)
  if (draft.row.caseId !== null) return draft.row.caseId
  // Another tab holds the claim, or a process died with it: the same filing is done again, under the same key.
  const filing = draft.row.filing ?? draft.row.version
  if (draft.row.filing === null && !(await deps.store.drafts.claim(draft.row)))
    return fileDraft(id, actor, deps)
  const row = { ...draft.row, filing }
  try {
    const caseId = await filed({ ...draft, row }, `draft:${id}:${filing}`, actor, deps)
    await deps.store.drafts.filed(row, caseId)
    return caseId
  } catch (error) {
    // After anything but a refusal nobody knows whether the case is stored: the claim stands, and the next try finds out.
    if (error instanceof GatewayError && error.code !== 'DRAFT_IN_FILING') await release(row, deps)
    throw error
  }
}

const release = (row: DraftRow, { store }: Deps): Promise<void> => store.drafts.release(row)

async function filed(draft: Draft, key: string, actor: Actor, deps: Deps): Promise<string> {
  const earlier = await caseUnder(key, actor, deps)
  if (earlier) return earlier
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
  return other
}

/** The case that an earlier filing under this key made. */
const caseUnder = async (key: string, { clientId }: Actor, { store }: Deps): Promise<string | undefined> =>
  (await store.idempotency.read(clientId, key))?.caseId ?? undefined

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
