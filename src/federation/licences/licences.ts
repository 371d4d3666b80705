/** A person's licences: found in all the cities that are asked, and opened one by one. */
import type { FoundLicence } from '../../adapters/kit/contract.ts'
import { GatewayError } from '../../errors.ts'
import type { Completeness } from '../../schemas/completeness.ts'
import type { Licence, LicenceKind } from '../../schemas/licence.ts'
import { recordAccess } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { findHoldings } from '../holdings/find.ts'
import { subjectIn, whyNotLook } from '../holdings/holder.ts'
import type { Scope } from '../holdings/places.ts'
import { maskedLicence, presentLicence } from './present.ts'

/**
 * What the regions hold, with numbers masked; the valid first.
 * @throws GatewayError what `findHoldings` throws
 */
export async function listLicences(
  asked: { readonly scope: Scope; readonly kind?: LicenceKind | undefined },
  actor: Actor,
  deps: Deps,
): Promise<{ readonly items: readonly Licence[]; readonly completeness: Completeness }> {
  const { rows, completeness } = await findHoldings('licence', { scope: asked.scope }, actor, deps)
  const items = rows
    .map((row) => maskedLicence(row, deps.sealing.open<FoundLicence>(row.sealed), deps.now()))
    .filter(({ kind }) => asked.kind === undefined || kind === asked.kind)
    .toSorted((one, other) => Number(other.status === 'valid') - Number(one.status === 'valid'))
  return { items, completeness }
}

/**
 * One licence opened: its numbers, and what is printed on it where the region tells.
 * @throws GatewayError `LICENCE_NOT_FOUND` also for another's, `PERSON_REQUIRED`, `ASSURANCE_TOO_LOW`
 */
export async function readLicence(
  id: string,
  actor: Actor,
  deps: Deps,
): Promise<Licence & { readonly face?: Readonly<Record<string, string>> }> {
  const subject = await subjectIn(actor, deps)
  const row = await deps.store.holdings.readOwn(subject.id, 'licence', id)
  const refused = whyNotLook(row, 'licence', actor)
  await recordAccess(
    {
      holder: subject.key,
      clock: 'access',
      act: 'licences.read',
      purpose: 'crossProvince',
      basis: 'holder',
      fields: refused ? [] : ['licence', 'licenceFace'],
      outcome: refused ?? 'granted',
      role: 'holder',
    },
    actor,
    deps,
  )
  if (refused || !row) throw new GatewayError(refused ?? 'LICENCE_NOT_FOUND')
  const found = deps.sealing.open<FoundLicence>(row.sealed)
  return { ...presentLicence(row, found, deps.now()), ...(found.face ? { face: found.face } : {}) }
}
