/** Drafts: an application is started on one device, saved at each step, and gone on with on another. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { Actor, Deps } from '../deps.ts'
import { personOf, subjectContent } from '../identity/principal.ts'
import type { Draft } from './content.ts'
import { opened, recordOf, whoseIn } from './open-draft.ts'
import { dropUploads, uploadsOf } from './own-uploads.ts'

/** One draft; the look is recorded before it is given. @throws GatewayError `DRAFT_NOT_FOUND` also for another's */
export async function readDraft(id: string, actor: Actor, deps: Deps): Promise<Draft> {
  const row = await deps.store.drafts.read(whoseIn(actor), id, deps.now())
  if (!row) throw new GatewayError('DRAFT_NOT_FOUND')
  const draft = await opened(row, actor, deps)
  await deps.store.accesses.append([recordOf('read', draft, actor, deps)])
  return draft
}

/** What is not filed yet, the last changed first. Whoever gave a mandate sees that theirs was among them. */
export async function listDrafts(actor: Actor, deps: Deps): Promise<readonly Draft[]> {
  const rows = await deps.store.drafts.list(whoseIn(actor), deps.now(), LIMITS.draftsOfOne)
  const drafts = await Promise.all(rows.map((row) => opened(row, actor, deps)))
  const own = { subject: await subjectContent(personOf(actor), deps) }
  const ofOthers = drafts.filter(({ content }) => content.mandate)
  await deps.store.accesses.append([own, ...ofOthers].map((one) => recordOf('list', one, actor, deps)))
  return drafts
}

/** Throws a draft away with its files. @throws GatewayError `DRAFT_NOT_FOUND`, `DRAFT_IN_FILING` */
export async function dropDraft(id: string, actor: Actor, deps: Deps): Promise<void> {
  const draft = await readDraft(id, actor, deps)
  if (draft.row.filing !== null) throw new GatewayError('DRAFT_IN_FILING', { retryAfter: 5 })
  const isGone = await deps.store.drafts.drop(draft.row, recordOf('drop', draft, actor, deps))
  if (!isGone) throw new GatewayError('DRAFT_IN_FILING', { retryAfter: 5 })
  await dropUploads(uploadsOf(draft.content), deps)
}
