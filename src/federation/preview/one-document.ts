/** What of the one preview can stand for one document: asked for where the document is asked for. */
import type { FoundLicence } from '../../adapters/kit/contract.ts'
import type { Completeness } from '../../schemas/completeness.ts'
import type { Matter, MatterDocument } from '../../schemas/matter.ts'
import type { Candidate } from '../../schemas/preview.ts'
import { recordAccess } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { findHoldings } from '../holdings/find.ts'
import { auditOf } from '../holdings/holder.ts'
import { scopeIn } from '../holdings/places.ts'
import { isPhoto } from '../photos/uses.ts'
import { previewDocument } from './documents.ts'

/** Photos for what is a photo; licences where the region names some that it takes instead. */
export const kindFor = (document: MatterDocument): Candidate['kind'] | undefined =>
  isPhoto(document) ? 'photo' : document.exemptedBy.length > 0 ? 'licence' : undefined

export interface ForOne {
  readonly candidates: readonly Candidate[]
  readonly completeness: Completeness
}

/**
 * Asks all cities for the one kind that can stand for a document.
 * @returns nothing where no photo and no licence can
 * @throws GatewayError what `findHoldings` throws
 */
export async function candidatesFor(
  document: MatterDocument,
  { matter, division }: { readonly matter: Matter; readonly division: string },
  actor: Actor,
  deps: Deps,
): Promise<ForOne | undefined> {
  const kind = kindFor(document)
  if (!kind) return undefined
  const { rows, subject, completeness } = await findHoldings(
    kind,
    { scope: scopeIn('*', 'all'), matter },
    actor,
    deps,
  )
  const audit = auditOf(actor, deps, matter)
  await recordAccess(
    {
      holder: subject.key,
      clock: 'access',
      act: 'preview.read',
      matter: matter.id,
      purpose: 'crossProvince',
      basis: 'holder',
      fields: kind === 'photo' ? ['photoDetails', 'photo'] : ['licenceDetails'],
      outcome: 'granted',
      number: audit.number,
      role: 'holder',
    },
    actor,
    deps,
  )
  const licences = kind === 'photo' ? [] : rows
  const { candidates } = await previewDocument(
    matter,
    document,
    {
      division,
      licences: licences.map((row) => ({ row, licence: deps.sealing.open<FoundLicence>(row.sealed) })),
      photos: kind === 'photo' ? rows : [],
      look: { purpose: 'crossProvince', audit },
    },
    deps,
  )
  return { candidates, completeness }
}
