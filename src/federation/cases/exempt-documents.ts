/** 两个免于提交 at filing: a licence of the applicant's stands for a document, fetched by the gateway instead of asked of the applicant. */

import type { FoundLicence } from '../../adapters/kit/contract.ts'
import type { Arrow } from '../../adapters/kit/ledger.ts'
import { fault, GatewayError, type ProblemCode } from '../../errors.ts'
import type { Application, DocumentEntry } from '../../schemas/application.ts'
import type { Exemption } from '../../schemas/exemption.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Matter } from '../../schemas/matter.ts'
import { leaves } from '../../schemas/pointers.ts'
import type { ConsentRow, HoldingRow } from '../../store/index.ts'
import { recordAccess } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { auditOf, refusalOf, type Subject, subjectIn, whyNotLook } from '../holdings/holder.ts'
import { divisionOf } from '../holdings/places.ts'
import { consentTo, releaseUpload } from '../holdings/release.ts'
import { kindsFor } from '../licences/exemptions.ts'
import { fileOf } from '../licences/file.ts'
import { statusOf } from '../licences/present.ts'

/** Where the documents go. */
interface Errand {
  readonly matter: Matter
  readonly division: string
  /** Whose papers stand for the documents: nobody else's. */
  readonly applicant: Application['applicant']
  /** Everything is checked, and no region is asked for a file. */
  readonly isDryRun: boolean
}

/** Documents as they are filed, and how each licence of the gateway's index came into them. */
export interface Exempted {
  readonly documents: readonly DocumentEntry[]
  readonly exemptions: readonly Exemption[]
  /** The same, each in its place, with the uploads that are there to be looked at: a dry run promises files that it does not fetch. */
  readonly brought: readonly DocumentEntry[]
}

/** The gateway's own name of a licence, as its lists give it. Anything else is the region's, and passes as it is. */
const isOurs = ({ mode, licence }: DocumentEntry): boolean =>
  mode === 'licence' && licence?.startsWith('lic_') === true

/**
 * Puts the licences that the documents name into place: by reference where the handling region holds it and takes licences, as a file elsewhere. An
 * entry that brings uploads beside its licence is content with them when the licence cannot be fetched.
 * @throws GatewayError with pointers into `documents`: `LICENCE_NOT_FOUND`, `LICENCE_NOT_VALID`, `CONSENT_REQUIRED`, `CONSENT_WITHDRAWN`,
 * `LICENCE_UNAVAILABLE`; `BODY_INVALID` for a licence that does not stand for its document
 */
export async function exemptDocuments(
  documents: readonly DocumentEntry[],
  errand: Errand,
  actor: Actor,
  deps: Deps,
): Promise<Exempted> {
  if (!documents.some(isOurs)) return { documents, exemptions: [], brought: documents }
  const subject = await subjectIn(actor, deps)
  const done = await Promise.all(
    documents.map((entry, index) =>
      isOurs(entry)
        ? placed(entry, subject, errand, actor, deps).catch((error: unknown) =>
            Promise.reject(at(index, error)),
          )
        : { entry, exemption: undefined },
    ),
  )
  return {
    documents: done.map(({ entry }) => entry),
    exemptions: done.flatMap(({ exemption }) => (exemption ? [exemption] : [])),
    brought: done.map(({ entry }) => (entry.uploads?.includes(PROMISED) ? { ...entry, uploads: [] } : entry)),
  }
}

/** Stands in a dry run for the file that would be fetched. */
const PROMISED = 'promised'

interface Placed {
  readonly entry: DocumentEntry
  readonly exemption: Exemption | undefined
}

async function placed(
  entry: DocumentEntry,
  subject: Subject,
  errand: Errand,
  actor: Actor,
  deps: Deps,
): Promise<Placed> {
  const { matter, division, isDryRun } = errand
  const { row, region } = await ownLicence(entry, subject, errand, actor, deps)
  const licence = deps.sealing.open<FoundLicence>(row.sealed)
  const wanted = matter.documents.find(({ id }) => id === entry.id)
  if (wanted && !kindsFor(wanted, division, deps).includes(licence.kind)) throw notThatKind()
  const consent = await consentTo(row, { matterId: matter.id, division }, deps)
  const told: Told = { row, region, licence, consent }
  // A region that takes no licences by their names (Jiangsu does not) is sent the file of its own.
  const isReference = region === matter.region && wanted?.modes.includes('licence') !== false
  const status = statusOf(licence, deps.now())
  // A state that nobody knows is for the handling region to judge where the licence is its own, and no file is asked for it elsewhere.
  if (status !== 'valid' && !(isReference && status === 'unknown')) {
    if ((entry.uploads?.length ?? 0) === 0) throw new GatewayError('LICENCE_NOT_VALID', { status })
    return insteadOf(entry, told, 'LICENCE_NOT_VALID')
  }
  if (isReference) {
    // The handling region knows it by its own identifier.
    const { uploads: _uploads, ...rest } = entry
    return { entry: { ...rest, licence: licence.id }, exemption: exemption(entry, 'reference', told) }
  }
  if (isDryRun)
    return {
      entry: { id: entry.id, mode: 'upload', uploads: [PROMISED] },
      exemption: exemption(entry, 'file', told),
    }
  return fetched(entry, told, subject, matter, actor, deps)
}

/** The licence that an entry names, where it is the applicant's and theirs who asks. @throws GatewayError `LICENCE_NOT_FOUND`, `AUDIENCE_MISMATCH` */
async function ownLicence(
  entry: DocumentEntry,
  subject: Subject,
  { applicant, matter }: Errand,
  actor: Actor,
  deps: Deps,
): Promise<{ readonly row: HoldingRow; readonly region: Told['region'] }> {
  // Whoever applies for another on a mandate hands in no paper of their own in the other's name.
  const isTheirs = deps.sealing.identity(applicant.idDocument) === subject.key
  const row = isTheirs
    ? await deps.store.holdings.readOwn(subject.id, 'licence', entry.licence ?? '')
    : undefined
  const refused = whyNotLook(row, 'licence', actor)
  if (row && row.region !== null && !refused) return { row, region: row.region }
  const outcome = refused ?? 'LICENCE_NOT_FOUND'
  const attempt = { act: 'licences.release', matter: matter.id, purpose: 'replaceMaterial', outcome }
  await recordAccess(refusalOf(attempt, subject), actor, deps)
  throw new GatewayError(outcome)
}

/** A licence becomes a file of the application; where it cannot be had, the upload that was brought beside it stands. */
async function fetched(
  entry: DocumentEntry,
  told: Told,
  subject: Subject,
  matter: Matter,
  actor: Actor,
  deps: Deps,
): Promise<Placed> {
  const { row, consent } = told
  try {
    const audit = auditOf(actor, deps, matter)
    const file = await fileOf(row, { audit, reason: [...matter.name.zh].slice(0, 100).join('') }, deps)
    const uploadId = await releaseUpload(
      { row, consent, file, documentId: entry.id, isFitted: false, number: audit.number },
      subject,
      actor,
      deps,
    )
    return {
      entry: { id: entry.id, mode: 'upload', uploads: [uploadId] },
      exemption: exemption(entry, 'file', told),
    }
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code === 'CONSENT_WITHDRAWN') throw error
    if ((entry.uploads?.length ?? 0) === 0)
      throw new GatewayError('LICENCE_UNAVAILABLE', { reason: error.code }, { cause: error })
    return insteadOf(entry, told, error.code)
  }
}

/** The upload that was brought beside the licence stands. */
const insteadOf = (entry: DocumentEntry, told: Told, reason: ProblemCode): Placed => ({
  entry: { id: entry.id, mode: 'upload', uploads: entry.uploads ?? [] },
  exemption: exemption(entry, 'upload', told, reason),
})

interface Told {
  readonly row: HoldingRow
  readonly region: Exemption['licence']['region']
  readonly licence: FoundLicence
  readonly consent: ConsentRow
}

const exemption = (
  { id: document }: DocumentEntry,
  how: Exemption['how'],
  { row, region, licence, consent }: Told,
  reason?: ProblemCode,
): Exemption => ({
  document,
  how,
  licence: {
    id: row.id,
    name: licence.name,
    region,
    division: licence.division ?? divisionOf(row),
    asOf: formatInstant(row.asOf),
  },
  ...(reason === undefined ? {} : { reason }),
  consent: how === 'upload' ? null : consent.id,
})

const notThatKind = () =>
  new GatewayError(
    'BODY_INVALID',
    { message: 'application' },
    {
      errors: [
        fault(
          '/licence',
          'LICENCE_KIND',
          '这种证照不能代替这份材料',
          'A licence of this kind does not stand for the document',
        ),
      ],
    },
  )

/** A refusal at the place of its document. */
function at(index: number, error: unknown): unknown {
  if (!(error instanceof GatewayError)) return error
  const told = error.errors.length > 0 ? error.errors : [wholeFault(error)]
  return new GatewayError(error.code, error.facts, {
    errors: told.map((one) => ({ ...one, pointer: `/documents/${index}${one.pointer || '/licence'}` })),
    cause: error.cause,
  })
}

const wholeFault = ({ code }: GatewayError) =>
  fault(
    '/licence',
    code,
    '这份证照现在不能用, 请上传这份材料',
    'This licence cannot be used now; upload the document',
  )

/** Where the leaves of the documents went, for the ledger: a licence that became a file is derived, the rest stays where it is. */
export function arrowsOfExempted(before: Application, after: Application): readonly Arrow[] {
  const changed = after.documents.flatMap((entry, index) =>
    entry === before.documents[index] ? [] : [index],
  )
  const under = (index: number) => `/documents/${index}/`
  const kept = leaves(before)
    .filter((leaf) => !changed.some((index) => leaf.startsWith(under(index))))
    .map((leaf): Arrow => ({ how: 'copied', from: [leaf], to: [leaf], label: '', rule: 'text' }))
  const made = changed.map(
    (index): Arrow => ({
      how: 'derived',
      from: leaves(before).filter((leaf) => leaf.startsWith(under(index))),
      to: leaves(after).filter((leaf) => leaf.startsWith(under(index))),
      label: '电子证照',
      rule: 'licence at its region',
    }),
  )
  return [...kept, ...made]
}
