/** Photos and licences that the person chooses, in a document's own step, instead of bringing it. */
import type { FoundLicence } from '../../adapters/kit/contract.ts'
import { GatewayError } from '../../errors.ts'
import type { Completeness } from '../../schemas/completeness.ts'
import type { MatterDocument } from '../../schemas/matter.ts'
import type { Candidate } from '../../schemas/preview.ts'
import type { HoldingRow } from '../../store/index.ts'
import { consentWords, type Given, giveConsent, type Words } from '../consent/consents.ts'
import { receiverAt } from '../consent/receivers.ts'
import type { Actor, Deps } from '../deps.ts'
import { subjectIn } from '../holdings/holder.ts'
import { consentTo } from '../holdings/release.ts'
import { holdingName } from '../holdings/words.ts'
import { kindsFor } from '../licences/exemptions.ts'
import { statusOf } from '../licences/present.ts'
import { preparePhoto } from '../photos/photos.ts'
import { consentFor } from '../preview/consent-for.ts'
import { candidatesFor, kindFor } from '../preview/one-document.ts'
import { answerTo, type Draft, type DraftDocument } from './content.ts'

/** One photo or licence, with the words of the consent that it takes; none where the person has agreed before. */
export interface StandIn {
  readonly candidate: Candidate
  readonly words: Words | undefined
}

export interface StandIns {
  readonly items: readonly StandIn[]
  readonly completeness: Completeness
}

/** Papers are offered to their own person alone, and for a city that is known: a consent names it. */
export const mayStandIn = (draft: Draft, document: MatterDocument): boolean =>
  !draft.content.mandate && kindFor(document) !== undefined && answerTo(draft, 'division') !== ''

const aboutOf = (draft: Draft) => ({
  matter: draft.matter,
  receiver: receiverAt(answerTo(draft, 'division')),
})

/** The consent in force under which something goes to where the draft goes; nothing where there is none. */
async function agreedBefore(row: HoldingRow, draft: Draft, deps: Deps): Promise<boolean> {
  try {
    await consentTo(row, { matterId: draft.matter.id, division: answerTo(draft, 'division') }, deps)
    return true
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'CONSENT_REQUIRED') return false
    throw error
  }
}

/**
 * What stands for a document now, the best first.
 * @returns nothing where nothing can stand for it
 * @throws GatewayError what `findHoldings` and `consentWords` throw
 */
export async function standInsFor(
  draft: Draft,
  document: MatterDocument,
  actor: Actor,
  deps: Deps,
): Promise<StandIns | undefined> {
  if (!mayStandIn(draft, document)) return undefined
  const place = { matter: draft.matter, division: answerTo(draft, 'division') }
  const found = await candidatesFor(document, place, actor, deps)
  if (!found) return undefined
  const { id } = await subjectIn(actor, deps)
  const rows = await deps.store.holdings.readSome(
    id,
    found.candidates.map((one) => one.id),
  )
  const items = await Promise.all(
    found.candidates.map(async (candidate): Promise<StandIn> => {
      const row = rows.find((one) => one.id === candidate.id)
      const isSettled = candidate.verdict === 'doesNotFit' || (row && (await agreedBefore(row, draft, deps)))
      const request = consentFor(candidate.kind, [candidate.id], aboutOf(draft))
      return { candidate, words: isSettled ? undefined : await consentWords(request, actor, deps) }
    }),
  )
  return { items, completeness: found.completeness }
}

/** What the person chose, and the words to which they agreed. */
export interface Chosen {
  readonly holding: string
  readonly digest?: string | undefined
}

/** It stands for the document; or the person is a child, and a guardian must agree first. */
export type Taken =
  | { readonly kind: 'stands'; readonly document: DraftDocument }
  | { readonly kind: 'guardian'; readonly given: Given }

/**
 * Lets a photo or a licence stand for a document: the consent is given, where there is none yet, and a photo made ready.
 * @throws GatewayError `LICENCE_NOT_FOUND`, `PHOTO_NOT_FOUND`, `LICENCE_NOT_VALID`, `CONSENT_REQUIRED` without the words agreed to,
 * `CONSENT_WORDING_CHANGED`, and what `preparePhoto` throws
 */
export async function takeStandIn(
  draft: Draft,
  document: MatterDocument,
  { holding, digest }: Chosen,
  actor: Actor,
  deps: Deps,
): Promise<Taken> {
  const kind = kindFor(document)
  const row =
    kind && mayStandIn(draft, document)
      ? await deps.store.holdings.readOwn((await subjectIn(actor, deps)).id, kind, holding)
      : undefined
  if (!kind || !row) throw new GatewayError(kind === 'photo' ? 'PHOTO_NOT_FOUND' : 'LICENCE_NOT_FOUND')
  const division = answerTo(draft, 'division')
  if (kind === 'licence') requireLicence(row, document, division, deps)
  if (!(await agreedBefore(row, draft, deps))) {
    if (digest === undefined) throw new GatewayError('CONSENT_REQUIRED')
    const request = consentFor(kind, [holding], aboutOf(draft))
    const given = await giveConsent({ ...request, digest }, actor, deps)
    if (given.guardian) return { kind: 'guardian', given }
  }
  const standsFor = { kind, holding, name: holdingName(row, deps.sealing) }
  if (kind === 'licence')
    return { kind: 'stands', document: { id: document.id, mode: 'licence', licence: holding, standsFor } }
  const asked = { matter: draft.matter.id, division, document: document.id }
  const { uploadId } = await preparePhoto(holding, asked, actor, deps)
  return { kind: 'stands', document: { id: document.id, mode: 'upload', uploads: [uploadId], standsFor } }
}

/** @throws GatewayError `LICENCE_NOT_FOUND` for one that stands for another paper, `LICENCE_NOT_VALID` for one that is over */
function requireLicence(row: HoldingRow, document: MatterDocument, division: string, deps: Deps): void {
  const licence = deps.sealing.open<FoundLicence>(row.sealed)
  if (!kindsFor(document, division, deps).includes(licence.kind)) throw new GatewayError('LICENCE_NOT_FOUND')
  const status = statusOf(licence, deps.now())
  if (status !== 'valid' && status !== 'unknown') throw new GatewayError('LICENCE_NOT_VALID', { status })
}
