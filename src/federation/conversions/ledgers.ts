/**
 * The ledger of a conversion. Applications of one shape that are read and written alike go the same ways leaf by leaf, so they
 * share one ledger: a trace depends on which members are there before, between and after, on the few words that choose between
 * rows, and on the branches that a codec says it took, never on anything else that a person typed.
 */
import { type Arrow, close } from '../../adapters/kit/ledger.ts'
import type { Application } from '../../schemas/application.ts'
import type { Ledger } from '../../schemas/ledger.ts'
import { shapeTree } from './shapes.ts'

/** A ledger and its JSON text, since most callers pass it on. */
export interface KeptLedger {
  readonly ledger: Ledger
  readonly json: string
}

const UNREAD = '这个字段不属于所用方言, 没有被读取'

/** Closes the books of one conversion. */
export function ledgerOf(source: unknown, arrows: readonly Arrow[]): KeptLedger {
  const ledger = close(source, arrows, UNREAD)
  return { ledger, json: JSON.stringify(ledger) }
}

/** Ledgers by the shapes of the three documents of a conversion. About 3 MiB of steps at most, and the ledgers on them. */
export function ledgerBook() {
  const shapes = shapeTree<KeptLedger>(50_000)
  /** `words` say which conversion it is; `arrows` is asked only for a shape that was not met before. */
  return (
    words: readonly (string | number)[],
    documents: { readonly source: unknown; readonly canon: Application; readonly target: unknown },
    arrows: () => readonly Arrow[],
  ): KeptLedger =>
    shapes.keep(
      [...words, ...branchesOf(documents.canon)],
      [documents.source, documents.canon, documents.target],
      () => ledgerOf(documents.source, arrows()),
    )
}

/** Words that choose between rows. */
function branchesOf({ applicant, agent, documents, delivery, mode }: Application): readonly string[] {
  return [
    applicant.kind,
    ...branchesOfId(applicant.idDocument),
    ...branchesOfId(applicant.legalRepresentativeId),
    ...branchesOfId(agent?.idDocument),
    ...documents.map((one) => one.mode),
    delivery?.mode ?? '',
    mode ?? '',
  ]
}

/** The type, and of a resident's number the first two digits: 81 to 83 are residence permits. */
const branchesOfId = (id: { readonly type: string; readonly number: string } | undefined) =>
  id ? [id.type, id.number.slice(0, 2)] : ['', '']
