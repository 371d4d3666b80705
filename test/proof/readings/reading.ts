/** A reading: what a region was told and says, read from its bytes and its own memory by the contract alone. */
import type { RegionalEvent } from '../../../src/adapters/kit/contract.ts'
import type { SimulatedAccount } from '../../../src/sandbox/simulated.ts'
import type { Application } from '../../../src/schemas/application.ts'
import type { CaseStatus } from '../../../src/schemas/case-status.ts'
import type { PhotoPurpose } from '../../../src/schemas/photo.ts'
import type { Rating } from '../../../src/schemas/rating.ts'
import type { OnItsWay } from '../filing.ts'
import type { Reader } from '../tables.ts'
import type { Posted, Told, World } from '../world.ts'

/** Plain JSON. */
export type Plain = Readonly<Record<string, unknown>>

/** One reading of the same thing, member by member. */
export type Meaning = Readonly<Record<string, unknown>>

/** Cases: what is filed, followed and rated. */
export interface CaseReading {
  /** Cities that are asked, six digits. */
  readonly divisions: readonly string[]
  /** What of an application arrives, by the contract: what it has no member for is left out. */
  readonly meant: (way: OnItsWay, canon: Application) => Meaning
  /** What the region has of it. */
  readonly kept: (world: World, caseNumber: string, read: Reader) => Meaning
  /** Files that the region keeps of a case, by the reference under which it gives them back. */
  readonly files: (world: World, caseNumber: string) => readonly KeptFile[]
  /** The state in the last answer about a case, as the contract reads it. */
  readonly stateIn: (world: World, read: Reader) => string
  /** The decision in the same answer; nothing where it tells none that counts in this state. */
  readonly decisionIn: (world: World, status: CaseStatus, read: Reader) => string | undefined
  /** The state that a callback tells. */
  readonly stateOf: (posted: Posted, read: Reader) => string
  /** What a callback tells beside it, and our side's event with it. @throws Disagreement */
  readonly besides?: (posted: Posted, event: RegionalEvent, read: Reader) => void
  /** Kinds of the documents that were asked for, the newest last. */
  readonly documentsAsked?: (world: World, read: Reader) => readonly string[]
  /** The source number as the region tells it; as it was sent when absent. */
  readonly sourceNumber?: (own: string) => string
  /** How a callback to this state brings what the clerk said: as it is when absent, or after words of the region's own. */
  readonly opinionOf?: (to: CaseStatus) => 'whole' | 'after' | 'none'
  readonly ratingMeant: (rating: Rating) => Meaning
  readonly ratingKept: (world: World, caseNumber: string, read: Reader) => Meaning
}

export interface KeptFile {
  readonly reference: string
  readonly bytes: Buffer
}

/** What a region has in its library: matters, windows, accounts, photos and licences, from the rows of the last answer. */
export interface LibraryReading {
  /** Members of one matter that was read. */
  readonly matter: (world: World, code: string, read: Reader) => Meaning
  readonly windows: (world: World) => readonly Meaning[]
  readonly photos: (world: World, read: Reader) => readonly Meaning[]
  /** For what the last photo was asked for. */
  readonly purposeKept: (world: World, read: Reader) => string
  /** The purposes that the region has no word of its own for. */
  readonly purposeMeant?: (purpose: PhotoPurpose) => string
  readonly licences: (world: World, read: Reader) => readonly Meaning[]
  /** Whether there is a file of a licence in this state; of valid ones alone when absent. */
  readonly hasFile?: (status: string) => boolean
  /** Level, and type and number of the document, of whoever logged in last. */
  readonly identity: (world: World, account: SimulatedAccount, read: Reader) => Meaning
}

export interface Reading extends CaseReading, LibraryReading {}

/** A member on a path; `undefined` where the path ends before. */
export const at = (value: unknown, ...path: readonly (string | number)[]): unknown =>
  path.reduce<unknown>(
    (inner, name) =>
      typeof inner === 'object' && inner !== null
        ? (inner as Record<string | number, unknown>)[name]
        : undefined,
    value,
  )

/** A list may stand as the single object that is in it, or as nothing. */
export const many = (value: unknown): readonly unknown[] =>
  value === undefined || value === null || value === '' ? [] : Array.isArray(value) ? value : [value]

export const answered = ({ answer }: Told): unknown => JSON.parse(answer.body.toString('utf8'))
export const asked = ({ out }: Told): unknown => JSON.parse(String(out.body))

/** Absent, `""` and `null` are all nothing. */
export const said = (value: unknown): string | undefined =>
  value === undefined || value === null || value === '' ? undefined : String(value)

/** The members that are there. */
export const present = (members: Readonly<Record<string, unknown>>): Meaning =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))

/** A wall clock of the four regions as RFC 3339. */
export const instant = (wallClock: unknown): string => `${String(wallClock).replace(' ', 'T')}+08:00`

/** The first code points of a text. */
export const first = (text: string, count: number): string => [...text].slice(0, count).join('')

/** Files by document, as their bytes say which upload they are. */
export function uploadsBy(
  files: readonly { readonly id: string; readonly bytes: Buffer }[],
): Readonly<Record<string, readonly string[]>> {
  const by: Record<string, string[]> = {}
  for (const { id, bytes } of files) {
    by[id] ??= []
    by[id].push(bytes.toString('utf8').replace('%PDF-1.4 ', ''))
  }
  return by
}

/** The same of an application. */
export const uploadsIn = ({ documents }: Application): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    documents.filter(({ uploads }) => uploads !== undefined).map(({ id, uploads = [] }) => [id, uploads]),
  )

/** Licences that stand for documents. */
export const licencesIn = ({ documents }: Application): Readonly<Record<string, string>> =>
  Object.fromEntries(documents.flatMap(({ id, licence }) => (licence === undefined ? [] : [[id, licence]])))
