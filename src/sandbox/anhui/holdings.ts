/** What Anhui holds of its test persons and legal persons (contract 4f, 4g, section 8), as it stands now. */
import { entryOf } from '../entries.ts'
import { licenceCheck } from './check-digits.ts'
import { pdfOf } from './documents.ts'
import { ofdOf } from './ofd.ts'
import type { Office } from './office.ts'
import { HELD_LICENCES, type HeldLicence, type HeldPhoto, HOLDERS, type Holder } from './persons.ts'
import { DAY_MS, wallClock } from './times.ts'

const ROOT = '1.2.156.3005.2.'
const ISSUER = '11340100MB1FAKE125'
const VERSION = '001'
const WITHOUT_END = '长期'
/** Days between the opening of the platform and the end of a licence that has one, and since the end of one that is over. */
const DAYS_TO_GO = 2000
const DAYS_OVER = 30

interface Kind {
  /** Three digits of its part of an identifier. */
  readonly part: string
  readonly name: string
  readonly endless?: true
  /** Letters before the serial, where its number is not the holder's. */
  readonly letters?: string
}

/** Licence types of contract 4g. */
const KINDS: Readonly<Record<string, Kind>> = {
  '11100001': { part: '001', name: '居民身份证', endless: true },
  '11100002': { part: '002', name: '居民户口簿', endless: true, letters: 'HK' },
  '11100011': { part: '003', name: '社会保障卡', letters: 'SB' },
  '11200001': { part: '004', name: '营业执照', endless: true },
  '11300001': { part: '005', name: '住房公积金缴存证明', letters: 'GJ' },
  '11400001': { part: '006', name: '机动车驾驶证' },
}

/** What a clerk made of a licence; it is not valid any more, and may have ended on a day. */
export interface LicenceChange {
  /** `yyyy-MM-dd`. */
  readonly endedOn?: string
}

/** One electronic licence (contract 4b `MEMO`, 4g). */
export interface Licence {
  readonly certId: string
  /** Eight digits, the `styleCode` of a material. */
  readonly typeCode: string
  readonly certName: string
  readonly certNo: string
  readonly owner: Holder
  /** `yyyy-MM-dd`, or 长期. */
  readonly expireDate: string
  /** `1` valid, `0` not valid. */
  readonly state: string
  readonly files: { readonly pdf: Buffer; readonly ofd: Buffer }
}

/** All that does not change. */
type Entry = Omit<Licence, 'expireDate'> & { readonly endless: boolean }

function entryFor({ owner, typeCode, state }: HeldLicence, place: number): Entry {
  const holder = HOLDERS.get(owner)
  const kind = KINDS[typeCode]
  if (holder === undefined || kind === undefined) throw new Error(`The test licence ${place} is nobody's.`)
  const serial = String(place + 1).padStart(9, '0')
  const parts = [`11340000MB1FAKE98T${kind.part}`, ISSUER, serial, VERSION]
  const certId = `${ROOT}${parts.join('.')}.${licenceCheck(parts.join(''))}`
  return {
    certId,
    typeCode,
    certName: kind.name,
    certNo: kind.letters === undefined ? holder.number : `${kind.letters}${serial}`,
    owner: holder,
    state,
    endless: kind.endless === true,
    files: { pdf: pdfOf(`FAKE LICENCE ${certId}`), ofd: ofdOf(`FAKE LICENCE ${certId}`) },
  }
}

const ENTRIES: ReadonlyMap<string, Entry> = new Map(
  HELD_LICENCES.map(entryFor).map((entry) => [entry.certId, entry]),
)

/** The day so many days after the platform opened. */
const dayAfterOpening = ({ state }: Office, days: number): string =>
  wallClock(state.openedAt + days * DAY_MS).slice(0, 10)

function now(office: Office, { endless, ...licence }: Entry): Licence {
  const change = entryOf(office.state.licenceChanges, licence.certId)
  const days = licence.state === '1' ? DAYS_TO_GO : -DAYS_OVER
  const expireDate = change?.endedOn ?? (endless ? WITHOUT_END : dayAfterOpening(office, days))
  return { ...licence, expireDate, state: change === undefined ? licence.state : '0' }
}

/** Every licence. */
export const allLicences = (office: Office): readonly Licence[] =>
  [...ENTRIES.values()].map((entry) => now(office, entry))

/** A licence by its identifier. */
export function licenceOf(office: Office, certId: string): Licence | undefined {
  const entry = ENTRIES.get(certId)
  return entry && now(office, entry)
}

/** A photo as it is held now. */
export interface HeldPhotoNow {
  readonly photoId: string
  readonly photoType: HeldPhoto['photoType']
  /** `yyyyMMdd`. */
  readonly photoDate: string
  readonly portrait: number
}

/** `yyyyMMdd` of a wall clock. */
export const photoDay = (clock: string): string => clock.slice(0, 10).replaceAll('-', '')

/** The photos of a holder. */
export function photosOf(office: Office, { number, photos }: Holder): readonly HeldPhotoNow[] {
  const atFirst = () =>
    photos.map(({ photoId, photoType, daysAgo, portrait }): HeldPhotoNow => {
      return { photoId, photoType, photoDate: photoDay(dayAfterOpening(office, -daysAgo)), portrait }
    })
  return entryOf(office.state.photos, number) ?? atFirst()
}

/** A photo by its identifier, with its holder. */
export function photoOf(office: Office, photoId: string) {
  for (const holder of HOLDERS.values()) {
    const photo = photosOf(office, holder).find((one) => one.photoId === photoId)
    if (photo !== undefined) return { holder, photo }
  }
  return undefined
}
