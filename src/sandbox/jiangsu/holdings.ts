/** What the cities of Jiangsu hold of the test persons (contract 4.f, 4.g, section 8), as it stands now. */
import { creditCodeCheck, licenceCheck, organCheck } from './check-digits.ts'
import { CITIES } from './cities.ts'
import type { Office } from './office.ts'
import { HOLDERS, type Holder } from './persons.ts'
import type { LicenceState } from './state.ts'
import { DAY_MS } from './times.ts'

const ROOT = '1.2.156.3005.2.'
const VERSION = '001'
/** Days between the issue of a licence, the opening of the platform, and the end of the licence. */
const ISSUED_DAYS_AGO = 1_000
const DAYS_TO_GO = 2_000
const EXPIRED_DAYS_AGO = 30
/** How long a photo may be used. */
const PHOTO_DAYS = 1_095

/** Type codes by name; a licence of a kind that is `endless` has no last day. */
const KINDS: Readonly<Record<string, { readonly code: string; readonly endless?: true }>> = {
  居民身份证: { code: '11100000MB1TEXT935001' },
  居民户口簿: { code: '11100000MB1TEXT935002', endless: true },
  社会保障卡: { code: '11100000MB1TEXT935003' },
  机动车驾驶证: { code: '11100000MB1TEXT935004' },
  营业执照: { code: '11100000MB1TEXT935005', endless: true },
  残疾人证: { code: '11100000MB1TEXT935006' },
  不动产权证: { code: '11100000MB1TEXT935007', endless: true },
}

/** A licence as a city holds it; times are epoch milliseconds. */
export interface Licence {
  /** Its identifier, GB/T 36904. */
  readonly zzbs: string
  readonly name: string
  readonly typeCode: string
  readonly number: string
  readonly issuer: string
  readonly issuerCode: string
  readonly issuedAt: number
  /** `null` for one without an end. */
  readonly endsAt: number | null
  readonly holder: Holder
  readonly state: LicenceState
}

interface Entry {
  readonly zzbs: string
  readonly serial: string
  readonly name: string
  readonly holder: Holder
}

const stateAtFirst = ({ name, holder }: Entry): LicenceState => {
  if (holder.cancelled.includes(name)) return 'cancelled'
  return holder.expired.includes(name) ? 'expired' : 'valid'
}

const ENTRIES: ReadonlyMap<string, Entry> = new Map(
  HOLDERS.flatMap((holder) => holder.licences.map((name) => ({ holder, name }))).map(
    ({ holder, name }, index) => {
      const serial = `FAKE${String(index).padStart(6, '0')}`
      const parts = [KINDS[name]?.code ?? '', holder.division, serial, VERSION]
      const zzbs = `${ROOT}${parts.join('.')}.${licenceCheck(parts.join(''))}`
      return [zzbs, { zzbs, serial, name, holder }] as const
    },
  ),
)

function issuerCodeOf(division: string): string {
  const organ = 'MB1TEXT2'
  const first17 = `11${division}${organ}${organCheck(organ)}`
  return `${first17}${creditCodeCheck(first17)}`
}

function licenceFrom(office: Office, entry: Entry): Licence {
  const { zzbs, serial, name, holder } = entry
  const kind = KINDS[name] ?? { code: '' }
  const state = office.state.licenceStates[zzbs] ?? stateAtFirst(entry)
  const opened = office.state.openedAt
  const city = CITIES.find(({ division }) => division === holder.division)
  const ends = kind.endless ? null : opened + DAYS_TO_GO * DAY_MS
  return {
    zzbs,
    name,
    typeCode: kind.code,
    number: name === '居民身份证' || name === '营业执照' ? holder.number : serial,
    issuer: `${city?.name ?? ''}市示例发证机关`,
    issuerCode: issuerCodeOf(holder.division),
    issuedAt: opened - ISSUED_DAYS_AGO * DAY_MS,
    endsAt: state === 'expired' ? opened - EXPIRED_DAYS_AGO * DAY_MS : ends,
    holder,
    state,
  }
}

/** Every licence. */
export const allLicences = (office: Office): readonly Licence[] =>
  [...ENTRIES.values()].map((entry) => licenceFrom(office, entry))

/** A licence by its identifier, in the city that holds it. */
export function licenceAt(office: Office, dwdm: string, zzbs: string): Licence | undefined {
  const entry = ENTRIES.get(zzbs)
  return entry?.holder.division === dwdm ? licenceFrom(office, entry) : undefined
}

/** A photo as a city holds it; times are epoch milliseconds. */
export interface HeldPhotoNow {
  readonly source: '1' | '2' | '3'
  readonly takenAt: number
  readonly goodUntil: number
  readonly portrait: number
}

/** A photo that was taken then. */
export const photoTaken = (
  takenAt: number,
  source: HeldPhotoNow['source'],
  portrait: number,
): HeldPhotoNow => ({ source, takenAt, goodUntil: takenAt + PHOTO_DAYS * DAY_MS, portrait })

/** The photo of a holder; what a clerk put in its place comes first. */
export function photoOf(office: Office, { number, photo }: Holder): HeldPhotoNow | undefined {
  if (Object.hasOwn(office.state.photos, number)) return office.state.photos[number] ?? undefined
  return photo && photoTaken(office.state.openedAt - photo.daysAgo * DAY_MS, photo.source, photo.portrait)
}
