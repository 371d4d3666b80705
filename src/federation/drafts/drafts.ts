/** Drafts: an application is started on one device, saved at each step, and gone on with on another. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { DraftRow } from '../../store/index.ts'
import { type AccessFacts, accessRow, recordAccess } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { subjectOf } from '../identity/identify.ts'
import { contentOf } from '../identity/persons.ts'
import { personOf, subjectContent } from '../identity/principal.ts'
import { newId } from '../ids.ts'
import { previewRelease } from '../preview/preview.ts'
import type { Answer, Draft, DraftContent, DraftDocument } from './content.ts'

const whoseIn = (actor: Actor) => {
  const principal = personOf(actor)
  return { personId: principal.personId, subjectId: subjectOf(principal) }
}

const untilFrom = (now: Date) => new Date(now.getTime() + LIMITS.draftDays * 86_400_000)

async function factsOf(act: string, matter: string | null, actor: Actor, deps: Deps): Promise<AccessFacts> {
  const { idDocument } = await subjectContent(personOf(actor), deps)
  return {
    holder: deps.sealing.identity(idDocument),
    clock: 'access',
    act: `drafts.${act}`,
    matter,
    purpose: 'case',
    basis: 'holder',
    fields: ['application'],
    outcome: 'granted',
    role: 'holder',
  }
}

/** Values that the log-in and the licences give, each with its source. What cannot be had now is asked on a page of its own. */
async function known(matter: string, actor: Actor, deps: Deps): Promise<Record<string, Answer>> {
  try {
    const { form, preview } = await previewRelease({ matter, cities: '*' }, actor, deps)
    const sources = new Map(preview.fields.map(({ pointer, source }) => [pointer, source]))
    return Object.fromEntries(
      Object.entries(form).map(([name, value]) => {
        const source = sources.get(`/form/${name}`)
        return [`form.${name}`, { value, version: 1, ...(source ? { source } : {}) }]
      }),
    )
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    deps.log.info({ reason: error.code, matter }, 'a draft starts without what the regions know')
    return {}
  }
}

/**
 * Starts a draft with all that is known already.
 * @returns its id @throws GatewayError `PERSON_REQUIRED`, `MATTER_NOT_FOUND`, `MATTER_NOT_FILEABLE`, `DRAFTS_TOO_MANY`
 */
export async function startDraft(matterId: string, actor: Actor, deps: Deps): Promise<string> {
  const whose = whoseIn(actor)
  const found = await deps.catalogue.current(matterId)
  if (!found) throw new GatewayError('MATTER_NOT_FOUND', { matter: matterId })
  const { matter } = found
  if (!matter.fileable || !matter.region) throw new GatewayError('MATTER_NOT_FILEABLE', { matter: matterId })
  const now = deps.now()
  if ((await deps.store.drafts.countOf({ personId: whose.personId }, now)) >= LIMITS.draftsOfOne)
    throw new GatewayError('DRAFTS_TOO_MANY', { limit: LIMITS.draftsOfOne })
  const [only, ...others] = matter.divisions
  const content: DraftContent = {
    matter: matter.id,
    answers: {
      ...(await known(matter.id, actor, deps)),
      ...(only && others.length === 0 ? { division: { value: only, version: 1 } } : {}),
    },
    documents: [],
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
  await deps.store.drafts.add(row, accessRow(await factsOf('start', matter.id, actor, deps), actor, deps))
  return row.id
}

async function opened(row: DraftRow, actor: Actor, deps: Deps): Promise<Draft> {
  const content = deps.sealing.open<DraftContent>(row.contentSealed)
  const [subject, person] = await Promise.all([
    subjectContent(personOf(actor), deps),
    contentOf(row.personId, deps),
  ])
  return { row, content, matter: await deps.catalogue.read(content.matter), subject, person }
}

/** One draft; the look is recorded first. @throws GatewayError `DRAFT_NOT_FOUND` also for another's */
export async function readDraft(id: string, actor: Actor, deps: Deps): Promise<Draft> {
  const row = await deps.store.drafts.read(whoseIn(actor), id, deps.now())
  if (!row) throw new GatewayError('DRAFT_NOT_FOUND')
  const { matter } = deps.sealing.open<DraftContent>(row.contentSealed)
  await recordAccess(await factsOf('read', matter, actor, deps), actor, deps)
  return opened(row, actor, deps)
}

/** What is not filed yet, the last changed first. */
export async function listDrafts(actor: Actor, deps: Deps): Promise<readonly Draft[]> {
  await recordAccess(await factsOf('list', null, actor, deps), actor, deps)
  const rows = await deps.store.drafts.list(whoseIn(actor), deps.now(), LIMITS.draftsOfOne)
  return Promise.all(rows.map((row) => opened(row, actor, deps)))
}

/** What became of an answer: kept, or another tab had answered otherwise since this page was shown, and its answer stands. */
export type Saved =
  | { readonly kind: 'saved'; readonly draft: Draft }
  | { readonly kind: 'changedMeanwhile'; readonly draft: Draft; readonly theirs: string }

/** What a page brings. */
export interface Change {
  readonly answers?: Readonly<Record<string, string>>
  readonly document?: DraftDocument
  /** The version of the draft that the page showed. */
  readonly version: number
}

const differs = ({ content }: Draft, { answers = {}, version }: Change): string | undefined =>
  Object.entries(answers)
    .map(([key, value]) => ({ held: content.answers[key], value }))
    .find(({ held, value }) => held !== undefined && held.version > version && held.value !== value)?.held
    ?.value

/**
 * Saves what one page asked. Two tabs may answer different questions; of two answers to one question the first stands, and the later
 * tab is told.
 * @throws GatewayError `DRAFT_NOT_FOUND`, `DRAFT_IN_FILING`, `BODY_TOO_LARGE`
 */
export async function saveAnswer(id: string, change: Change, actor: Actor, deps: Deps): Promise<Saved> {
  const draft = await readDraft(id, actor, deps)
  const { row, content } = draft
  if (row.filing !== null || row.caseId !== null) throw new GatewayError('DRAFT_IN_FILING', { retryAfter: 5 })
  const theirs = differs(draft, change)
  if (theirs !== undefined) return { kind: 'changedMeanwhile', draft, theirs }
  const version = row.version + 1
  const { document } = change
  const next: DraftContent = {
    ...content,
    answers: {
      ...content.answers,
      ...Object.fromEntries(
        Object.entries(change.answers ?? {}).map(([key, value]) => {
          const held = content.answers[key]
          return [key, held?.value === value ? held : { value, version }]
        }),
      ),
    },
    documents: document
      ? [...content.documents.filter((one) => one.id !== document.id), document]
      : content.documents,
  }
  const contentSealed = deps.sealing.seal(next)
  if (contentSealed.length > LIMITS.draftBytes)
    throw new GatewayError('BODY_TOO_LARGE', { limit: LIMITS.draftBytes })
  const now = deps.now()
  const kept = await deps.store.drafts.save(row, { contentSealed, changedAt: now, until: untilFrom(now) })
  // Another tab saved between reading and writing: its version is read, and this change is judged against it.
  if (!kept) return saveAnswer(id, change, actor, deps)
  return { kind: 'saved', draft: { ...draft, row: { ...row, version }, content: next } }
}

/** Throws a draft away. @throws GatewayError `DRAFT_NOT_FOUND`, `DRAFT_IN_FILING` */
export async function dropDraft(id: string, actor: Actor, deps: Deps): Promise<void> {
  const { row } = await readDraft(id, actor, deps)
  if (row.filing !== null) throw new GatewayError('DRAFT_IN_FILING', { retryAfter: 5 })
  await deps.store.drafts.drop(row)
}
