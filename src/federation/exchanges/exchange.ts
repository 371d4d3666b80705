/** One recorded exchange: a document that a region's dialect read or wrote, without its persons, and what it became. */
import type { ApplicationContext, RegionAdapter } from '../../adapters/kit/contract.ts'
import { GatewayError } from '../../errors.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { RegionId } from '../../schemas/regions.ts'

export const MESSAGES = ['application', 'matter', 'case'] as const
export type MessageKind = (typeof MESSAGES)[number]

/** What a conversion came to: a document, or a problem and where. */
export type Got = { readonly content: unknown } | { readonly problem: string; readonly at: readonly string[] }

/** What is read and written with. A matter stands apart, since many exchanges have the same. */
export interface ExchangeContext {
  readonly options: Readonly<Record<string, unknown>>
  readonly matter?: { readonly id: string; readonly version: number }
  readonly sourceNumber?: string
  readonly appliedAt?: string
}

export interface Exchange {
  readonly region: RegionId
  /** Whose words: a region's id, with the division of a city that has a connection of its own. */
  readonly speaker: string
  readonly message: MessageKind
  /** `read`: the region's words came in; `write`: ours went out. */
  readonly way: 'read' | 'write'
  /** What it is about: a matter's id, or region and code where no city is named. */
  readonly matter: string
  readonly recordedAt: string
  readonly given: unknown
  readonly context: ExchangeContext
  readonly got: Got
}

/** The adapter that speaks for a speaker's name. */
export type SpeakerOf = (speaker: string) => RegionAdapter | undefined

type Converted = Pick<Exchange, 'message' | 'way' | 'given'> & {
  readonly context: Omit<ExchangeContext, 'matter'>
}

/** Converts a document as the code is now. @param matter what an application is for */
export function convertAgain(
  { message, way, given, context }: Converted,
  adapter: RegionAdapter,
  matter: Matter | undefined,
): Got {
  const { options, sourceNumber = '', appliedAt = '' } = context
  try {
    if (message !== 'application') return { content: adapter.dialect[message].read(given, { options }) }
    if (!matter) throw new GatewayError('MATTER_NOT_FOUND')
    const around: ApplicationContext = { options, matter, sourceNumber, appliedAt }
    const { read, write } = adapter.dialect.application
    // What was recorded as written was an application then: a schema that changed since then refuses it here.
    return { content: way === 'read' ? read(given, around) : write(given as never, around) }
  } catch (error) {
    // A fault of the code itself is a difference like any other.
    if (!(error instanceof GatewayError)) return { problem: 'INTERNAL', at: [] }
    return { problem: error.code, at: error.errors.map(({ pointer }) => pointer).toSorted() }
  }
}
