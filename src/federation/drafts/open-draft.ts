/** How a draft is found and opened, and what is recorded of it. */
import { LIMITS } from '../../config.ts'
import type { DraftRow } from '../../store/index.ts'
import { type AccessFacts, accessRow } from '../audit/access.ts'
import type { Actor, Deps } from '../deps.ts'
import { subjectOf } from '../identity/identify.ts'
import { contentOf, type PersonContent } from '../identity/persons.ts'
import { personOf, subjectContent } from '../identity/principal.ts'
import type { Draft, DraftContent } from './content.ts'

/** Who types, and for whom they are logged in: drafts of one log-in are not seen by another of the same person. */
export const whoseIn = (actor: Actor) => {
  const principal = personOf(actor)
  return { personId: principal.personId, subjectId: subjectOf(principal) }
}

/** Until when a draft is kept that changes now. */
export const untilFrom = (now: Date) => new Date(now.getTime() + LIMITS.draftDays * 86_400_000)

/** Who applies: whoever gave the mandate, and otherwise whoever the log-in stands for. */
export const applicantOf = (
  { mandate }: Pick<DraftContent, 'mandate'>,
  actor: Actor,
  deps: Deps,
): Promise<PersonContent> =>
  mandate ? contentOf(mandate.giverId, deps) : subjectContent(personOf(actor), deps)

export async function opened(row: DraftRow, actor: Actor, deps: Deps): Promise<Draft> {
  const content = deps.sealing.open<DraftContent>(row.contentSealed)
  const [subject, person, matter] = await Promise.all([
    applicantOf(content, actor, deps),
    contentOf(row.personId, deps),
    deps.catalogue.read(content.matter),
  ])
  return { row, content, matter, subject, person }
}

/** What an act on a draft leaves in the record of whoever applies, who may be somebody else than who types. */
const factsOf = (
  act: string,
  { subject, content }: Pick<Draft, 'subject'> & { readonly content?: DraftContent },
  deps: Deps,
): AccessFacts => ({
  holder: deps.sealing.identity(subject.idDocument),
  clock: 'access',
  act: `drafts.${act}`,
  matter: content?.matter ?? null,
  purpose: 'case',
  basis: content?.mandate ? 'mandate' : 'holder',
  fields: ['application'],
  outcome: 'granted',
  role: content?.mandate ? 'agent' : 'holder',
})

/** The record of an act on a draft, and of a look at all of them where there is no content. */
export const recordOf = (
  act: string,
  about: Pick<Draft, 'subject'> & { readonly content?: DraftContent },
  actor: Actor,
  deps: Deps,
) => accessRow(factsOf(act, about, deps), actor, deps)
