/** Any region in, any region out: matters, applications and cases, through the canonical form, with a ledger. */

import type { Alarm } from '../../adapters/kit/codes.ts'
import type { ApplicationContext, RegionAdapter } from '../../adapters/kit/contract.ts'
import { type Arrow, chain, reading, writing } from '../../adapters/kit/ledger.ts'
import type { Note } from '../../adapters/kit/trace.ts'
import { GatewayError } from '../../errors.ts'
import { Application } from '../../schemas/application.ts'
import { RegionalCase } from '../../schemas/case.ts'
import type { RegionId } from '../../schemas/common.ts'
import { Matter } from '../../schemas/matter.ts'
import { leaves } from '../../schemas/pointers.ts'
import { validator } from '../../schemas/validate.ts'
import { inCallersWords } from './callers-words.ts'
import { type KeptLedger, ledgerBook, ledgerOf } from './ledgers.ts'

/** A dialect, by the name that `profile` uses. */
export type Profile = RegionId | 'canonical'
/** What can be converted. */
export type Kind = 'matter' | 'application' | 'case'

/** A matter in one of its versions, or nothing. */
type Found = { readonly matter: Matter; readonly version: number } | undefined

/** Looks up matters for the applications that name them. */
export interface MatterBook {
  /**
   * By canonical id, or by a region's own code (with the division, where the code alone is not enough). What is at hand is
   * answered at once, since a promise costs more than the look.
   */
  readonly find: (reference: { code: string; division?: string }, dialect: Profile) => Found | Promise<Found>
}

const checks = {
  matter: validator(Matter),
  application: validator(Application),
  case: validator(RegionalCase),
}

/** An application that was read: what it says, for which matter, and where each of its leaves came from. */
export interface ReadApplication {
  readonly application: Application
  readonly matter: Matter
  readonly version: number
  /** Ways that its values chose. */
  readonly branches: readonly string[]
  /** Runs the reading again with a trace; only when a ledger or a pointer is wanted. */
  readonly arrows: () => readonly Arrow[]
}

/** Whose words are written: a region's, or those of a city that differs from it. `name` tells them apart. */
export interface Speaker {
  readonly name: string
  readonly adapter: RegionAdapter
  readonly options: Readonly<Record<string, unknown>>
}

interface Converter {
  readonly adapters: readonly RegionAdapter[]
  /** Options of a region, of its directory entry or its defaults. */
  readonly options: (region: RegionId) => Readonly<Record<string, unknown>>
  readonly book: MatterBook
}

/** What the gateway says of its own when it writes an application. */
export interface Filed {
  readonly sourceNumber: string
  readonly appliedAt: string
}

/** Binds the conversions to the adapters that are there. */
export function conversions({ adapters, options, book }: Converter) {
  const bookOf = ledgerBook()

  const adapterOf = (profile: Profile): RegionAdapter | undefined => {
    if (profile === 'canonical') return undefined
    const adapter = adapters.find((one) => one.id === profile)
    if (!adapter)
      throw new GatewayError('PROFILE_UNKNOWN', { known: ['canonical', ...adapters.map((one) => one.id)] })
    return adapter
  }

  const contextOf = (
    profile: Profile | Speaker,
    matter: Matter,
    filed: Filed,
    branches: string[],
  ): ApplicationContext => ({
    matter,
    options: optionsOf(profile),
    sourceNumber: filed.sourceNumber,
    appliedAt: filed.appliedAt,
    branches,
  })

  const optionsOf = (profile: Profile | Speaker) => {
    if (profile === 'canonical') return {}
    return typeof profile === 'string' ? options(profile) : profile.options
  }

  const writerOf = (to: Profile | Speaker): RegionAdapter | undefined =>
    typeof to === 'string' ? adapterOf(to) : to.adapter

  /** Reads an application of any dialect. @throws GatewayError with pointers into `content`. */
  const readApplication = (
    profile: Profile,
    content: unknown,
    filed: Filed,
  ): ReadApplication | Promise<ReadApplication> => {
    const adapter = adapterOf(profile)
    const reference = adapter ? adapter.dialect.application.refer(content) : referenceOf(content)
    const read = (found: Found) =>
      adapter
        ? readWire(adapter, content, filed, found, reference !== undefined)
        : readCanonical(content, found)
    const found = reference && book.find(reference, profile)
    return found instanceof Promise ? found.then(read) : read(found)
  }

  const readWire = (
    adapter: RegionAdapter,
    content: unknown,
    filed: Filed,
    found: Found,
    isNamed: boolean,
  ): ReadApplication => {
    // Without its matter a document cannot be read, but its other faults should be told as well.
    if (!found) throw missingMatter(adapter, content, isNamed)
    const branches: string[] = []
    const context = contextOf(adapter.id, found.matter, filed, branches)
    return {
      application: adapter.dialect.application.read(content, context),
      matter: found.matter,
      version: found.version,
      branches,
      arrows: () => {
        const notes: Note[] = []
        adapter.dialect.application.read(content, { ...context, branches: [] }, notes)
        return reading(notes)
      },
    }
  }

  /** Writes an application in a dialect. @throws GatewayError `CONVERSION_INCOMPLETE` with pointers into the canonical application. */
  const writeApplication = (
    to: Profile | Speaker,
    application: Application,
    matter: Matter,
    filed: Filed,
    notes?: Note[],
    branches: string[] = [],
  ): object => {
    const adapter = writerOf(to)
    if (adapter)
      return adapter.dialect.application.write(application, contextOf(to, matter, filed, branches), notes)
    if (notes)
      for (const leaf of leaves(application))
        notes.push({ how: 'copied', wire: [leaf], canon: [leaf], label: '', rule: 'text' })
    return application
  }

  const traceWrite = (
    to: Profile | Speaker,
    application: Application,
    matter: Matter,
    filed: Filed,
  ): readonly Arrow[] => {
    const notes: Note[] = []
    writeApplication(to, application, matter, filed, notes)
    return writing(notes)
  }

  /** Converts a matter or a case: records that are read whatever they hold. */
  const convertRecord = (
    kind: 'matter' | 'case',
    from: Profile,
    to: Profile,
    content: unknown,
    alarms: Alarm[] = [],
  ): { readonly content: unknown; readonly books: () => KeptLedger } => {
    const source = adapterOf(from)
    const target = adapterOf(to)
    const read = (notes?: Note[]): Matter | RegionalCase => {
      if (source) return source.dialect[kind].read(content, { options: options(source.id), alarms }, notes)
      const errors = checks[kind](content)
      if (errors) throw new GatewayError('BODY_INVALID', { message: kind }, { errors })
      if (notes)
        for (const leaf of leaves(content))
          notes.push({ how: 'copied', wire: [leaf], canon: [leaf], label: '', rule: 'text' })
      return content as Matter
    }
    const write = (canon: Matter | RegionalCase, notes?: Note[]): unknown => {
      if (notes && !target)
        for (const leaf of leaves(canon))
          notes.push({ how: 'copied', wire: [leaf], canon: [leaf], label: '', rule: 'text' })
      // `kind` chose the same document on both sides, which the types of an index cannot say.
      return target
        ? target.dialect[kind].write(canon as never, { options: options(target.id) }, notes)
        : canon
    }
    const canon = read()
    let written: unknown
    try {
      written = write(canon)
    } catch (error) {
      throw inCallersWords(error, () => traceOf(read), source)
    }
    return {
      content: written,
      // Records are full of codes, and each of them may go another way: their ledgers are not shared, and made when asked for.
      books: () =>
        ledgerOf(content, chain(reading(traceOf(read)), writing(traceOf((notes) => write(canon, notes))))),
    }
  }

  /** Converts an application from one dialect to another, for the same matter. */
  const convertApplication = async (
    from: Profile,
    to: Profile,
    content: unknown,
    filed: Filed,
  ): Promise<{ content: unknown } & KeptLedger> => {
    const read = await readApplication(from, content, filed)
    return finishApplication(read, from, to, content, filed)
  }

  /** The second half: writing, and the ledger of the whole. */
  const finishApplication = (
    read: ReadApplication,
    from: Profile,
    to: Profile | Speaker,
    content: unknown,
    filed: Filed,
    between?: { application: Application; matter: Matter; arrows: readonly Arrow[] },
  ) => {
    const application = between?.application ?? read.application
    const matter = between?.matter ?? read.matter
    const branches = [...read.branches]
    let written: object
    try {
      written = writeApplication(to, application, matter, filed, undefined, branches)
    } catch (error) {
      throw inCallersWords(error, () => arrowsBefore(read, between), adapterOf(from))
    }
    const speaker = typeof to === 'string' ? to : to.name
    const kept = bookOf(
      ['application', from, speaker, read.matter.id, read.version, matter.id],
      branches,
      { source: content, canon: application, target: written },
      () => chain(arrowsBefore(read, between), traceWrite(to, application, matter, filed)),
    )
    return { content: written, ledger: kept.ledger, json: kept.json }
  }

  return {
    readApplication,
    writeApplication,
    convertRecord,
    convertApplication,
    finishApplication,
    adapterOf,
  }
}

export type Conversions = ReturnType<typeof conversions>

/** How a canonical application names its matter. @throws GatewayError `BODY_INVALID` when the content is none */
function referenceOf(content: unknown): { code: string; division: string } {
  const errors = checks.application(content)
  if (errors) throw new GatewayError('BODY_INVALID', { message: 'application' }, { errors })
  // The schema has just been checked.
  const { matter, division } = content as Application
  return { code: matter, division }
}

function readCanonical(content: unknown, found: Found): ReadApplication {
  if (!found) throw notFound('/matter')
  const { matter, version } = found
  return {
    // It named its matter, so it was checked.
    application: { ...(content as Application), matter: matter.id },
    matter,
    version,
    branches: [],
    arrows: () => identity(content),
  }
}

/** Leaves that stay where they are. */
const identity = (content: unknown): readonly Arrow[] =>
  leaves(content).map((leaf) => ({ how: 'copied', from: [leaf], to: [leaf], label: '', rule: 'text' }))

/** The arrows from what the caller sent to the application that is written. */
export const arrowsBefore = (
  read: ReadApplication,
  between?: { arrows: readonly Arrow[] },
): readonly Arrow[] => (between ? chain(read.arrows(), between.arrows) : read.arrows())

const traceOf = (run: (notes: Note[]) => unknown): readonly Note[] => {
  const notes: Note[] = []
  run(notes)
  return notes
}

const notFound = (pointer: string) =>
  new GatewayError(
    'MATTER_NOT_FOUND',
    {},
    {
      errors: [
        {
          pointer,
          code: 'MATTER_NOT_FOUND',
          zh: '没有这个事项, 请在事项目录中查找',
          en: 'There is no such matter; search the catalogue',
        },
      ],
    },
  )

function missingMatter(adapter: RegionAdapter, content: unknown, named: boolean): GatewayError {
  if (!named) {
    const errors = validator(adapter.dialect.application.schema)(content)
    if (errors)
      return new GatewayError('BODY_INVALID', { message: adapter.dialect.application.name }, { errors })
  }
  const row = adapter.dialect.application.explain().find((line) => line.canon === '/matter')
  return notFound(row?.wire[0] === undefined ? '' : `/${row.wire[0]}`)
}
