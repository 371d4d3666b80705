/** 两个免于提交: which kinds of licence stand for a document, by the codes of the region that handles the matter. */
import type { LicenceKind } from '../../schemas/licence.ts'
import type { MatterDocument } from '../../schemas/matter.ts'
import type { Deps } from '../deps.ts'

/** Papers of somebody else than the applicant, by how the regions' catalogues call them: no licence of the applicant's stands for them. */
const OTHERS =
  /^(?:监护人|法定代表人|法人代表|配偶|另一方|对方|父母|父亲|母亲|子女|被投靠人|代理人|经办人|委托人|受托人|担保人|抵押权人)/

/** Kinds that a document's region names; a code that its table does not know stands for none. */
export function kindsFor(
  { exemptedBy, name }: Pick<MatterDocument, 'exemptedBy' | 'name'>,
  division: string,
  { directory }: Pick<Deps, 'directory'>,
): readonly LicenceKind[] {
  if (OTHERS.test(name.zh)) return []
  const codes = directory.at(division).link.licences?.codes ?? {}
  return exemptedBy.flatMap(({ licenceType }) => {
    const kind = Object.entries(codes).find(([, code]) => code === licenceType)?.[0]
    // The keys of `codes` are kinds.
    return kind === undefined ? [] : [kind as LicenceKind]
  })
}
