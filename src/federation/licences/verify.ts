/** Verifies a licence of any region: its identifier by itself, and the licence or its file at the region that issued it. */
import type { LicenceClaim, LicenceLink } from '../../adapters/kit/contract.ts'
import { fault, GatewayError, type ProblemCode } from '../../errors.ts'
import { cityOf, isCity, regionOf } from '../../schemas/division.ts'
import { licenceId } from '../../schemas/identifiers/licence-id.ts'
import { formatInstant } from '../../schemas/instants.ts'
import { ClaimRequest, type Verification } from '../../schemas/licence-claim.ts'
import { REGIONS } from '../../schemas/regions.ts'
import { validator } from '../../schemas/validate.ts'
import { recordAccess } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { auditOf } from '../holdings/holder.ts'
import { linkAt } from '../holdings/places.ts'
import { serves } from '../identity/audience.ts'
import { subjectContent } from '../identity/principal.ts'
import { readUpload } from '../uploads/uploads.ts'

const check = validator(ClaimRequest)

/**
 * A wrong check character is told at once, and no region is asked for it. A region that needs more than was given is not asked, and what it
 * needs is told; nor does the answer say more of a person than the caller said.
 * @param content a `ClaimRequest`
 * @throws GatewayError `BODY_INVALID`, `UPLOAD_NOT_FOUND`, `APPLICANT_NOT_SELF`, `CONSENT_REQUIRED` for a file that came out of a person's holdings; `AUDIENCE_MISMATCH`
 */
export async function verifyLicence(content: unknown, actor: Actor, deps: Deps): Promise<Verification> {
  const errors = check(content)
  if (errors) throw new GatewayError('BODY_INVALID', { message: 'claim' }, { errors })
  // The schema has just been checked.
  const asked = content as ClaimRequest
  if (asked.identifier === undefined && asked.division === undefined) throw needsPlace()
  const form = formOf(asked.identifier)
  const division = asked.division === undefined ? placeIn(form?.issuer ?? '') : placeOf(asked.division)
  const head = {
    form: form && {
      ok: form.ok,
      fault: form.fault,
      type: form.type,
      issuer: form.issuer,
      version: form.version,
    },
  }
  const asOf = formatInstant(deps.now())
  const place = {
    id: division === undefined ? null : (regionOf(division) ?? null),
    division: division ?? null,
  }
  if (form && !form.ok)
    return { ...head, trust: 'none', region: { ...place, asked: false, reason: 'IDENTIFIER_INVALID' }, asOf }
  const region = await atRegion(asked, division, actor, deps)
  return { ...head, trust: trustIn(region, form?.ok === true), region: { ...place, ...region }, asOf }
}

/** How far the claim can be trusted: a file that is not the licence's is none, and a region that was asked and did not confirm leaves none. */
function trustIn({ exists, fileMatches, status }: AtRegion, isForm: boolean): Verification['trust'] {
  if (fileMatches === false) return 'none'
  if (exists === undefined) return isForm && status === undefined ? 'formOnly' : 'none'
  return exists ? 'confirmed' : 'none'
}

const needsPlace = () =>
  new GatewayError(
    'BODY_INVALID',
    { message: 'claim' },
    {
      errors: [
        fault(
          '/identifier',
          'MISSING',
          '请给出电子证照标识; 没有标识的证照, 请给出发证地 division',
          'Name the identifier; for a licence without one, the division that issued it',
        ),
      ],
    },
  )

function formOf(identifier: string | undefined) {
  if (identifier === undefined) return null
  const read = licenceId.validate(licenceId.compact(identifier))
  return read.ok
    ? { ok: true, fault: null, type: read.type, issuer: read.issuer, version: read.version }
    : { ok: false, fault: read.code, type: null, issuer: null, version: null }
}

/** The city of an issuer: a division, or the division inside a credit code (GB 32100: characters 3 to 8). */
export function placeIn(issuer: string): string | undefined {
  const division = /^\d{6}$/.test(issuer) ? issuer : /^[0-9A-Z]{2}(\d{6})/.exec(issuer)?.[1]
  return division === undefined ? undefined : placeOf(division)
}

/** The city of a division, or its region's own division: nobody else can be asked. */
const placeOf = (division: string): string | undefined =>
  cityOf(division) ?? REGIONS.find(({ id }) => id === regionOf(division))?.division

type AtRegion = Omit<Verification['region'], 'id' | 'division'>

async function atRegion(
  asked: ClaimRequest,
  division: string | undefined,
  actor: Actor,
  deps: Deps,
): Promise<AtRegion> {
  if (division === undefined) return { asked: false, reason: 'DIVISION_UNKNOWN' }
  if (!serves(actor.audience, { region: regionOf(division) ?? '', division }))
    throw new GatewayError('AUDIENCE_MISMATCH', { region: actor.audience?.region ?? '' })
  const link = linkOrReason(division, deps)
  if (typeof link === 'string') return { asked: false, reason: link }
  const city = cityToAsk(link, division, deps)
  if (city === undefined) return { asked: false, missing: [['division']] }
  await requireOwn(asked, actor, deps)
  const claim = await claimOf(asked, actor, deps)
  const isEnough = link.needs.some((list) => list.every((member) => claim[member] !== undefined))
  if (!isEnough) return { asked: false, missing: link.needs.map((list) => list.map(memberName)) }
  if (isUnnamed(claim, link)) return { asked: false, reason: 'NOT_OFFERED' }
  const audit = auditOf(actor, deps, undefined)
  await recordAccess(
    {
      holder: asked.holder
        ? deps.sealing.identity(asked.holder.idDocument)
        : deps.sealing.hash('licence', asked.identifier ?? asked.number ?? ''),
      clock: 'access',
      act: 'licences.verify',
      purpose: 'identityCheck',
      basis: 'duty',
      fields: ['licenceStatus'],
      outcome: 'granted',
      number: audit.number,
    },
    actor,
    deps,
  )
  try {
    const { exists, status, rawStatus, fileMatches } = await link.verify({ division: city, claim, audit })
    return {
      asked: true,
      ...(exists === undefined ? {} : { exists }),
      status,
      rawStatus: { code: rawStatus.code, label: rawStatus.label },
      ...(fileMatches === undefined ? {} : { fileMatches }),
    }
  } catch (error) {
    // A silent region is said to be silent; what is known without it is still answered.
    if (error instanceof GatewayError) return { asked: true, reason: error.code }
    throw error
  }
}

/** The calls of a division, or why there are none. */
function linkOrReason(division: string, deps: Deps): LicenceLink | ProblemCode {
  try {
    return linkAt('licence', division, deps)
  } catch (error) {
    if (error instanceof GatewayError) return error.code
    throw error
  }
}

/**
 * The city that a question names. A province issues too: where one answer is the whole region's, any of its cities will do; where each city
 * keeps its own, the caller must tell which.
 */
function cityToAsk({ reach }: LicenceLink, division: string, { directory }: Deps): string | undefined {
  if (isCity(division)) return division
  return reach === 'region' ? directory.at(division).city : undefined
}

/** A file that the caller brought. One that came out of a person's holdings goes to the region that they agreed to, and to no other. */
async function fileIn(uploadId: string, clientId: string, deps: Deps): Promise<Buffer> {
  try {
    const { bytes } = await readUpload(uploadId, clientId, deps)
    if (await deps.store.consents.releaseOf(uploadId, deps.now())) throw new GatewayError('CONSENT_REQUIRED')
    return bytes
  } catch (error) {
    if (!(error instanceof GatewayError) || error.code === 'INTERNAL') throw error
    const errors = [
      fault('/uploadId', error.code, '这个文件不能用于核验', 'This file cannot be used for verification'),
    ]
    throw new GatewayError(error.code, error.facts, { errors })
  }
}

/** Whether the region must be told the kind and has no code for it: then nothing is known, which is not that there is none. */
const isUnnamed = ({ kind }: LicenceClaim, { needs, codes }: LicenceLink): boolean =>
  kind !== undefined && codes[kind] === undefined && needs.every((list) => list.includes('kind'))

/** A person asks of their own licences: only a body may ask of anybody's. @throws GatewayError `APPLICANT_NOT_SELF` */
async function requireOwn({ holder }: ClaimRequest, { principal }: Actor, deps: Deps): Promise<void> {
  if (!principal || !holder) return
  const { idDocument } = await subjectContent(principal, deps)
  if (deps.sealing.identity(idDocument) !== deps.sealing.identity(holder.idDocument))
    throw new GatewayError(
      'APPLICANT_NOT_SELF',
      {},
      {
        errors: [
          fault(
            '/holder/idDocument/number',
            'APPLICANT_NOT_SELF',
            '只能核验本人的证照',
            'With a person’s token only that person’s licences are verified',
          ),
        ],
      },
    )
}

/** A member of a claim as the caller writes it. */
const memberName = (member: keyof LicenceClaim): string => (member === 'file' ? 'uploadId' : member)

async function claimOf(
  { identifier, kind, number, holder, uploadId }: ClaimRequest,
  { clientId }: Actor,
  deps: Deps,
): Promise<LicenceClaim> {
  const file = uploadId === undefined ? undefined : await fileIn(uploadId, clientId, deps)
  return {
    ...(identifier === undefined ? {} : { identifier: licenceId.compact(identifier) }),
    ...(kind === undefined ? {} : { kind }),
    ...(number === undefined ? {} : { number }),
    ...(holder === undefined ? {} : { holder }),
    ...(file === undefined ? {} : { file }),
  }
}
