/**
 * What a page calls the documents of a result: by name, so that a region that lists them in another order, or one more, does not put one
 * in another's place. A name may tell of a person, and an address is no place for that: it stands there as a keyed hash.
 */
import { GatewayError } from '../../errors.ts'
import type { Actor, Deps } from '../deps.ts'
import { readResult } from './read-cases.ts'

const ID_CHARACTERS = 24

/** One id for each document; those of one name are counted. */
export function documentIds(
  caseId: string,
  names: readonly string[],
  { sealing }: Pick<Deps, 'sealing'>,
): readonly string[] {
  const seen = new Map<string, number>()
  return names.map((name) => {
    const before = seen.get(name) ?? 0
    seen.set(name, before + 1)
    return sealing.hash('result', `${caseId}\0${name}\0${before}`).slice(0, ID_CHARACTERS)
  })
}

/** One document of a result. @throws GatewayError what `readResult` throws; `NOT_FOUND` for one that the region does not list now */
export async function readResultDocument(id: string, documentId: string, actor: Actor, deps: Deps) {
  const documents = await readResult(id, actor, deps)
  const ids = documentIds(
    id,
    documents.map(({ name }) => name),
    deps,
  )
  const document = documents[ids.indexOf(documentId)]
  if (!document) throw new GatewayError('NOT_FOUND', { documents: documents.length })
  return document
}
