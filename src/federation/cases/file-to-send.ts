/** The files of an application on their way to the region: what a person agreed to goes where they agreed to, only while they do. */
import type { FileContent } from '../../adapters/kit/contract.ts'
import { type FieldError, fault, GatewayError } from '../../errors.ts'
import type { Application, DocumentEntry } from '../../schemas/application.ts'
import type { Exemption } from '../../schemas/exemption.ts'
import type { CaseRow, ReleaseOf } from '../../store/index.ts'
import { receiverAt } from '../consent/receivers.ts'
import { type Deps, PORTAL } from '../deps.ts'
import { contentOf } from '../identity/persons.ts'
import { readUpload } from '../uploads/uploads.ts'

/** Where files go, and of whom they may be. */
interface Errand {
  readonly matterId: string
  readonly division: string
  /** Whether a key of an identity document is the applicant's. */
  readonly isApplicant: (keys: readonly string[]) => boolean
}

/** Whether the person agreed to this: their own application for this matter, to this city. */
async function isCovered(release: ReleaseOf, { matterId, division, isApplicant }: Errand, deps: Deps) {
  if (release.matterId !== matterId || release.receiver !== receiverAt(division)) return false
  const { idDocument } = await contentOf(release.personId, deps)
  return isApplicant(deps.sealing.identities(idDocument))
}

/** An upload to be sent. @throws GatewayError `CONSENT_WITHDRAWN`, `CONSENT_REQUIRED`, `UPLOAD_NOT_FOUND` */
export async function fileToSend(
  id: string,
  { clientId, matterId, division, holderKey }: CaseRow,
  deps: Deps,
): Promise<FileContent> {
  const release = await deps.store.consents.releaseOf(id, deps.now())
  if (release) {
    if (!release.isHeld) throw new GatewayError('CONSENT_WITHDRAWN', {})
    const errand: Errand = { matterId, division, isApplicant: (keys) => keys.includes(holderKey) }
    if (!(await isCovered(release, errand, deps))) throw new GatewayError('CONSENT_REQUIRED', {})
  }
  return readUpload(id, await broughtBy(id, clientId, deps), deps)
}

/** The client that filed, or our own pages: whoever filed through a client may answer a correction here. What is sent was checked before. */
const broughtBy = async (id: string, clientId: string, { store }: Deps): Promise<string> =>
  (await store.uploads.readOwn(id, clientId)) ? clientId : PORTAL

/**
 * Refuses files that came out of a region's holdings and were agreed to for something else, each at its place.
 * @throws GatewayError `CONSENT_REQUIRED` with pointers into `documents`
 */
export async function checkReleases(
  documents: readonly Pick<DocumentEntry, 'uploads'>[],
  { matterId, division, applicant }: Omit<Errand, 'isApplicant'> & Pick<Application, 'applicant'>,
  deps: Deps,
): Promise<void> {
  const own = deps.sealing.identity(applicant.idDocument)
  const errand: Errand = { matterId, division, isApplicant: (keys) => keys.includes(own) }
  const errors: FieldError[] = []
  for (const [index, { uploads = [] }] of documents.entries())
    for (const [at, id] of uploads.entries()) {
      const release = await deps.store.consents.releaseOf(id, deps.now())
      if (release && !(release.isHeld && (await isCovered(release, errand, deps))))
        errors.push(notAgreed(`/documents/${index}/uploads/${at}`))
    }
  if (errors.length > 0) throw new GatewayError('CONSENT_REQUIRED', {}, { errors })
}

const notAgreed = (pointer: string) =>
  fault(
    pointer,
    'CONSENT_REQUIRED',
    '持有人没有同意把这个文件用于这份申请, 或同意已经结束',
    'The holder has not agreed to this file going into this application, or does no longer',
  )

/** @throws GatewayError `CONSENT_WITHDRAWN` when one of the consents has ended on which the documents stand */
export async function requireConsents(exemptions: readonly Exemption[], { store, now }: Deps): Promise<void> {
  const ids = exemptions.flatMap(({ consent }) => (consent === null ? [] : [consent]))
  if (ids.length > 0 && !(await store.consents.areHeld(ids, now())))
    throw new GatewayError('CONSENT_WITHDRAWN', {})
}
