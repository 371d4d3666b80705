/** Saves what one page of a draft asked. */
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { Actor, Deps } from '../deps.ts'
import { type Draft, type DraftContent, type DraftDocument, documentKey, LEFT_OUT } from './content.ts'
import { readDraft } from './drafts.ts'
import { recordOf, untilFrom } from './open-draft.ts'
import { dropUploads, uploadsOf } from './own-uploads.ts'

/** What another tab had answered since a page was shown. */
export type Theirs =
  | { readonly kind: 'answer'; readonly value: string }
  | { readonly kind: 'document'; readonly document: DraftDocument }
  | { readonly kind: 'leftOut' }

/** What became of an answer: kept, or another tab had answered otherwise since this page was shown, and its answer stands. */
export type Saved =
  | { readonly kind: 'saved'; readonly draft: Draft }
  | { readonly kind: 'changedMeanwhile'; readonly draft: Draft; readonly theirs: Theirs }

/** What a page brings. */
export interface Change {
  readonly answers?: Readonly<Record<string, string>>
  readonly document?: DraftDocument
  /** A document that is handed in in no way. */
  readonly leftOut?: string
  /** The version of the draft that the page showed. */
  readonly version: number
}

const answerDiffers = ({ answers }: DraftContent, change: Change): Theirs | undefined => {
  const held = Object.entries(change.answers ?? {})
    .map(([key, value]) => ({ held: answers[key], value }))
    .find(({ held: one, value }) => one !== undefined && one.version > change.version && one.value !== value)
  return held?.held && { kind: 'answer', value: held.held.value }
}

/** Two choices for a document are one where they hand in the same. */
const isSame = (one: DraftDocument, other: DraftDocument | undefined): boolean =>
  one.mode === other?.mode &&
  one.licence === other.licence &&
  JSON.stringify(one.uploads ?? []) === JSON.stringify(other.uploads ?? [])

function documentDiffers(content: DraftContent, change: Change): Theirs | undefined {
  const id = change.document?.id ?? change.leftOut
  if (id === undefined) return undefined
  const held = content.documents.find((one) => one.id === id)
  // What was chosen before versions were kept was there when the page was shown.
  if (held)
    return (held.version ?? 0) > change.version && !isSame(held, change.document)
      ? { kind: 'document', document: held }
      : undefined
  const left = content.answers[documentKey(id)]
  return left && left.version > change.version && change.document ? { kind: 'leftOut' } : undefined
}

function changed(content: DraftContent, change: Change, version: number): DraftContent {
  const id = change.document?.id ?? change.leftOut
  const answers = Object.entries({
    ...(change.answers ?? {}),
    ...(change.leftOut === undefined ? {} : { [documentKey(change.leftOut)]: LEFT_OUT }),
  }).map(([key, value]) => {
    const held = content.answers[key]
    return [key, held?.value === value ? held : { value, version }] as const
  })
  // What is handed in is not left out any more.
  const before = Object.entries(content.answers).filter(
    ([key]) => change.document === undefined || key !== documentKey(change.document.id),
  )
  return {
    ...content,
    answers: Object.fromEntries([...before, ...answers]),
    documents: [
      ...content.documents.filter((one) => one.id !== id),
      ...(change.document ? [{ ...change.document, version }] : []),
    ],
  }
}

/**
 * Saves what one page asked. Two tabs may answer different questions; of two answers to one question the first stands, and the later
 * tab is told. Files that were replaced are deleted.
 * @throws GatewayError `DRAFT_NOT_FOUND`, `DRAFT_IN_FILING`, `BODY_TOO_LARGE`
 */
export async function saveAnswer(id: string, change: Change, actor: Actor, deps: Deps): Promise<Saved> {
  const draft = await readDraft(id, actor, deps)
  const { row, content } = draft
  if (row.filing !== null || row.caseId !== null) throw new GatewayError('DRAFT_IN_FILING', { retryAfter: 5 })
  const theirs = answerDiffers(content, change) ?? documentDiffers(content, change)
  if (theirs !== undefined) return { kind: 'changedMeanwhile', draft, theirs }
  const version = row.version + 1
  const next = changed(content, change, version)
  const contentSealed = deps.sealing.seal(next)
  if (contentSealed.length > LIMITS.draftBytes)
    throw new GatewayError('BODY_TOO_LARGE', { limit: LIMITS.draftBytes })
  const now = deps.now()
  const kept = await deps.store.drafts.save(
    row,
    { contentSealed, changedAt: now, until: untilFrom(now) },
    recordOf('save', draft, actor, deps),
  )
  // Another tab saved between reading and writing: its version is read, and this change is judged against it.
  if (!kept) return saveAnswer(id, change, actor, deps)
  const still = new Set(uploadsOf(next))
  await dropUploads(
    uploadsOf(content).filter((one) => !still.has(one)),
    deps,
  )
  return { kind: 'saved', draft: { ...draft, row: { ...row, version }, content: next } }
}
