/** 两个免于提交: which kinds of licence stand for a document, by the codes of the region that handles the matter. */
import type { LicenceKind } from '../../schemas/licence.ts'
import type { MatterDocument } from '../../schemas/matter.ts'
import type { Deps } from '../deps.ts'

/** Kinds that a document's region names; a code that its table does not know stands for none. */
export function kindsFor(
  { exemptedBy }: Pick<MatterDocument, 'exemptedBy'>,
  division: string,
  { directory }: Pick<Deps, 'directory'>,
): readonly LicenceKind[] {
  const codes = directory.at(division).link.licences?.codes ?? {}
  return exemptedBy.flatMap(({ licenceType }) => {
    const kind = Object.entries(codes).find(([, code]) => code === licenceType)?.[0]
    // The keys of `codes` are kinds.
    return kind === undefined ? [] : [kind as LicenceKind]
  })
}
