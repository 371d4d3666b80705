/** What a matter calls its fields and documents. A version of a matter never changes, so its names are read once. */
import { LIMITS } from '../../../config.ts'
import type { Matter } from '../../../schemas/matter.ts'
import type { CaseRow } from '../../../store/index.ts'
import type { Deps } from '../../deps.ts'

type Name = Matter['name']

/** By the name of the field, and by the id of the document. */
export interface MatterNames {
  readonly fields: ReadonlyMap<string, Name>
  readonly documents: ReadonlyMap<string, Name>
}

type Kept = Map<string, Promise<MatterNames | undefined>>

/** By store, so that two gateways in one process share nothing. */
const kept = new WeakMap<Deps['store'], Kept>()

/** The names in the version for which a case was filed; nothing where that is not known, as of a case that was filed elsewhere. */
export function namesOf(
  { matterId, matterVersion }: CaseRow,
  store: Deps['store'],
): Promise<MatterNames | undefined> {
  const known: Kept = kept.get(store) ?? new Map()
  kept.set(store, known)
  const key = `${matterVersion} ${matterId}`
  const found = known.get(key)
  if (found) return found
  if (known.size >= LIMITS.namesKept) known.clear()
  const names = read(matterId, matterVersion, store)
  known.set(key, names)
  // What is not known now may be later, and a failure is nobody's who asks then.
  names.then((one) => one ?? known.delete(key)).catch(() => known.delete(key))
  return names
}

async function read(id: string, version: number, store: Deps['store']): Promise<MatterNames | undefined> {
  const stored = await store.matters.version(id, version)
  if (!stored) return undefined
  // The store holds matters that their schema let in.
  const { form, documents } = stored.document as Matter
  return {
    fields: new Map(form.fields.map(({ name, label }) => [name, label])),
    documents: new Map(documents.map((one) => [one.id, one.name])),
  }
}
