/** The documents of an application, carried over one by one: each stands under the name that its region gives it. */
import type { Arrow } from '../../adapters/kit/ledger.ts'
import type { DocumentEntry } from '../../schemas/application.ts'
import type { Matter } from '../../schemas/matter.ts'
import { leaves } from '../../schemas/pointers.ts'
import type { Equivalence } from './equivalence.ts'

/** The documents of the other matter, and where each of the first went. */
export function carryDocuments(
  documents: readonly DocumentEntry[],
  from: Matter,
  to: Matter,
  row: Equivalence,
): { readonly documents: DocumentEntry[]; readonly arrows: readonly Arrow[] } {
  const out: DocumentEntry[] = []
  const arrows: Arrow[] = []
  documents.forEach((entry, index) => {
    const there = equivalentDocument(entry.id, from, to, row)
    const own = leaves(entry, `/documents/${index}`)
    if (there === undefined) {
      arrows.push({
        how: 'dropped',
        from: own,
        to: [],
        label: '材料',
        rule: `equivalence ${row.key}`,
        reason: '对应事项不要这份材料',
      })
      return
    }
    const at = out.length
    out.push({ ...entry, id: there })
    for (const leaf of own) {
      const rest = leaf.slice(`/documents/${index}`.length)
      arrows.push({
        how: rest === '/id' ? 'coded' : 'copied',
        from: [leaf],
        to: [`/documents/${at}${rest}`],
        label: '材料',
        rule: rest === '/id' ? `equivalence ${row.key}` : 'text',
      })
    }
  })
  return { documents: out, arrows }
}

function equivalentDocument(id: string, from: Matter, to: Matter, row: Equivalence): string | undefined {
  const name = from.documents.find((one) => one.id === id)?.name.zh
  const target = to.region
  const source = from.region
  if (name === undefined || target === undefined || source === undefined) return undefined
  const known = row.documents?.find((one) => one.in[source] === name)?.in[target]
  return to.documents.find((one) => one.name.zh === known)?.id
}
