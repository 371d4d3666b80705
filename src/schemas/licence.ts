/**
 * The canonical electronic licence (电子证照), after GB/T 36902-2018 (catalogue), 36903-2018 (metadata) and 36904-2018
 * (identifier): what one region says of one licence of one holder, and where and when it said so.
 */
import { type Static, Type } from 'typebox'
import { IdDocument } from './application.ts'
import { DATE, DATE_TIME, DIVISION, REGION, text, word } from './common.ts'

/**
 * Kinds of licence that the four regions name alike. Each region has its own codes for them; a code that no table knows is
 * `unknown`, and stands in `type.regional` as it came.
 */
export const LICENCE_KINDS = [
  'idCard',
  'householdRegister',
  'residencePermit',
  'disabilityCertificate',
  'marriageCertificate',
  'socialSecurityCard',
  'businessLicence',
  'realEstateCertificate',
  'drivingLicence',
  'housingFundCertificate',
  'unknown',
] as const
export type LicenceKind = (typeof LICENCE_KINDS)[number]

/** State of a licence: 有效, 暂扣, 撤销或注销, 过期; `invalid` where the region says no more than that it is not valid. */
export const LICENCE_STATUSES = ['valid', 'suspended', 'revoked', 'expired', 'invalid', 'unknown'] as const
export type LicenceStatus = (typeof LICENCE_STATUSES)[number]

/** How far the gateway has looked: the region listed it; the region confirmed number or file; the check character alone is right. */
export const TRUST_LEVELS = ['listed', 'confirmed', 'formOnly'] as const

const Coded = Type.Object({ code: text(60, 0), label: text(100, 0) }, { additionalProperties: false })

export const Licence = Type.Object(
  {
    /** The gateway's own name for it. */
    id: text(60),
    kind: word(LICENCE_KINDS),
    name: text(200),
    type: Type.Object(
      {
        /** 21 characters, GB/T 36902; null where the region does not give one. */
        code: Type.Union([Type.String({ pattern: '^[0-9A-Z]{21}$' }), Type.Null()]),
        /** The region's own code and word. */
        regional: Coded,
      },
      { additionalProperties: false },
    ),
    /** GB/T 36904; null where the region does not give one. */
    identifier: Type.Union([text(200), Type.Null()]),
    number: text(100),
    holder: Type.Object({ name: text(100), idDocument: IdDocument }, { additionalProperties: false }),
    issuer: Type.Object({ name: text(200), code: Type.Union([text(60), Type.Null()]) }),
    issuedOn: Type.Union([DATE, Type.Null()]),
    validFrom: Type.Union([DATE, Type.Null()]),
    /** Last day; null without an end (长期). */
    validTo: Type.Union([DATE, Type.Null()]),
    status: word(LICENCE_STATUSES),
    rawStatus: Coded,
    trust: word(TRUST_LEVELS),
    source: Type.Object({ region: REGION, division: DIVISION }, { additionalProperties: false }),
    asOf: DATE_TIME,
  },
  { additionalProperties: false },
)
export type Licence = Static<typeof Licence>
