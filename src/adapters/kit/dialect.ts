/** A dialect: the three documents of a region in its own words, read and written without asking anybody. */
import type { Application } from '../../schemas/application.ts'
import type { RegionalCase } from '../../schemas/case.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { Alarmed } from './codes.ts'
import type { Message } from './message.ts'

/** What reading and writing an application may look at. */
export interface ApplicationContext extends Alarmed {
  /** The matter of this dialect's region that the application is for. */
  readonly matter: Matter
  readonly options: Readonly<Record<string, unknown>>
  /** The gateway's own case number: `^[0-9A-Za-z-]{6,40}$`, the same for the whole life of the application. */
  readonly sourceNumber: string
  /** When the application was taken in: RFC 3339. It stands in the wire document, so that a repetition is the same document. */
  readonly appliedAt: string
  /**
   * Where a codec says which way a value made it go, when the trace depends on that: applications of one shape share a ledger only
   * while they say the same here.
   */
  readonly branches?: string[]
}

/** What reading and writing a matter or a case may look at. */
export interface RecordContext extends Alarmed {
  readonly options: Readonly<Record<string, unknown>>
}

/** How an application of this dialect names its matter and place, before either is looked up. */
export interface MatterReference {
  /** The region's own matter code, or a canonical matter id. */
  readonly code: string
  /** Six digits, where the document says where it is handled. */
  readonly division?: string
}

/** The three documents of a dialect. `profile=<region>` speaks them. */
export interface Dialect {
  readonly application: Message<object, Application, ApplicationContext> & {
    /** Looks up what the document names. Never throws: an unreadable document is refused when it is read. */
    readonly refer: (wire: unknown) => MatterReference | undefined
    /**
     * What the region would refuse of an application that is filed for the matter, found without asking it.
     * @throws GatewayError `CONVERSION_INCOMPLETE` with pointers into the canonical application
     */
    readonly precheck?: (wire: object, matter: Matter) => void
  }
  readonly matter: Message<object, Matter, RecordContext>
  readonly case: Message<object, RegionalCase, RecordContext>
}
