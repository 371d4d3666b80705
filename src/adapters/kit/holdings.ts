/** Operations (f) and (g): the photos and licences that a region holds of a person, found, fetched and verified. */
import type { LicenceKind, LicenceStatus } from '../../schemas/licence.ts'
import type { PhotoPurpose, PhotoSource } from '../../schemas/photo.ts'
import type { RegionId } from '../../schemas/regions.ts'
import type { FileContent, Holder, RawStatus } from './values.ts'

/** Why a region is asked, for its own audit. Every region wants a number of a case; one that knows none gets the gateway's. */
export interface Audit {
  /** The gateway's own number of this look: fifteen digits, the first a 9. It stands in the gateway's access record too. */
  readonly number: string
  /** The case that it is for, once its region gave it a number. */
  readonly case?: {
    readonly region: RegionId
    readonly caseNumber: string
    readonly matterCode: string
  }
  /** Name of the matter that it is for. */
  readonly matterName: string
  /** Who looks, as the region's audit may show it: 申请人本人 or a body; never a person's name or number. At most 50 characters. */
  readonly actor: string
}

/** Where, about whom and why a region is asked. It answers with nothing for a holder of whom it can have nothing. */
interface Asked {
  /** Six digits of a city: the one whose library is asked, where a region keeps one for each. */
  readonly division: string
  readonly holder: Holder
  readonly audit: Audit
}

/** A photo as a region lists it. */
export interface FoundPhoto {
  /** The region's own identifier, by which the photo is fetched. */
  readonly id: string
  readonly takenFor: PhotoSource
  /** The region's own word for it. */
  readonly rawSource: RawStatus
  /** `yyyy-MM-dd`. */
  readonly takenOn?: string
  /** RFC 3339: the library's own end of use. A photo that is past it is delivered all the same. */
  readonly validUntil?: string
  /** Pixels. */
  readonly width?: number
  readonly height?: number
  /** Bytes. */
  readonly size?: number
  readonly digest?: { readonly algorithm: 'sm3' | 'sha256'; readonly value: string }
}

/**
 * (f) The photo library of one region or city. Errors are those of `RegionLink`, and `HOLDER_MISMATCH`: the region knows the number
 * under another name; `REGION_ANSWER_INVALID` too when the bytes are not those that the region's digest names.
 */
export interface PhotoLink {
  /** Whether one question is answered for the whole region, or each of its cities must be asked. */
  readonly reach: 'region' | 'city'
  /** The photos of a person; `[]` where there is none. Holder's consent is on record when this is called. */
  readonly find: (ask: Asked & { readonly purpose: PhotoPurpose }) => Promise<readonly FoundPhoto[]>
  /**
   * One photo's bytes. Identifiers of the regions work for minutes, and under the audit number of the question that gave them alone: the
   * link asks first by itself, and takes the photo with the same `id` or, where the region gives a new one each time, the one with the same
   * digest, day and source, or the pixels where it tells no digest. @throws GatewayError `PHOTO_NOT_FOUND` when it is not there any more
   */
  readonly fetch: (
    ask: Asked & { readonly purpose: PhotoPurpose; readonly photo: FoundPhoto },
  ) => Promise<FileContent>
}

/** A licence as a region lists it, checked to be the asked holder's. */
export interface FoundLicence {
  /** The region's own identifier, by which the licence is fetched: its GB/T 36904 identifier where it has one. */
  readonly id: string
  /** GB/T 36904, where the region gives one. */
  readonly identifier?: string
  readonly kind: LicenceKind
  /** The region's own type code and word. */
  readonly rawType: RawStatus
  readonly name: string
  readonly number: string
  readonly holder: Holder
  readonly issuer: { readonly name: string; readonly code?: string }
  /** Dates are `yyyy-MM-dd`; `validTo` is absent without an end (长期). */
  readonly issuedOn?: string
  readonly validFrom?: string
  readonly validTo?: string
  readonly status: LicenceStatus
  readonly rawStatus: RawStatus
  /** Six digits: the city that issued it, where the region tells. */
  readonly division?: string
  /** What is printed on it (照面), by the region's names. */
  readonly face?: Readonly<Record<string, string>>
}

/** What may be known of a licence that is to be verified. */
export interface LicenceClaim {
  readonly identifier?: string
  readonly kind?: LicenceKind
  readonly number?: string
  readonly holder?: Holder
  /** The file whose genuineness is asked. */
  readonly file?: Buffer
}

/** What a region says of a claim. */
export interface VerifiedLicence {
  /** The region knows such a licence; absent where it denies and does not tell an unknown licence from one that is not valid. */
  readonly exists?: boolean
  readonly status: LicenceStatus
  readonly rawStatus: RawStatus
  /** Whether the file is the licence's; absent when no file was looked at. */
  readonly fileMatches?: boolean
}

/** (g) The licences of one region or city. Errors as for `PhotoLink`. */
export interface LicenceLink {
  readonly reach: 'region' | 'city'
  /** Kind → the region's code, for every kind that it has a code for. */
  readonly codes: Readonly<Partial<Record<LicenceKind, string>>>
  /** The holder's licences, of one kind where `kind` is named; valid and other ones; `[]` where there is none or the region has no such kind. */
  readonly find: (ask: Asked & { readonly kind?: LicenceKind }) => Promise<readonly FoundLicence[]>
  /** The licence's file. `reason` is told to the region in words, at most 100 characters. @throws GatewayError `LICENCE_NOT_FOUND`, `LICENCE_NOT_VALID` */
  readonly fetch: (
    ask: Asked & { readonly licence: FoundLicence; readonly reason: string },
  ) => Promise<FileContent>
  /** Members of a claim without which the region cannot be asked, one of the lists in full. */
  readonly needs: readonly (readonly (keyof LicenceClaim)[])[]
  /** Verifies a claim that has what `needs` names. @throws GatewayError `NOT_OFFERED` for a needed kind that the region has no code for */
  readonly verify: (ask: {
    readonly division: string
    readonly claim: LicenceClaim
    readonly audit: Audit
  }) => Promise<VerifiedLicence>
}
