/** Something that a region holds becomes a document of an application: an upload that may be sent only while its consent holds. */
import { createHash } from 'node:crypto'
import type { FileContent } from '../../adapters/kit/contract.ts'
import { fault, GatewayError } from '../../errors.ts'
import type { ConsentRow, HoldingRow } from '../../store/index.ts'
import { accessRow } from '../audit/access.ts'
import { receiverAt } from '../consent/receivers.ts'
import type { Actor, Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import type { Subject } from './holder.ts'

/** Where it goes: the departments of a city, for one matter. */
export interface Errand {
  readonly matterId: string
  /** Six digits: the city, or a district of it, that handles the matter. */
  readonly division: string
}

/**
 * The consent under which something may be handed to the region that handles a matter.
 * @throws GatewayError `CONSENT_REQUIRED` with the receiver that the consent must name
 */
export async function consentTo(
  row: HoldingRow,
  { matterId, division }: Errand,
  deps: Deps,
): Promise<ConsentRow> {
  const receiver = receiverAt(division)
  const held = await deps.store.consents.holding(row.personId, { receiver, matterId }, deps.now())
  // Whoever lets a clerk compare a face has not let it go into a document.
  const covering = held.find(
    ({ kind, items, purpose }) => kind === row.kind && purpose !== 'identityCheck' && items.includes(row.id),
  )
  if (covering) return covering
  throw new GatewayError(
    'CONSENT_REQUIRED',
    { receiver, matter: matterId },
    {
      errors: [
        fault(
          '',
          'CONSENT_REQUIRED',
          '请先就这项材料单独同意交给受理部门',
          'Agree first that this may be handed to the departments that handle the matter',
        ),
      ],
    },
  )
}

/** What is released. */
interface Released {
  readonly row: HoldingRow
  readonly consent: ConsentRow
  readonly file: FileContent
  readonly documentId: string
  /** It was cut and scaled to a rule; otherwise it is as the region gave it. */
  readonly isFitted: boolean
  /** The number under which the region was asked. */
  readonly number: string
}

/**
 * Stores the upload with its record, under the consent's lock.
 * @returns the upload's id
 * @throws GatewayError `CONSENT_WITHDRAWN` when the consent has ended meanwhile: then nothing of it is kept
 */
export async function releaseUpload(
  { row, consent, file, documentId, isFitted, number }: Released,
  subject: Subject,
  actor: Actor,
  deps: Deps,
): Promise<string> {
  const { store, sealing, files, now } = deps
  const at = now()
  const uploadId = newId('up', at)
  await files.put(uploadId, sealing.sealBytes(file.bytes))
  const record = accessRow(
    {
      holder: subject.key,
      clock: 'provision',
      act: `${row.kind}s.release`,
      matter: consent.matterId,
      purpose: consent.purpose,
      basis: 'consent',
      fields: [row.kind, row.kind === 'photo' ? 'photo' : 'licenceFile'],
      outcome: 'granted',
      number,
      role: 'holder',
    },
    actor,
    deps,
  )
  const released = await store.consents.release(
    {
      personId: row.personId,
      uploadId,
      consentId: consent.id,
      holdingId: row.id,
      documentId,
      at,
      fitted: isFitted,
      size: file.bytes.length,
    },
    {
      id: uploadId,
      clientId: actor.clientId,
      sha256: createHash('sha256').update(file.bytes).digest('hex'),
      size: file.bytes.length,
      contentType: file.contentType,
      nameSealed: sealing.seal(file.name),
      createdAt: at,
    },
    at,
    [record],
  )
  if (!released) {
    await files.drop(uploadId)
    throw new GatewayError('CONSENT_WITHDRAWN', {})
  }
  return uploadId
}
