/** A matter or a case from one dialect to another: records, which are read whatever they hold. */
import type { Alarm } from '../../adapters/kit/codes.ts'
import { chain, reading, writing } from '../../adapters/kit/ledger.ts'
import type { Note } from '../../adapters/kit/trace.ts'
import { GatewayError } from '../../errors.ts'
import { RegionalCase } from '../../schemas/case.ts'
import { Matter } from '../../schemas/matter.ts'
import { leaves } from '../../schemas/pointers.ts'
import { validator } from '../../schemas/validate.ts'
import { inCallersWords } from './callers-words.ts'
import type { Dialects, Profile, Regions } from './dialects.ts'
import { type KeptLedger, ledgerOf } from './ledgers.ts'

const checks = { matter: validator(Matter), case: validator(RegionalCase) }

/** Binds the conversion of records to dialects. */
export function recordConverter({ adapterOf }: Dialects, options: Regions['options']) {
  /** Converts a record; `books` makes its ledger. @throws GatewayError with pointers into `content` */
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

  return convertRecord
}

const traceOf = (run: (notes: Note[]) => unknown): readonly Note[] => {
  const notes: Note[] = []
  run(notes)
  return notes
}
