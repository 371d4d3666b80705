/** Files of drafts: what no application will hand in is kept by nobody. */
import { type Deps, PORTAL } from '../deps.ts'
import type { DraftContent, DraftDocument } from './content.ts'

export const uploadsOf = ({ documents }: Pick<DraftContent, 'documents'>): readonly string[] =>
  documents.flatMap(({ uploads = [] }: DraftDocument) => uploads)

/** Deletes files that our pages took in. One that is gone already is as it should be. */
export async function dropUploads(ids: readonly string[], { store, files }: Deps): Promise<void> {
  for (const id of ids) if (await store.uploads.drop(id, PORTAL)) await files.drop(id)
}

/**
 * Forgets drafts whose time is over, and the files of those that were never filed: what was filed is the case's.
 * A process that dies between the two leaves a file that nobody can read back.
 */
export async function forgetDrafts(deps: Deps): Promise<void> {
  const gone = await deps.store.drafts.forget(deps.now())
  for (const { contentSealed, caseId } of gone)
    if (caseId === null) await dropUploads(uploadsOf(deps.sealing.open<DraftContent>(contentSealed)), deps)
}
