/** The one preview: asks the regions once, and lays out what could be released for one matter before anything is. */
import type { FoundLicence } from '../../adapters/kit/contract.ts'
import { GatewayError } from '../../errors.ts'
import type { Matter } from '../../schemas/matter.ts'
import { type Preview, PreviewRequest } from '../../schemas/preview.ts'
import { validator } from '../../schemas/validate.ts'
import { recordAccess } from '../audit/access.ts'
import { cityReceiver, receiverNames } from '../consent/receivers.ts'
import type { Actor, Deps } from '../deps.ts'
import { findHoldings } from '../holdings/find.ts'
import { auditOf } from '../holdings/holder.ts'
import { scopeIn } from '../holdings/places.ts'
import { isPhoto } from '../photos/uses.ts'
import { previewDocuments } from './documents.ts'
import { type Held, type Known, prefilledForm, previewFields } from './prefill.ts'

const check = validator(PreviewRequest)

/** A preview, and the plain values of the fields that it shows masked: for the form, never for a list. */
export interface Previewed {
  readonly preview: Preview
  readonly form: Readonly<Record<string, string>>
}

/**
 * @param content a `PreviewRequest`
 * @throws GatewayError `BODY_INVALID`, `MATTER_NOT_FOUND`, `MATTER_NOT_FILEABLE`; what `findHoldings` throws
 */
export async function previewRelease(content: unknown, actor: Actor, deps: Deps): Promise<Previewed> {
  const errors = check(content)
  if (errors) throw new GatewayError('BODY_INVALID', { message: 'preview' }, { errors })
  // The schema has just been checked.
  const asked = content as PreviewRequest
  const { matter, division } = await matterAt(asked, deps)
  const scope = scopeIn(asked.cities, 'all')
  const wantsPhotos = matter.documents.some(isPhoto)
  const [licences, photos] = await Promise.all([
    findHoldings('licence', { scope, matter }, actor, deps),
    wantsPhotos ? findHoldings('photo', { scope, matter }, actor, deps) : undefined,
  ])
  const { subject } = licences
  const audit = auditOf(actor, deps, matter)
  const held = licences.rows.map(
    (row): Held => ({ row, licence: deps.sealing.open<FoundLicence>(row.sealed) }),
  )
  await recordAccess(
    {
      holder: subject.key,
      clock: 'access',
      act: 'preview.read',
      matter: matter.id,
      purpose: 'crossProvince',
      basis: 'holder',
      fields: ['licenceDetails', ...(wantsPhotos ? ['photoDetails', 'photo'] : [])],
      outcome: 'granted',
      number: audit.number,
      role: 'holder',
    },
    actor,
    deps,
  )
  const hand = {
    division,
    licences: held,
    photos: photos?.rows ?? [],
    look: { purpose: 'crossProvince' as const, audit },
  }
  const known: Known = {
    subject,
    loggedInAt: await loggedInAt(subject, deps),
    licences: held,
    now: deps.now(),
  }
  const documents = await previewDocuments(matter, hand, deps)
  const fields = previewFields(matter, known)
  const receiver = cityReceiver(division)
  const names = receiverNames(receiver, deps)
  const preview: Preview = {
    matter: { id: matter.id, name: matter.name, division },
    receiver: { id: receiver, name: names.zh, nameEn: names.en },
    documents,
    fields: [...fields],
    figures: {
      documents: documents.length,
      exempted: documents.filter(({ proposal }) => proposal === 'licence' || proposal === 'photo').length,
      toBring: documents.filter(({ proposal }) => proposal === 'bring').length,
      fields: fields.length,
      prefilled: fields.filter(({ value }) => value !== null).length,
      toType: fields.filter(({ value, required }) => value === null && required).length,
    },
    completeness: { photos: photos?.completeness ?? null, licences: licences.completeness },
  }
  return { preview, form: prefilledForm(matter, known) }
}

/** The matter that is handled in a city: itself, or its equivalent there. @throws GatewayError `MATTER_NOT_FOUND`, `MATTER_NOT_FILEABLE` */
async function matterAt(asked: PreviewRequest, deps: Deps): Promise<{ matter: Matter; division: string }> {
  const found = await deps.catalogue.current(asked.matter)
  if (!found) throw new GatewayError('MATTER_NOT_FOUND', { matter: asked.matter })
  const division = asked.division ?? found.matter.divisions[0]
  if (division === undefined || !found.matter.region)
    throw new GatewayError('MATTER_NOT_FILEABLE', { matter: asked.matter })
  if (found.matter.divisions.includes(division)) return { matter: found.matter, division }
  return { matter: (await deps.catalogue.equivalentAt(found.matter, division)).matter, division }
}

/** When the region's account was last seen to log in: the age of what the log-in told. */
async function loggedInAt({ principal }: Known['subject'], { store, now }: Deps): Promise<Date> {
  const accounts = await store.people.accountsOf(principal.personId)
  return accounts.find(({ region }) => region === principal.region)?.lastAt ?? now()
}
