/**
 * The ledger of a conversion. Applications of one shape that are read and written alike go the same ways leaf by leaf, so they
 * share one ledger: a trace depends on which members are there before, between and after, on the few words that choose between
 * rows, and on the branches that a codec says it took, never on anything else that a person typed.
 */
import { type Arrow, close } from '../../adapters/kit/ledger.ts'
import type { Application, IdDocument } from '../../schemas/application.ts'
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

/** Ledgers by the shapes of the three documents of a conversion. About 1 MiB of shapes at most, and their ledgers. */
export function ledgerBook() {
  const shapes = shapeTree<KeptLedger>(50_000)
  /**
   * `words` say which conversion it is, `branches` which ways its codecs took; `arrows` is asked only for a shape that was not
   * met before.
   */
  return (
    words: readonly (string | number)[],
    branches: readonly string[],
    documents: { readonly source: unknown; readonly canon: Application; readonly target: unknown },
    arrows: () => readonly Arrow[],
  ): KeptLedger =>
    shapes.keep(
      words,
      branchesOf(documents.canon, branches),
      [documents.source, documents.canon, documents.target],
      () => ledgerOf(documents.source, arrows()),
    )
}

/** Words that choose between rows, and the branches that codecs told. */
function branchesOf(
  { applicant, agent, documents, delivery, mode }: Application,
  branches: readonly string[],
): readonly string[] {
  const words = [
    applicant.kind,
    branchOfId(applicant.idDocument),
    branchOfId(applicant.legalRepresentativeId),
    branchOfId(agent?.idDocument),
    delivery?.mode ?? '',
    mode ?? '',
  ]
  for (const one of documents) words.push(one.mode)
  for (const branch of branches) words.push(branch)
  return words
}

/** The type, and whether a resident's number is one of a residence permit (81 to 83). */
function branchOfId(id: IdDocument | undefined): string {
  if (id === undefined) return ''
  return id.type === '111' && id.number.startsWith('8') ? 'residence permit' : id.type
}
