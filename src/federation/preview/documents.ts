/** What can stand for each document of a matter: licences that the matter's region takes instead, and photos that fit. */
import type { FoundPhoto } from '../../adapters/kit/contract.ts'
import { GatewayError, PROBLEMS } from '../../errors.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { LicenceStatus } from '../../schemas/licence.ts'
import type { Matter, MatterDocument } from '../../schemas/matter.ts'
import type { Candidate, PreviewDocument } from '../../schemas/preview.ts'
import type { HoldingRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { divisionOf } from '../holdings/places.ts'
import { holdingName } from '../holdings/words.ts'
import { kindsFor } from '../licences/exemptions.ts'
import { statusOf } from '../licences/present.ts'
import { fitnessFor } from '../photos/fitness.ts'
import { type Look, pictureOf } from '../photos/picture.ts'
import { isPhoto } from '../photos/uses.ts'
import type { Held } from './prefill.ts'

/** What was found, and why the pictures are looked at. */
export interface AtHand {
  readonly division: string
  readonly licences: readonly Held[]
  readonly photos: readonly HoldingRow[]
  readonly look: Look
}

/** Pictures that are fetched and judged for one document: the newest. */
const MOST_JUDGED = 3

/** The documents in the matter's order. */
export const previewDocuments = (matter: Matter, hand: AtHand, deps: Deps): Promise<PreviewDocument[]> =>
  Promise.all(matter.documents.map((document) => previewDocument(matter, document, hand, deps)))

/** One document with what can stand for it. */
export async function previewDocument(
  matter: Matter,
  document: MatterDocument,
  hand: AtHand,
  deps: Deps,
): Promise<PreviewDocument> {
  const candidates = isPhoto(document)
    ? await photoCandidates(matter, hand, deps)
    : licenceCandidates(document, hand, deps)
  const usable = candidates.some(({ verdict }) => verdict !== 'doesNotFit')
  const isRequired = document.necessity === 'required'
  return {
    id: document.id,
    name: document.name,
    necessity: document.necessity,
    proposal: usable ? (isPhoto(document) ? 'photo' : 'licence') : isRequired ? 'bring' : 'optional',
    candidates,
    needed: neededFor(matter, document),
    withheld: isRequired
      ? {
          zh: '不提供时, 需要您自己上传这份材料; 否则不能提交申请',
          en: 'If you withhold it, you must upload the document yourself; the application cannot be filed without',
        }
      : { zh: '不提供也可以提交申请', en: 'The application can be filed without' },
  }
}

const neededFor = ({ name }: Matter, { requirement }: MatterDocument): PreviewDocument['needed'] => ({
  zh: requirement
    ? `办理“${name.zh}”的申请材料: ${[...requirement].slice(0, 200).join('')}`
    : `办理“${name.zh}”的申请材料`,
  en: 'A document that this matter asks for',
})

const STATUS_WORDS: Readonly<Record<LicenceStatus, readonly [zh: string, en: string]>> = {
  valid: ['有效', 'valid'],
  suspended: ['已暂扣', 'suspended'],
  revoked: ['已撤销或注销', 'revoked'],
  expired: ['已过期', 'expired'],
  invalid: ['已失效', 'not valid'],
  unknown: ['状态不明', 'of unknown state'],
}

function licenceCandidates(
  document: MatterDocument,
  { licences, division }: AtHand,
  deps: Deps,
): Candidate[] {
  const kinds = kindsFor(document, division, deps)
  return licences
    .filter(({ licence }) => kinds.includes(licence.kind))
    .map(({ row, licence }): Candidate => {
      const status = statusOf(licence, deps.now())
      const [zh, en] = STATUS_WORDS[status]
      return {
        id: row.id,
        kind: 'licence',
        name: holdingName(row, deps.sealing),
        source: {
          from: 'licence',
          region: row.region,
          division: licence.division ?? divisionOf(row),
          holding: row.id,
          name: licence.name,
          asOf: formatInstant(row.asOf),
        },
        verdict: status === 'valid' ? 'fits' : status === 'unknown' ? 'unchecked' : 'doesNotFit',
        because: [{ zh: `证照${zh}`, en: `The licence is ${en}` }],
      }
    })
    .toSorted((one, other) => Number(one.verdict === 'doesNotFit') - Number(other.verdict === 'doesNotFit'))
}

async function photoCandidates(matter: Matter, { photos, look }: AtHand, deps: Deps): Promise<Candidate[]> {
  const found = photos
    .map((row) => ({ row, photo: deps.sealing.open<FoundPhoto>(row.sealed) }))
    .toSorted((one, other) => ((one.photo.takenOn ?? '') < (other.photo.takenOn ?? '') ? 1 : -1))
    .slice(0, MOST_JUDGED)
  const candidates = await Promise.all(
    found.map(async ({ row, photo }): Promise<Candidate> => {
      const judged = await judgedFor(matter, row, photo, look, deps)
      return {
        id: row.id,
        kind: 'photo',
        name: holdingName(row, deps.sealing),
        source: {
          from: row.region === null ? 'upload' : 'photo',
          region: row.region,
          division: divisionOf(row),
          holding: row.id,
          name: holdingName(row, deps.sealing),
          asOf: formatInstant(row.asOf),
        },
        ...judged,
      }
    }),
  )
  const rank = { fits: 0, canBeMadeToFit: 1, unchecked: 2, doesNotFit: 3 } as const
  return candidates.toSorted((one, other) => rank[one.verdict] - rank[other.verdict])
}

type Judged = Pick<Candidate, 'verdict' | 'because'>

/** A photo whose picture cannot be had now cannot be used now, and that is said. */
async function judgedFor(
  matter: Matter,
  row: HoldingRow,
  photo: FoundPhoto,
  look: Look,
  deps: Deps,
): Promise<Judged> {
  try {
    const { measured } = await pictureOf(row, look, deps)
    const fitness = fitnessFor(matter, measured, photo, deps.now())
    if (!fitness)
      return {
        verdict: 'unchecked',
        because: [
          {
            zh: '没有查到这个事项对照片的要求, 没有核对, 以受理部门的要求为准',
            en: 'We found no rule of this matter for the photo; it was not checked, and the department decides',
          },
        ],
      }
    const worst = fitness.findings.filter(({ verdict }) => verdict === fitness.verdict)
    const others = fitness.findings.filter(({ verdict }) => verdict !== fitness.verdict && verdict !== 'fits')
    return { verdict: fitness.verdict, because: [...worst, ...others].map(({ zh, en }) => ({ zh, en })) }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    const { title } = PROBLEMS[error.code]
    return {
      verdict: 'doesNotFit',
      because: [{ zh: `现在取不到这张照片: ${title.zh}`, en: `It cannot be fetched now: ${title.en}` }],
    }
  }
}
