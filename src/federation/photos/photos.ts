/** A person's photos: found in all the cities that are asked, looked at, judged, and prepared for a matter. */
import type { FoundPhoto } from '../../adapters/kit/contract.ts'
import { fault, GatewayError } from '../../errors.ts'
import { fit as fitTo } from '../../pictures/fit.ts'
import { marked } from '../../pictures/mark.ts'
import { photoRule } from '../../pictures/rules.ts'
import type { Completeness } from '../../schemas/completeness.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Photo } from '../../schemas/photo.ts'
import type { HoldingRow } from '../../store/index.ts'
import { recordAccess } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { findHoldings } from '../holdings/find.ts'
import { auditOf, type Subject, subjectIn, whyNotLook } from '../holdings/holder.ts'
import type { Scope } from '../holdings/places.ts'
import { consentTo, releaseUpload } from '../holdings/release.ts'
import { type Fitness, fitnessOf, type GoodFor, mattersFor } from './fitness.ts'
import { type Picture, pictureOf } from './picture.ts'
import { presentPhoto } from './present.ts'
import { documentMadeBy, isPhoto } from './uses.ts'

/**
 * What the libraries hold, the newest first, with what the person took here.
 * @throws GatewayError what `findHoldings` throws
 */
export async function listPhotos(
  asked: { readonly scope: Scope },
  actor: Actor,
  deps: Deps,
): Promise<{ readonly items: readonly Photo[]; readonly completeness: Completeness }> {
  const { rows, completeness } = await findHoldings('photo', asked, actor, deps)
  const items = rows
    .map((row) => presentPhoto(row, deps.sealing.open<FoundPhoto>(row.sealed)))
    .toSorted((one, other) => ((one.takenOn ?? '') < (other.takenOn ?? '') ? 1 : -1))
  return { items, completeness }
}

/** A photo of one's own, its picture fetched, and the look recorded. */
async function looked(
  id: string,
  act: string,
  actor: Actor,
  deps: Deps,
): Promise<{ row: HoldingRow; found: FoundPhoto; subject: Subject; picture: Picture; number: string }> {
  const subject = await subjectIn(actor, deps)
  const row = await deps.store.holdings.readOwn(subject.id, 'photo', id)
  const audit = auditOf(actor, deps, undefined)
  const refused = whyNotLook(row, 'photo', actor)
  await recordAccess(
    {
      holder: subject.key,
      clock: 'access',
      act: `photos.${act}`,
      purpose: 'crossProvince',
      basis: 'holder',
      fields: refused ? [] : ['photo', 'photoDetails'],
      outcome: refused ?? 'granted',
      number: audit.number,
      role: 'holder',
    },
    actor,
    deps,
  )
  if (refused || !row) throw new GatewayError(refused ?? 'PHOTO_NOT_FOUND')
  const picture = await pictureOf(row, { purpose: 'crossProvince', audit }, deps)
  return { row, found: deps.sealing.open<FoundPhoto>(row.sealed), subject, picture, number: audit.number }
}

/** What a photo is good for. */
export interface PhotoFitness {
  readonly photo: Photo
  readonly documents: readonly Fitness[]
  readonly goodFor: readonly GoodFor[]
}

/**
 * Fetches a photo and judges it by the rule of every document.
 * @throws GatewayError `PHOTO_NOT_FOUND` also for another's, `PICTURE_UNUSABLE`, and what fetching throws
 */
export async function readFitness(id: string, actor: Actor, deps: Deps): Promise<PhotoFitness> {
  const { row, found, picture } = await looked(id, 'judge', actor, deps)
  const documents = fitnessOf(picture.measured, found, deps.now())
  return { photo: presentPhoto(row, found), documents, goodFor: await mattersFor(documents, deps) }
}

/** The picture as its own person sees it: with a mark that says for whom it was drawn. @throws GatewayError as `readFitness` */
export async function showPicture(id: string, actor: Actor, deps: Deps): Promise<Buffer> {
  const { picture } = await looked(id, 'show', actor, deps)
  return marked(picture.jpeg, {
    purpose: '本人查看',
    receiver: '持有人本人',
    day: formatInstant(deps.now()).slice(0, 10),
  })
}

/** A photo that was made to fit, as an upload. */
export interface PreparedPhoto {
  readonly uploadId: string
  readonly document: string
  readonly width: number
  readonly height: number
  readonly size: number
}

/**
 * Makes a photo fit the document that a matter makes of it, and puts it beside the application as an upload: without a mark, since it
 * goes into a document. It may be sent only while the consent to it holds.
 * @throws GatewayError `CONSENT_REQUIRED`, `CONSENT_WITHDRAWN`; `BODY_INVALID` for a document that is no photo of the matter's;
 * `PHOTO_UNFIT` with what is wrong; and what `readFitness` throws
 */
export async function preparePhoto(
  id: string,
  asked: { readonly matter: string; readonly division: string; readonly document: string },
  actor: Actor,
  deps: Deps,
): Promise<PreparedPhoto> {
  const found = await deps.catalogue.current(asked.matter)
  if (!found) throw new GatewayError('MATTER_NOT_FOUND', { matter: asked.matter })
  const { matter } = found
  const wanted = matter.documents.find((one) => one.id === asked.document)
  if (!wanted || !isPhoto(wanted)) throw noPhoto()
  const subject = await subjectIn(actor, deps)
  const own = await deps.store.holdings.readOwn(subject.id, 'photo', id)
  // Before anything is fetched: without consent there is nothing to prepare. Another's photo is told apart from none by nobody.
  const consent = own && (await consentTo(own, { matterId: matter.id, division: asked.division }, deps))
  const { row, picture, number } = await looked(id, 'prepare', actor, deps)
  if (!consent) throw new GatewayError('PHOTO_NOT_FOUND')
  const document = documentMadeBy(matter)
  const made = document === undefined ? plain(picture) : await fitTo(picture.jpeg, photoRule(document))
  const uploadId = await releaseUpload(
    {
      row,
      consent,
      file: { name: 'photo.jpg', contentType: 'image/jpeg', bytes: made.jpeg },
      documentId: wanted.id,
      isFitted: document !== undefined,
      number,
    },
    subject,
    actor,
    deps,
  )
  return { uploadId, document: wanted.id, width: made.width, height: made.height, size: made.jpeg.length }
}

/** Nobody has told which document a matter makes of it: it goes as it is, drawn anew. */
const plain = ({ jpeg, measured }: Picture) => ({ jpeg, width: measured.width, height: measured.height })

const noPhoto = () =>
  new GatewayError(
    'BODY_INVALID',
    { message: 'prepare' },
    {
      errors: [fault('/document', 'NO_PHOTO', '这份材料不是照片', 'This document of the matter is no photo')],
    },
  )
