/** The files of an application on their way to the region: what a person agreed to goes only while the consent holds. */
import type { FileContent } from '../../adapters/kit/contract.ts'
import { GatewayError } from '../../errors.ts'
import type { Exemption } from '../../schemas/exemption.ts'
import type { Deps } from '../deps.ts'
import { readUpload } from '../uploads/uploads.ts'

/** An upload to be sent. @throws GatewayError `CONSENT_WITHDRAWN`, `UPLOAD_NOT_FOUND` */
export async function fileToSend(id: string, clientId: string, deps: Deps): Promise<FileContent> {
  if ((await deps.store.consents.maySend(id, deps.now())) === 'withdrawn')
    throw new GatewayError('CONSENT_WITHDRAWN', {})
  return readUpload(id, clientId, deps)
}

/** @throws GatewayError `CONSENT_WITHDRAWN` when one of the consents has ended on which the documents stand */
export async function requireConsents(exemptions: readonly Exemption[], { store, now }: Deps): Promise<void> {
  const ids = exemptions.flatMap(({ consent }) => (consent === null ? [] : [consent]))
  if (ids.length > 0 && !(await store.consents.areHeld(ids, now())))
    throw new GatewayError('CONSENT_WITHDRAWN', {})
}
