/** What a receiver is handed for a grant: the photo or the licence, with where it came from. */
import type { FoundLicence, FoundPhoto } from '../../adapters/kit/contract.ts'
import { GatewayError } from '../../errors.ts'
import { type Mark, marked } from '../../pictures/mark.ts'
import type { ReleasePurpose } from '../../schemas/consent.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { PhotoPurpose } from '../../schemas/photo.ts'
import type { GrantRow, HoldingRow } from '../../store/index.ts'
import { receiverName } from '../consent/receivers.ts'
import { purposeWords } from '../consent/wording.ts'
import type { Actor, Deps } from '../deps.ts'
import { fileOf } from '../licences/file.ts'
import { presentLicence } from '../licences/present.ts'
import { pictureOf } from '../photos/picture.ts'
import { presentPhoto } from '../photos/present.ts'
import { auditOf, requireOwnPlace } from './holder.ts'

/** A document for the receiver, and what of the person it holds. */
export interface Delivered {
  readonly document: object
  readonly fields: readonly string[]
  /** The number under which the region was asked. */
  readonly number: string
}

/**
 * @throws GatewayError `PHOTO_NOT_FOUND`, `LICENCE_NOT_FOUND` when it is not there any more; `AUDIENCE_MISMATCH`; what fetching throws
 */
export async function delivered(grant: GrantRow, actor: Actor, deps: Deps): Promise<Delivered> {
  const row = await deps.store.holdings.readOwn(grant.personId, grant.kind, grant.holdingId)
  if (!row) throw new GatewayError(grant.kind === 'photo' ? 'PHOTO_NOT_FOUND' : 'LICENCE_NOT_FOUND')
  requireOwnPlace(row, actor)
  const matter = await deps.catalogue.current(grant.matterId)
  const audit = auditOf(actor, deps, matter?.matter)
  const head = {
    iss: deps.publicUrl,
    aud: grant.receiver,
    issuedAt: formatInstant(deps.now()),
    grant: grant.id,
    purpose: grant.purpose,
    matter: grant.matterId,
    caseId: grant.caseId,
  }
  const what = row.kind === 'photo' ? await photo(row, grant, audit, deps) : await licence(row, audit, deps)
  return { document: { ...head, ...what.document }, fields: what.fields, number: audit.number }
}

type What = Pick<Delivered, 'document' | 'fields'>
type Audit = ReturnType<typeof auditOf>

/** The regions' tables have no word for a paper that a photo replaces: for them it is the cross-province case. */
const photoPurpose = (purpose: ReleasePurpose): PhotoPurpose =>
  purpose === 'replaceMaterial' ? 'crossProvince' : purpose

async function photo(row: HoldingRow, grant: GrantRow, audit: Audit, deps: Deps): Promise<What> {
  // The store keeps what a checked request said.
  const purpose = grant.purpose as ReleasePurpose
  const { jpeg: plain } = await pictureOf(row, { purpose: photoPurpose(purpose), audit }, deps)
  // What a clerk looks at carries its purpose for all to see; what goes into a document carries none.
  const picture = purpose === 'identityCheck' ? await marked(plain, markOf(grant, deps)) : plain
  return {
    document: {
      photo: presentPhoto(row, deps.sealing.open<FoundPhoto>(row.sealed)),
      content: { contentType: 'image/jpeg', bytes: picture.toString('base64') },
    },
    fields: ['photo', 'photoDetails'],
  }
}

/** What the picture says of itself. */
function markOf(grant: GrantRow, deps: Deps): Mark {
  // The store keeps what a checked request said.
  const [purpose] = purposeWords(grant.purpose as ReleasePurpose)
  return {
    purpose,
    receiver: receiverName(grant.receiver, deps),
    day: formatInstant(deps.now()).slice(0, 10),
  }
}

async function licence(row: HoldingRow, audit: Audit, deps: Deps): Promise<What> {
  const file = await fileOf(row, { audit, reason: '跨省通办' }, deps)
  return {
    document: {
      licence: presentLicence(row, deps.sealing.open<FoundLicence>(row.sealed), deps.now()),
      content: { contentType: file.contentType, name: file.name, bytes: file.bytes.toString('base64') },
    },
    fields: ['licence', 'licenceFile'],
  }
}
