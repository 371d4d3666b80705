/** The first half of a conversion: an application of any dialect is read, for the matter that it names. */
import type { RegionAdapter } from '../../adapters/kit/contract.ts'
import { type Arrow, reading } from '../../adapters/kit/ledger.ts'
import type { Note } from '../../adapters/kit/trace.ts'
import { GatewayError } from '../../errors.ts'
import { Application } from '../../schemas/application.ts'
import type { Matter } from '../../schemas/matter.ts'
import { leaves } from '../../schemas/pointers.ts'
import { validator } from '../../schemas/validate.ts'
import type { Dialects, Filed, Profile } from './dialects.ts'

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

/** Binds the reading of applications to dialects and matters. */
export function applicationReader({ adapterOf, contextOf }: Dialects, book: MatterBook) {
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

  return readApplication
}

const check = validator(Application)

/** How a canonical application names its matter. @throws GatewayError `BODY_INVALID` when the content is none */
function referenceOf(content: unknown): { code: string; division: string } {
  const errors = check(content)
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
