/** The canonical photo of the unified photo library (统一照片库): who holds which picture of a person, taken when and for what. */
import { type Static, Type } from 'typebox'
import { DATE, DATE_TIME, DIVISION, REGION, text, word } from './common.ts'

/** For which document a photo was taken. A code that no table knows is `unknown`, and stands in `rawSource` as it came. */
export const PHOTO_SOURCES = [
  'idCard',
  'socialSecurityCard',
  'drivingLicence',
  'passport',
  'upload',
  'unknown',
] as const
export type PhotoSource = (typeof PHOTO_SOURCES)[number]

/** For what a photo is asked: 身份核验, 制证, 跨省通办. */
export const PHOTO_PURPOSES = ['identityCheck', 'documentMaking', 'crossProvince'] as const
export type PhotoPurpose = (typeof PHOTO_PURPOSES)[number]

export const Photo = Type.Object(
  {
    /** The gateway's own name for it. */
    id: text(60),
    takenFor: word(PHOTO_SOURCES),
    rawSource: Type.Object({ code: text(60, 0), label: text(100, 0) }, { additionalProperties: false }),
    takenOn: Type.Union([DATE, Type.Null()]),
    /** The library's own end of use; null where it names none. */
    validUntil: Type.Union([DATE_TIME, Type.Null()]),
    width: Type.Union([Type.Integer(), Type.Null()]),
    height: Type.Union([Type.Integer(), Type.Null()]),
    /** Bytes. */
    size: Type.Union([Type.Integer(), Type.Null()]),
    digest: Type.Union([
      Type.Object(
        { algorithm: word(['sm3', 'sha256']), value: Type.String() },
        { additionalProperties: false },
      ),
      Type.Null(),
    ]),
    /** Who holds it; both null for a photo that the person took here: the gateway keeps it. */
    source: Type.Object(
      { region: Type.Union([REGION, Type.Null()]), division: Type.Union([DIVISION, Type.Null()]) },
      { additionalProperties: false },
    ),
    asOf: DATE_TIME,
  },
  { additionalProperties: false },
)
export type Photo = Static<typeof Photo>
