/** Any region in, any region out: matters, applications and cases, through the canonical form, with a ledger. */
import { type Arrow, chain, writing } from '../../adapters/kit/ledger.ts'
import type { Note } from '../../adapters/kit/trace.ts'
import { type FieldError, GatewayError } from '../../errors.ts'
import type { Application } from '../../schemas/application.ts'
import type { Matter } from '../../schemas/matter.ts'
import { leaves } from '../../schemas/pointers.ts'
import { inCallersWords } from './callers-words.ts'
import { recordConverter } from './convert-record.ts'
import { dialects, type Filed, type Profile, type Regions, type Speaker } from './dialects.ts'
import { type KeptLedger, ledgerBook } from './ledgers.ts'
import { applicationReader, type MatterBook, type ReadApplication } from './read-application.ts'

/** Binds the conversions to the adapters that are there. */
export function conversions({ book, ...regions }: Regions & { readonly book: MatterBook }) {
  const { options } = regions
  const bookOf = ledgerBook()
  const bound = dialects(regions)
  const { adapterOf, writerOf, contextOf } = bound
  const readApplication = applicationReader(bound, book)
  const convertRecord = recordConverter(bound, options)

  /**
   * Writes an application in a dialect; for a place that is to handle it, also sees that its region would not refuse it.
   * @throws GatewayError `CONVERSION_INCOMPLETE` with pointers into the canonical application
   */
  const writeApplication = (
    to: Profile | Speaker,
    application: Application,
    matter: Matter,
    filed: Filed,
    notes?: Note[],
    branches: string[] = [],
  ): object => {
    const adapter = writerOf(to)
    if (adapter) {
      const message = adapter.dialect.application
      const wire = message.write(application, contextOf(to, matter, filed, branches), notes)
      if (typeof to !== 'string') message.precheck?.(wire, matter)
      return wire
    }
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

  /**
   * What the matter's region would refuse if the application were filed as it was written, at the places of what the caller
   * sent. A conversion is not refused for it: forms are converted while they are being filled in.
   */
  const refusalsOf = (
    read: ReadApplication,
    from: Profile,
    to: Profile,
    written: object,
    between?: { matter: Matter; arrows: readonly Arrow[] },
  ): readonly FieldError[] => {
    const matter = between?.matter ?? read.matter
    if (matter.region !== to) return []
    try {
      adapterOf(to)?.dialect.application.precheck?.(written, matter)
      return []
    } catch (error) {
      const told = inCallersWords(error, () => arrowsBefore(read, between), adapterOf(from))
      if (told instanceof GatewayError) return told.errors
      throw told
    }
  }

  return {
    readApplication,
    refusalsOf,
    writeApplication,
    convertRecord,
    convertApplication,
    finishApplication,
    adapterOf,
  }
}

export type Conversions = ReturnType<typeof conversions>

/** The arrows from what the caller sent to the application that is written. */
export const arrowsBefore = (
  read: ReadApplication,
  between?: { arrows: readonly Arrow[] },
): readonly Arrow[] => (between ? chain(read.arrows(), between.arrows) : read.arrows())
