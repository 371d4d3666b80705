/** What became of what a person chose in a preview. */
import type { Actor, Deps } from '../deps.ts'
import { holdingWords } from '../holdings/words.ts'
import { subjectOf } from '../identity/identify.ts'
import { personOf } from '../identity/principal.ts'

/** Names of photos and licences of one's own; what is another's or gone has none. @throws GatewayError `PERSON_REQUIRED` */
export async function holdingNames(
  ids: readonly string[],
  actor: Actor,
  { store, sealing }: Deps,
): Promise<ReadonlyMap<string, { readonly zh: string; readonly en: string }>> {
  if (ids.length === 0) return new Map()
  const rows = await store.holdings.readSome(subjectOf(personOf(actor)), ids)
  return new Map(rows.map((row) => [row.id, holdingWords(row, sealing)]))
}

/** Whether an upload came out of a holding and its consent holds. */
export const isReleased = async (uploadId: string, { store, now }: Deps): Promise<boolean> =>
  (await store.consents.maySend(uploadId, now())) === 'held'
