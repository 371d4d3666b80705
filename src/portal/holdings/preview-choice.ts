/** What a person chooses in a preview, and which consents that takes. */
import { type Words as ConsentText, consentWords } from '../../federation/consent/consents.ts'
import type { Actor, Deps } from '../../federation/deps.ts'
import { consentFor } from '../../federation/preview/consent-for.ts'
import type { ConsentRequest } from '../../schemas/consent.ts'
import type { Candidate, Preview } from '../../schemas/preview.ts'

/** A photo or a licence that shall stand for a document. */
export interface Pick {
  readonly document: string
  readonly kind: Candidate['kind']
  readonly holding: string
}

/** Value of a choice to hand over nothing. */
export const WITHHOLD = 'none'
/** Name of the field with the choice for a document. */
export const pickName = (document: string): string => `pick.${document}`

export const isUsable = ({ verdict }: Candidate): boolean => verdict !== 'doesNotFit'

const pickOf = (document: string, { kind, id }: Candidate): Pick => ({ document, kind, holding: id })

/** What is proposed: for each document the best that is at hand. */
export const proposed = ({ documents }: Preview): readonly Pick[] =>
  documents.flatMap(({ id, candidates }) => {
    const best = candidates.find(isUsable)
    return best ? [pickOf(id, best)] : []
  })

/**
 * What a form chose.
 * @returns `isGone` when something was chosen that is not offered any more
 */
export function picksIn(
  { documents }: Preview,
  form: FormData,
): { readonly picks: readonly Pick[]; readonly isGone: boolean } {
  const chosen = documents
    .map(({ id, candidates }) => ({ id, candidates, value: form.get(pickName(id)) ?? WITHHOLD }))
    .filter(({ value }) => value !== WITHHOLD)
    .map(({ id, candidates, value }) => {
      const candidate = candidates.find((one) => one.id === value && isUsable(one))
      return candidate && pickOf(id, candidate)
    })
  const picks = chosen.flatMap((one) => one ?? [])
  return { picks, isGone: picks.length < chosen.length }
}

/** One consent, with the words in which it would be given. */
export interface Ask {
  readonly request: Omit<ConsentRequest, 'digest' | 'until'>
  readonly text: ConsentText
}

/** The consents that a choice takes: one for photos, since a face is sensitive and agreed to separately, and one for licences. */
export async function asksFor(
  preview: Preview,
  picks: readonly Pick[],
  actor: Actor,
  deps: Deps,
): Promise<readonly Ask[]> {
  const about = { matter: preview.matter, receiver: preview.receiver.id }
  const kinds = (['photo', 'licence'] as const).map((kind) => ({
    kind,
    items: [...new Set(picks.filter((one) => one.kind === kind).map(({ holding }) => holding))],
  }))
  return Promise.all(
    kinds
      .filter(({ items }) => items.length > 0)
      .map(async ({ kind, items }) => {
        const request = consentFor(kind, items, about)
        return { request, text: await consentWords(request, actor, deps) }
      }),
  )
}
