/** A photo that a person takes here: examined, drawn anew, kept for the person's own applications. No region's contract takes it in. */
import type { FoundPhoto } from '../../adapters/kit/contract.ts'
import { LIMITS } from '../../config.ts'
import { fault, GatewayError, type ProblemCode } from '../../errors.ts'
import { examine } from '../../pictures/examine.ts'
import { unmarked } from '../../pictures/mark.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { HoldingRow } from '../../store/index.ts'
import { accessRow } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { subjectIn } from '../holdings/holder.ts'
import { newId } from '../ids.ts'
import { fitnessOf, mattersFor } from './fitness.ts'
import type { PhotoFitness } from './photos.ts'
import { presentPhoto } from './present.ts'

/**
 * Takes a photo in. What the file was called and what a camera wrote into it is not kept.
 * @throws GatewayError `PERSON_REQUIRED` for a firm; `FILE_EMPTY`, `BODY_TOO_LARGE`, `PICTURE_UNUSABLE` with the reason in plain words;
 * `PHOTOS_TOO_MANY`
 */
export async function capturePhoto(bytes: Buffer, actor: Actor, deps: Deps): Promise<PhotoFitness> {
  if (bytes.length === 0) throw new GatewayError('FILE_EMPTY')
  if (bytes.length > LIMITS.fileBytes) throw new GatewayError('BODY_TOO_LARGE', { limit: LIMITS.fileBytes })
  const subject = await subjectIn(actor, deps)
  // A firm has no face, and whoever else acts for it would see this one.
  if (subject.principal.organisationId !== null)
    throw new GatewayError('PERSON_REQUIRED', {}, { errors: [ownAccount()] })
  const { sealing, files, store, now } = deps
  const measured = await examine(bytes)
  const picture = await unmarked(bytes)
  const at = now()
  const found: FoundPhoto = {
    id: '',
    takenFor: 'upload',
    rawSource: { code: '', label: '本人上传' },
    takenOn: formatInstant(at).slice(0, 10),
    width: measured.width,
    height: measured.height,
    size: picture.length,
  }
  const id = newId('ph', at)
  await files.put(id, sealing.sealBytes(picture))
  const row: HoldingRow = {
    personId: subject.id,
    id,
    kind: 'photo',
    region: null,
    place: '',
    key: id,
    sealed: sealing.seal(found),
    firstAt: at,
    asOf: at,
    goneAt: null,
  }
  const record = recordOf('capture', subject.key, 'granted', actor, deps)
  if (!(await store.holdings.add(row, LIMITS.ownPhotos, [record]))) {
    await files.drop(id)
    throw new GatewayError('PHOTOS_TOO_MANY', { limit: LIMITS.ownPhotos })
  }
  const documents = fitnessOf(measured, found, at)
  return { photo: presentPhoto(row, found), documents, goodFor: await mattersFor(documents, deps) }
}

const ownAccount = () =>
  fault(
    '',
    'OWN_ACCOUNT',
    '单位账号不能拍摄照片, 请用本人的账号登录',
    'No photo is taken for a firm; log in with an account of your own',
  )

/**
 * Lets a photo go that was taken here: its bytes are gone with it.
 * @throws GatewayError `PHOTO_NOT_FOUND` also for one that a region holds
 */
export async function dropPhoto(id: string, actor: Actor, deps: Deps): Promise<void> {
  const subject = await subjectIn(actor, deps)
  const record = recordOf('drop', subject.key, 'granted', actor, deps)
  if (!(await deps.store.holdings.drop(subject.id, id, deps.now(), [record]))) {
    await deps.store.accesses.append([recordOf('drop', subject.key, 'PHOTO_NOT_FOUND', actor, deps)])
    throw new GatewayError('PHOTO_NOT_FOUND')
  }
  await deps.files.drop(id)
}

const recordOf = (act: string, holder: string, outcome: 'granted' | ProblemCode, actor: Actor, deps: Deps) =>
  accessRow(
    {
      holder,
      clock: 'access',
      act: `photos.${act}`,
      purpose: 'crossProvince',
      basis: 'holder',
      fields: outcome === 'granted' ? ['photo'] : [],
      outcome,
      role: 'holder',
    },
    actor,
    deps,
  )
