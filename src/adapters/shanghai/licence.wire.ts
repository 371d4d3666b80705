/** What Shanghai answers of licences (contract 4.6): paths and requests documented, the members of a row and of a verdict completed there. */
import { type Static, Type } from 'typebox'
import { DATE } from '../../schemas/common.ts'
import { blank } from './shapes.ts'

const word = (max: number) => Type.String({ minLength: 1, maxLength: max })
const day = blank(Type.Union([DATE, Type.Literal('')]))

/** The word in the place of a last day where there is none. */
export const UNLIMITED = '长期'

const WireLicence = Type.Object({
  certUuid: word(100),
  catMainCode: word(60),
  certName: word(200),
  certNo: word(100),
  holderType: word(100),
  holderCode: word(100),
  holderName: word(100),
  issueOrg: word(200),
  issueDate: day,
  validFrom: day,
  validTo: blank(Type.Union([DATE, Type.Literal(UNLIMITED), Type.Literal('')])),
  certStatus: Type.String({ maxLength: 60 }),
})
export type WireLicence = Static<typeof WireLicence>

export const WireLicences = Type.Array(WireLicence)

export const WireDerived = Type.Object({ deriveUuid: word(100) })

export const WireVerdict = Type.Object({
  exist: Type.Boolean(),
  certStatus: blank(Type.String({ maxLength: 60 })),
  fileMatch: blank(Type.Union([Type.String({ maxLength: 60 }), Type.Integer()])),
})
export type WireVerdict = Static<typeof WireVerdict>
