/** A photo that a person takes here: examined, drawn anew, kept for the person's own applications. No region's contract takes it in. */
import type { FoundPhoto } from '../../adapters/kit/contract.ts'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
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
 * @throws GatewayError `FILE_EMPTY`, `BODY_TOO_LARGE`, `PICTURE_UNUSABLE` with the reason in plain words
 */
export async function capturePhoto(bytes: Buffer, actor: Actor, deps: Deps): Promise<PhotoFitness> {
  if (bytes.length === 0) throw new GatewayError('FILE_EMPTY')
  if (bytes.length > LIMITS.fileBytes) throw new GatewayError('BODY_TOO_LARGE', { limit: LIMITS.fileBytes })
  const subject = await subjectIn(actor, deps)
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
  await store.holdings.add(row, [recordOf('capture', subject.key, actor, deps)])
  const documents = fitnessOf(measured, found, at)
  return { photo: presentPhoto(row, found), documents, goodFor: await mattersFor(documents, deps) }
}

/** Lets a photo go that was taken here. @throws GatewayError `PHOTO_NOT_FOUND` also for one that a region holds */
export async function dropPhoto(id: string, actor: Actor, deps: Deps): Promise<void> {
  const subject = await subjectIn(actor, deps)
  const record = recordOf('drop', subject.key, actor, deps)
  if (!(await deps.store.holdings.drop(subject.id, id, deps.now(), [record])))
    throw new GatewayError('PHOTO_NOT_FOUND')
  // From here on nobody finds it; only then its bytes go.
  await deps.files.remove(id)
}

const recordOf = (act: string, holder: string, actor: Actor, deps: Deps) =>
  accessRow(
    {
      holder,
      clock: 'access',
      act: `photos.${act}`,
      purpose: 'crossProvince',
      basis: 'holder',
      fields: ['photo'],
      outcome: 'granted',
      role: 'holder',
    },
    actor,
    deps,
  )
