/** The bytes of a photo, whoever holds it: from the sitting's cache, from the gateway's own store, or from its region. */
import type { Audit, FoundPhoto } from '../../adapters/kit/contract.ts'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import { examine, type Measured } from '../../pictures/examine.ts'
import { unmarked } from '../../pictures/mark.ts'
import { sniff } from '../../pictures/sniff.ts'
import type { PhotoPurpose } from '../../schemas/photo.ts'
import type { HoldingRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { cityAsked, linkAt } from '../holdings/places.ts'
import { contentOf } from '../identity/persons.ts'

/** Why a picture is looked at. */
export interface Look {
  readonly purpose: PhotoPurpose
  readonly audit: Audit
}

/** A picture that was drawn anew: no byte of it passes as its region or a phone made it, and no metadata is in it. */
export interface Picture {
  readonly jpeg: Buffer
  /** Of the file as it came. */
  readonly measured: Measured
}

/** How a picture is kept for the minutes of a sitting. */
interface Kept {
  readonly measured: Measured
  readonly jpeg: string
}

/**
 * @throws GatewayError `PHOTO_NOT_FOUND`, what `PhotoLink.fetch` throws, `REGION_ANSWER_INVALID` for a region's bytes that are no
 * picture, and `PICTURE_UNUSABLE` for a picture that cannot be opened
 */
export async function pictureOf(row: HoldingRow, look: Look, deps: Deps): Promise<Picture> {
  const { store, sealing, now } = deps
  const { personId, id: holdingId } = row
  const kept = await store.holdings.picture(personId, holdingId, now())
  if (kept) {
    const { measured, jpeg } = sealing.open<Kept>(kept)
    return { measured, jpeg: Buffer.from(jpeg, 'base64') }
  }
  const bytes = await bytesOf(row, look, deps)
  const measured = await examine(bytes)
  const jpeg = await unmarked(bytes)
  const content: Kept = { measured, jpeg: jpeg.toString('base64') }
  await store.holdings.putPicture({
    personId,
    holdingId,
    sealed: sealing.seal(content),
    until: new Date(now().getTime() + LIMITS.pictureMs),
  })
  return { measured, jpeg }
}

async function bytesOf(row: HoldingRow, { purpose, audit }: Look, deps: Deps): Promise<Buffer> {
  if (row.region === null) return deps.sealing.openBytes(await deps.files.get(row.id))
  const { name, idDocument } = await contentOf(row.personId, deps)
  const division = cityAsked(row, idDocument, deps)
  const { bytes } = await linkAt('photo', division, deps).fetch({
    division,
    holder: { name, idDocument },
    audit,
    purpose,
    photo: deps.sealing.open<FoundPhoto>(row.sealed),
  })
  // A page of a server on the way, say: the fault is the region's, and not that of the person who chose the photo.
  if (!['jpeg', 'png'].includes(sniff(bytes)))
    throw new GatewayError('REGION_ANSWER_INVALID', { division, reason: 'no picture' })
  return bytes
}
