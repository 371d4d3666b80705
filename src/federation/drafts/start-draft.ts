/** Starts an application: for oneself, for the firm of the log-in, or on a mandate for whoever gave it. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { DraftRow } from '../../store/index.ts'
import type { Actor, Deps } from '../deps.ts'
import { contentOf } from '../identity/persons.ts'
import { newId } from '../ids.ts'
import { coveringMandate } from '../mandates/covering.ts'
import type { DraftContent } from './content.ts'
import { knownFor } from './known.ts'
import { applicantOf, recordOf, untilFrom, whoseIn } from './open-draft.ts'

/** The mandate, where it covers the matter now. The filing looks again. @throws GatewayError what `coveringMandate` throws */
async function mandateFor(
  id: string,
  matter: Matter,
  actor: Actor,
  deps: Deps,
): Promise<NonNullable<DraftContent['mandate']>> {
  const { region } = matter
  const held = await deps.store.mandates.read(id)
  if (!region || !held) throw new GatewayError('MANDATE_NOT_FOUND')
  const { giverId } = held
  const { idDocument: giver } = await contentOf(giverId, deps)
  const receiver = { personId: whoseIn(actor).personId }
  await coveringMandate({ giver, receiver, matter, region, at: deps.now() }, id, deps)
  return { id, giverId }
}

/**
 * Starts a draft with all that is known already.
 * @returns its id
 * @throws GatewayError `PERSON_REQUIRED`, `MATTER_NOT_FOUND`, `MATTER_NOT_FILEABLE`, `DRAFTS_TOO_MANY`; what `coveringMandate` throws
 */
export async function startDraft(
  asked: { readonly matter: string; readonly mandate?: string | undefined },
  actor: Actor,
  deps: Deps,
): Promise<string> {
  const whose = whoseIn(actor)
  const found = await deps.catalogue.current(asked.matter)
  if (!found) throw new GatewayError('MATTER_NOT_FOUND', { matter: asked.matter })
  const { matter } = found
  if (!matter.fileable || !matter.region) throw new GatewayError('MATTER_NOT_FILEABLE', { matter: matter.id })
  const now = deps.now()
  if ((await deps.store.drafts.countOf({ personId: whose.personId }, now)) >= LIMITS.draftsOfOne)
    throw new GatewayError('DRAFTS_TOO_MANY', { limit: LIMITS.draftsOfOne })
  const mandate = asked.mandate ? await mandateFor(asked.mandate, matter, actor, deps) : undefined
  const content: DraftContent = {
    matter: matter.id,
    answers: await knownFor(matter, { isForAnother: mandate !== undefined }, actor, deps),
    documents: [],
    ...(mandate ? { mandate } : {}),
  }
  const row: DraftRow = {
    ...whose,
    id: newId('drf', now),
    version: 1,
    contentSealed: deps.sealing.seal(content),
    filing: null,
    leaseToken: null,
    leaseUntil: null,
    caseId: null,
    createdAt: now,
    changedAt: now,
    until: untilFrom(now),
  }
  const subject = await applicantOf(content, actor, deps)
  await deps.store.drafts.add(row, recordOf('start', { subject, content }, actor, deps))
  return row.id
}
