/** What Zhejiang holds of its test persons and firms (contract 4.f, 4.g, section 8), as it stands now. */
import catalogue from './catalogue.json' with { type: 'json' }
import { licenceCheck } from './check-digits.ts'
import { pdfOf } from './file-store.ts'
import type { Office } from './office.ts'
import { type HeldLicence, type HeldPhoto, HOLDERS, type Holder } from './persons.ts'
import { DAY_MS, wallClock } from './times.ts'

const ROOT = '1.2.156.3005.2.'
const VERSION = '001'
/** The word of table 5.14 for a licence that is good; only such a one has a file. */
export const VALID = '01'
/** Long term, as the platform writes it. */
const WITHOUT_END = '2099/12/31'

/** The parts of a licence's number that its type brings. */
const NUMBERS: Readonly<Record<string, (holder: Holder, serial: string) => string>> = {
  '11330000MB1TEXT0X6001': ({ number }) => number,
  '11330000MB1TEXT0X6002': ({ number }) => number,
  '11330000MB1TEXT0X6003': (_, serial) => `HK${serial}`,
  '11330000MB1TEXT0X6004': ({ number }) => `${number}43`,
  '11330000MB1TEXT0X6005': (_, serial) => `浙(2020)测试不动产权第${serial}号`,
}

const typeNames: Readonly<Record<string, string>> = catalogue.licenceTypes

/** One electronic licence (contract 4.b.2, 4.g.1). */
export interface Licence {
  /** `certificate_source_id`, the identifier. */
  readonly sourceId: string
  readonly typeCode: string
  readonly typeName: string
  readonly number: string
  readonly holder: Holder
  /** `yyyy/MM/dd`. */
  readonly validTo: string
  /** Table 5.14: only `01` is valid. */
  readonly status: string
  readonly file: Buffer
}

/** A licence by its holder's place among all, and its own among the holder's: the two make the serial. */
function licenceAtFirst(holder: Holder, group: number, held: HeldLicence, place: number): Licence {
  const { typeCode, status } = held
  const serial = String(group * 100 + place).padStart(9, '0')
  const parts = [typeCode, `${holder.areaCode.slice(0, 4)}00`, serial, VERSION]
  const sourceId = `${ROOT}${parts.join('.')}.${licenceCheck(parts.join(''))}`
  return {
    sourceId,
    typeCode,
    typeName: typeNames[typeCode] ?? '',
    number: NUMBERS[typeCode]?.(holder, serial) ?? serial,
    holder,
    validTo: status === VALID ? WITHOUT_END : '2022/12/31',
    status,
    file: pdfOf(`TEST LICENCE ${sourceId}`),
  }
}

const AT_FIRST: ReadonlyMap<string, Licence> = new Map(
  HOLDERS.flatMap((holder, index) =>
    holder.licences.map((held, place) => licenceAtFirst(holder, index + 1, held, place)),
  ).map((licence) => [licence.sourceId, licence]),
)

const now = ({ state }: Office, licence: Licence): Licence => ({
  ...licence,
  status: state.licenceStates[licence.sourceId] ?? licence.status,
})

/** Every licence. */
export const allLicences = (office: Office): readonly Licence[] =>
  [...AT_FIRST.values()].map((licence) => now(office, licence))

/** A licence by its identifier. */
export function licenceOf(office: Office, sourceId: string): Licence | undefined {
  const licence = AT_FIRST.get(sourceId)
  return licence && now(office, licence)
}

/** A photo as it is held now. */
export interface HeldPhotoNow {
  readonly source: HeldPhoto['source']
  /** `yyyy-MM-dd HH:mm:ss`. */
  readonly gmtTaken: string
  readonly portrait: number
}

/** The person of a number; a firm has no photo and is none. */
export const personOf = (number: string): Holder | undefined =>
  HOLDERS.find((holder) => holder.kind === '1' && holder.number === number)

/** The photo of the person of a number, when there is one. */
export function photoOf({ state }: Office, number: string): HeldPhotoNow | undefined {
  if (Object.hasOwn(state.photos, number)) return state.photos[number] ?? undefined
  const photo = personOf(number)?.photo
  if (photo === undefined) return undefined
  const { source, daysAgo, portrait } = photo
  const day = wallClock(state.openedAt - daysAgo * DAY_MS).slice(0, 10)
  return { source, gmtTaken: `${day} 10:00:00`, portrait }
}
