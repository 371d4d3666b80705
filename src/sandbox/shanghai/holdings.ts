/** What Shanghai holds of its test persons (contract 4.6, 4.7, section 8): licences and photos, as they stand now. */
import { createHash } from 'node:crypto'
import { DAY_MS, wallClock } from './formats.ts'
import type { Office } from './office.ts'
import { type HeldLicence, ROWS, type Row, rowOf } from './persons.ts'

/** How long ago an expired licence ended. */
const EXPIRED_DAYS = 30
/** How long a licence that ends is good, where its kind says nothing else. */
const TERM_DAYS = 3_650

interface Kind {
  readonly catMainCode: string
  /** How long ago it was issued. */
  readonly issuedDaysAgo: number
  /** How long it is good; without an end when absent. */
  readonly termDays?: number
}

/** Table `catMainCode` (contract section 5). */
const KINDS: Readonly<Record<string, Kind>> = {
  居民身份证: { catMainCode: '310000000000111', issuedDaysAgo: 1_200 },
  居住证: { catMainCode: '310000000000154', issuedDaysAgo: 100, termDays: 365 },
  残疾人证: { catMainCode: '310000000000217', issuedDaysAgo: 900, termDays: TERM_DAYS },
  结婚证: { catMainCode: '310000000000219', issuedDaysAgo: 2_000 },
  社会保障卡: { catMainCode: '310000000000315', issuedDaysAgo: 1_000, termDays: TERM_DAYS },
  营业执照: { catMainCode: '310000000000821', issuedDaysAgo: 1_500 },
  不动产权证书: { catMainCode: '310000000000901', issuedDaysAgo: 800 },
}

/** The words for the numbers under which licences are held. */
const HOLDER_TYPES: Readonly<Record<Row['type'], string>> = {
  '111': '居民身份证',
  '001': '统一社会信用代码',
  '414': '护照',
}

/** A licence as it is listed. */
export interface Licence {
  readonly certUuid: string
  readonly catMainCode: string
  readonly certName: string
  readonly certNo: string
  readonly holderType: string
  readonly holderCode: string
  readonly holderName: string
  readonly issueOrg: string
  /** `yyyy-MM-dd`. */
  readonly issueDate: string
  readonly validFrom: string
  /** `yyyy-MM-dd`, or 长期. */
  readonly validTo: string
  /** 有效, 注销 or 过期. */
  readonly certStatus: string
}

/** The licence of the contract's samples keeps its identifier. */
const SAMPLE_UUIDS: Readonly<Record<string, string>> = {
  'sh:310101190001010011:居民身份证': '85ff54b4a84c46452b9531daa0724858',
}

/** Identifiers are made from holder and kind, so that they are the same at every start. */
function uuidOf(number: string, kind: string): string {
  const seed = `sh:${number}:${kind}`
  return SAMPLE_UUIDS[seed] ?? createHash('sha256').update(seed).digest('hex').slice(0, 32)
}

const HELD: ReadonlyMap<string, { readonly row: Row; readonly held: HeldLicence }> = new Map(
  ROWS.flatMap((row) => row.licences.map((held) => [uuidOf(row.number, held[0]), { row, held }] as const)),
)

const dayOf = (office: Office, daysAgo: number): string =>
  wallClock(office.state.openedAt - daysAgo * DAY_MS).slice(0, 10)

const numberOf = (certName: string, holderCode: string, certUuid: string): string =>
  certName === '居民身份证' || certName === '营业执照'
    ? holderCode
    : `FAKE${certUuid.slice(0, 10).toUpperCase()}`

/** A licence by its identifier, in the state in which it is now. */
export function licenceOf(office: Office, certUuid: string): Licence | undefined {
  const found = HELD.get(certUuid)
  if (!found) return undefined
  const [certName, firstStatus] = found.held
  const { number, name, type } = found.row
  const kind = KINDS[certName] ?? { catMainCode: '', issuedDaysAgo: 0 }
  const certStatus = office.state.licenceStatuses[certUuid] ?? firstStatus
  const expired = certStatus === '过期'
  const from = expired ? TERM_DAYS + EXPIRED_DAYS : kind.issuedDaysAgo
  const term = expired ? TERM_DAYS : kind.termDays
  return {
    certUuid,
    catMainCode: kind.catMainCode,
    certName,
    certNo: numberOf(certName, number, certUuid),
    holderType: HOLDER_TYPES[type],
    holderCode: number,
    holderName: name,
    issueOrg: '示例发证机关',
    issueDate: dayOf(office, from),
    validFrom: dayOf(office, from),
    validTo: term === undefined ? '长期' : dayOf(office, from - term),
    certStatus,
  }
}

/** The licences of one holder, in the order of section 8. */
export const licencesOf = (office: Office, holderType: string, holderCode: string): readonly Licence[] =>
  [...HELD]
    .filter(([, { row }]) => row.number === holderCode && HOLDER_TYPES[row.type] === holderType)
    .flatMap(([certUuid]) => licenceOf(office, certUuid) ?? [])

/** Every licence. */
export const allLicences = (office: Office): readonly Licence[] =>
  [...HELD.keys()].flatMap((certUuid) => licenceOf(office, certUuid) ?? [])

/** A photo as the library holds it. */
export interface HeldPhotoNow {
  /** 居民身份证, 社保卡 or 护照. */
  readonly source: string
  /** `yyyy-MM-dd`. */
  readonly takenDate: string
  /** Number of the portrait. */
  readonly portrait: number
}

/** The photo of a person; what a clerk put in its place comes first. */
export function photoOf(office: Office, number: string): HeldPhotoNow | undefined {
  if (Object.hasOwn(office.state.photos, number)) return office.state.photos[number] ?? undefined
  const photo = rowOf(number)?.photo
  if (!photo) return undefined
  const [source, daysAgo, portrait] = photo
  return { source, takenDate: dayOf(office, daysAgo), portrait }
}
