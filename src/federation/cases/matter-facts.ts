/** What the cases of a matter are shown with. A version of a matter never changes, so it is read once. */
import { LIMITS } from '../../config.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { CaseRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { type Promised, promiseOf } from './clock/promise.ts'

type Name = Matter['name']

/** What a matter calls its fields and documents: by the name of the field, and by the id of the document. */
export interface MatterNames {
  readonly fields: ReadonlyMap<string, Name>
  readonly documents: ReadonlyMap<string, Name>
}

/** Names, and what is promised. */
export interface MatterFacts {
  readonly names: MatterNames
  readonly promised: Promised | undefined
}

type Kept = Map<string, Promise<MatterFacts | undefined>>

/** By store, so that two gateways in one process share nothing. */
const kept = new WeakMap<Deps['store'], Kept>()

/** Of the version for which a case was filed; nothing where that is not known, as of a case that was filed elsewhere. */
export function matterFactsOf(
  { matterId, matterVersion }: Pick<CaseRow, 'matterId' | 'matterVersion'>,
  store: Deps['store'],
): Promise<MatterFacts | undefined> {
  const known: Kept = kept.get(store) ?? new Map()
  kept.set(store, known)
  const key = `${matterVersion} ${matterId}`
  const found = known.get(key)
  if (found) return found
  if (known.size >= LIMITS.mattersKept) known.clear()
  const facts = read(matterId, matterVersion, store)
  known.set(key, facts)
  // What is not known now may be later, and a failure is nobody's who asks then.
  facts.then((one) => one ?? known.delete(key)).catch(() => known.delete(key))
  return facts
}

async function read(id: string, version: number, store: Deps['store']): Promise<MatterFacts | undefined> {
  const stored = await store.matters.version(id, version)
  if (!stored) return undefined
  // The store holds matters that their schema let in.
  const matter = stored.document as Matter
  return {
    names: {
      fields: new Map(matter.form.fields.map(({ name, label }) => [name, label])),
      documents: new Map(matter.documents.map((one) => [one.id, one.name])),
    },
    promised: promiseOf(matter),
  }
}
