/** One person for each identity document: found by type and number alone, never by name. */
import type { AccountKind, NamedPerson } from '../../adapters/kit/log-in.ts'
import { GatewayError } from '../../errors.ts'
import type { IdDocument } from '../../schemas/application.ts'
import { checkIdDocument } from '../../schemas/identifiers/index.ts'
import { isSameName, plainName } from '../../schemas/names.ts'
import type { RegionId } from '../../schemas/regions.ts'
import type { AccountRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { newId } from '../ids.ts'

/** What is sealed of a person. */
export interface PersonContent {
  readonly name: string
  readonly idDocument: IdDocument
}

/** Who vouches for a name: an account of a region, by its hash. */
interface Witness {
  readonly region: RegionId
  readonly subjectKey: string
}

/** A person's name and document, opened. @throws GatewayError `NOT_FOUND` */
export async function contentOf(
  personId: string,
  { store, sealing }: Pick<Deps, 'store' | 'sealing'>,
): Promise<PersonContent> {
  const row = await store.people.read(personId)
  if (!row) throw new GatewayError('NOT_FOUND', { subject: 'person' })
  return sealing.open<PersonContent>(row.sealed)
}

/**
 * The person whom a region's account names, found or added.
 * @returns the person's id
 * @throws GatewayError `REAL_NAME_REQUIRED` without a document, `IDENTITY_INVALID` for a number that cannot be one,
 * `IDENTITY_CONFLICT` when the number is known under another name and nobody has decided that both are one person
 */
export const personFor = async (
  named: NamedPerson,
  kind: AccountKind,
  witness: Witness,
  deps: Deps,
): Promise<string> => (await matched(named, kind, witness, deps)).id

/** The same, with the account that names them as it was known before. */
export async function matched(
  named: NamedPerson,
  kind: AccountKind,
  witness: Witness,
  deps: Deps,
): Promise<{ readonly id: string; readonly account: AccountRow | null }> {
  const { store, sealing } = deps
  const now = deps.now()
  const { idDocument, name } = named
  if (!idDocument || plainName(name) === '')
    throw new GatewayError('REAL_NAME_REQUIRED', { region: witness.region })
  const checked = checkIdDocument(idDocument, now)
  if (!checked.ok)
    throw new GatewayError('IDENTITY_INVALID', { region: witness.region, type: idDocument.type })
  const keys = sealing.identities(idDocument)
  const [key = ''] = keys
  const found = await store.people.find(keys, witness)
  if (!found) {
    const id = newId(kind === 'person' ? 'per' : 'org', now)
    const content: PersonContent = { name: name.trim(), idDocument }
    const owner = await store.people.add({ id, kind, sealed: sealing.seal(content), createdAt: now }, key)
    // Another process added the same number meanwhile: its name is the one to agree with.
    return owner === id ? { id, account: null } : matched(named, kind, witness, deps)
  }
  const { person, account } = found
  if (keys.length > 1) await store.people.addKey(key, person.id)
  const { name: before } = sealing.open<PersonContent>(person.sealed)
  if (!isSameName(before, name)) await settled(person.id, name, witness, deps)
  return { id: person.id, account }
}

/** Resolves when a person has decided that the other name is the same person's. */
async function settled(
  personId: string,
  name: string,
  { region, subjectKey }: Witness,
  { store, sealing, now, log }: Deps,
): Promise<void> {
  const id = newId('nc', now())
  const decision = await store.people.conflict({
    id,
    personId,
    region,
    subjectKey,
    nameKey: sealing.hash('name', plainName(name)),
    sealed: sealing.seal({ name }),
    seenAt: now(),
    decision: null,
    decidedAt: null,
  })
  if (decision === 'same') return
  log.warn({ region, decision: decision ?? 'open' }, 'one document number goes with different names')
  throw new GatewayError('IDENTITY_CONFLICT', { region, decision: decision ?? 'open' })
}
