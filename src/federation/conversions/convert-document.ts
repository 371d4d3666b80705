/** One document from one dialect to another, for people who only want it converted: nothing is stored, nothing is sent. */
import type { FieldError } from '../../errors.ts'
import { cityOf } from '../../schemas/division.ts'
import type { Ledger } from '../../schemas/ledger.ts'
import type { Catalogue } from '../matters/catalogue.ts'
import { carryOver } from './carry-over.ts'
import type { Conversions } from './convert.ts'
import type { Kind, Profile } from './dialects.ts'

/** What to convert. `division` asks for the equivalent matter there, where it is another one. */
export interface Asked {
  readonly kind: Kind
  readonly from: Profile
  readonly to: Profile
  readonly content: unknown
  readonly division?: string
}

export interface Converted {
  readonly content: unknown
  readonly ledger: Ledger
  /** The ledger as JSON text, since most callers pass it on. */
  readonly json: string
  readonly losses: Ledger['losses']
  /** Of an application in its own region's words: what that region would refuse if it were filed as it is. */
  readonly refusals?: readonly FieldError[]
}

/** The number that stands for the gateway's own where nothing is filed. */
const NO_NUMBER = 'CSJ00000000000000000000'

/** Converts. @throws GatewayError with pointers into `content`. */
export async function convertDocument(
  asked: Asked,
  at: string,
  { conversions, catalogue }: { conversions: Conversions; catalogue: Catalogue },
): Promise<Converted> {
  const { kind, from, to, content } = asked
  if (kind !== 'application') {
    const made = conversions.convertRecord(kind, from, to, content)
    const books = made.books()
    return { content: made.content, ...books, losses: books.ledger.losses }
  }
  const filed = { sourceNumber: NO_NUMBER, appliedAt: at }
  const read = await conversions.readApplication(from, content, filed)
  const city = asked.division === undefined ? undefined : cityOf(asked.division)
  if (asked.division === undefined || !city || read.matter.divisions.includes(city)) {
    const made = conversions.finishApplication(read, from, to, content, filed)
    const refusals = conversions.refusalsOf(read, from, to, made.content)
    return { ...made, losses: made.ledger.losses, refusals }
  }
  const other = await catalogue.equivalentAt(read.matter, city)
  const carried = carryOver(read.application, read.matter, other.matter, other.row, asked.division)
  const between = { ...carried, matter: other.matter }
  const made = conversions.finishApplication(read, from, to, content, filed, between)
  const refusals = conversions.refusalsOf(read, from, to, made.content, between)
  return { ...made, losses: made.ledger.losses, refusals }
}
