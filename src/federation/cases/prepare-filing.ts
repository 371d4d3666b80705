/** What comes before a filing: an application is read, checked, carried over, exempted of papers, and converted. */
import { type Arrow, chain } from '../../adapters/kit/ledger.ts'
import { GatewayError } from '../../errors.ts'
import type { Application, DocumentEntry } from '../../schemas/application.ts'
import { cityOf } from '../../schemas/division.ts'
import type { Exemption } from '../../schemas/exemption.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Ledger } from '../../schemas/ledger.ts'
import type { Matter } from '../../schemas/matter.ts'
import { inCallersWords } from '../conversions/callers-words.ts'
import { carryOver } from '../conversions/carry-over.ts'
import { arrowsBefore } from '../conversions/convert.ts'
import type { Profile } from '../conversions/dialects.ts'
import type { Actor, Deps } from '../deps.ts'
import { serves } from '../identity/audience.ts'
import { newSourceNumber } from '../ids.ts'
import { checkApplication, checkVersion } from '../matters/check-application.ts'
import { checkUploads } from '../uploads/uploads.ts'
import { arrowsOfExempted, exemptDocuments } from './exempt-documents.ts'
import { checkReleases } from './file-to-send.ts'
import { authorityToFile } from './who-files.ts'

/** An application that was read, checked and converted for the region that handles it. */
export interface Prepared {
  readonly application: Application
  readonly matter: Matter
  readonly version: number
  readonly wire: object
  readonly ledger: Ledger
  readonly json: string
  readonly sourceNumber: string
  readonly appliedAt: string
  /** The mandate on which the filing stands. */
  readonly mandateId: string | null
  /** Documents for which a licence of the gateway's index stands, and how. */
  readonly exemptions: readonly Exemption[]
}

/**
 * Reads, checks and converts, and leaves nothing behind.
 * @throws GatewayError with pointers into what the caller sent
 */
export async function prepare(
  profile: Profile,
  content: unknown,
  { isDryRun }: { readonly isDryRun: boolean },
  actor: Actor,
  deps: Deps,
): Promise<Prepared> {
  const now = deps.now()
  const sourceNumber = newSourceNumber(now)
  const appliedAt = formatInstant(now)
  const filed = { sourceNumber, appliedAt }
  const read = await deps.conversions.readApplication(profile, content, filed)
  const source = deps.conversions.adapterOf(profile)
  try {
    checkVersion(read.application, read.matter)
  } catch (error) {
    throw inCallersWords(error, read.arrows, source)
  }
  const carried = await atDivision(read, deps)
  const { application: asked, matter, version } = carried ?? read
  if (!matter.region)
    throw new GatewayError(
      'MATTER_NOT_FILEABLE',
      { matter: matter.id },
      {
        errors: [
          {
            pointer: '/matter',
            code: 'MATTER_NOT_FILEABLE',
            zh: '还没有地区在网上办理这个事项',
            en: 'No region offers this matter online yet',
          },
        ],
      },
    )
  if (!serves(actor.audience, { region: matter.region, division: cityOf(asked.division) }))
    throw new GatewayError('AUDIENCE_MISMATCH', { region: matter.region })
  let mandateId: string | null
  let between: Between = carried
  let exemptions: readonly Exemption[]
  try {
    mandateId = await authorityToFile(asked, { ...matter, region: matter.region }, actor, deps)
    // Whatever else is wrong is told before any region is asked for a licence.
    checkApplication(asked, matter, appliedAt.slice(0, 10))
    const exempted = await exemptDocuments(
      asked.documents,
      { matter, division: asked.division, applicant: asked.applicant, isDryRun },
      actor,
      deps,
    )
    exemptions = exempted.exemptions
    if (exempted.documents !== asked.documents)
      between = withDocuments(exempted.documents, asked, matter, version, carried)
    await checkUploads(exempted.brought, matter, actor.clientId, deps)
    await checkReleases(exempted.brought, { ...asked, matterId: matter.id }, deps)
  } catch (error) {
    throw inCallersWords(error, () => arrowsBefore(read, between), source)
  }
  const application = between?.application ?? asked
  const { name, adapter, config } = deps.directory.at(application.division)
  const {
    content: wire,
    ledger,
    json,
  } = deps.conversions.finishApplication(
    read,
    profile,
    { name, adapter, options: config.options },
    content,
    filed,
    between,
  )
  return {
    application,
    matter,
    version,
    wire: wire as object,
    ledger,
    json,
    sourceNumber,
    appliedAt,
    mandateId,
    exemptions,
  }
}

/** What was made of an application between reading and writing it; nothing where it was left as it came. */
type Between =
  | {
      readonly application: Application
      readonly matter: Matter
      readonly version: number
      readonly arrows: readonly Arrow[]
    }
  | undefined

/** The application with its licences in place. */
function withDocuments(
  documents: readonly DocumentEntry[],
  asked: Application,
  matter: Matter,
  version: number,
  carried: Between,
): Between {
  const application = { ...asked, documents: [...documents] }
  const arrows = arrowsOfExempted(asked, application)
  return { application, matter, version, arrows: carried ? chain(carried.arrows, arrows) : arrows }
}

/** An application for a division whose region has its own matter of that kind is carried over to it. */
async function atDivision(
  read: { application: Application; matter: Matter; version: number },
  { catalogue }: Deps,
) {
  const { application, matter } = read
  const city = cityOf(application.division)
  if (!matter.region || !city || matter.divisions.includes(city)) return undefined
  const sameRegion = matter.divisions.some((one) => one.slice(0, 2) === city.slice(0, 2))
  const found = await catalogue.equivalentAt(matter, city).catch((error: unknown) => {
    // A city of the same region that does not offer the matter is told so; another region needs an equivalent.
    if (sameRegion && error instanceof GatewayError)
      throw new GatewayError('MATTER_NOT_OFFERED', error.facts, {
        errors: [
          {
            pointer: '/division',
            code: 'MATTER_NOT_OFFERED',
            zh: '该城市不办理此事项, 请选择其他城市',
            en: 'This city does not offer the matter; choose another',
          },
        ],
      })
    throw error
  })
  const carried = carryOver(application, matter, found.matter, found.row, application.division)
  return { ...carried, matter: found.matter, version: found.version }
}
