/** What a photo is good for: judged by the rule of each document, and the matters that make those documents. */
import type { FoundPhoto } from '../../adapters/kit/contract.ts'
import type { Measured } from '../../pictures/examine.ts'
import { type Judgement, judge } from '../../pictures/judge.ts'
import { type DocumentKind, PHOTO_RULES, photoRule } from '../../pictures/rules.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Matter } from '../../schemas/matter.ts'
import type { Deps } from '../deps.ts'
import { documentMadeBy, mattersMaking } from './uses.ts'

/** A photo against one document. */
export interface Fitness extends Judgement {
  readonly document: DocumentKind
  readonly name: { readonly zh: string; readonly en: string }
}

/** A photo against every rule. */
export const fitnessOf = (
  measured: Measured,
  { takenOn }: Pick<FoundPhoto, 'takenOn'>,
  now: Date,
): readonly Fitness[] =>
  PHOTO_RULES.map((rule) => ({
    document: rule.id,
    name: rule.names,
    ...judge(measured, rule, { takenOn: takenOn ?? null, today: formatInstant(now).slice(0, 10) }),
  }))

/** A photo against the document that a matter makes of it; `undefined` where nobody has told which. */
export function fitnessFor(
  matter: Pick<Matter, 'name'>,
  measured: Measured,
  { takenOn }: Pick<FoundPhoto, 'takenOn'>,
  now: Date,
): Fitness | undefined {
  const document = documentMadeBy(matter)
  if (document === undefined) return undefined
  const rule = photoRule(document)
  return {
    document,
    name: rule.names,
    ...judge(measured, rule, { takenOn: takenOn ?? null, today: formatInstant(now).slice(0, 10) }),
  }
}

/** A matter that a photo is good for. */
export interface GoodFor {
  readonly id: string
  readonly name: string
  readonly region: string
  readonly document: DocumentKind
}

/** The matters of the regions' catalogues that make a document for which the photo fits, or can be made to. */
export async function mattersFor(
  fitness: readonly Fitness[],
  { store }: Pick<Deps, 'store'>,
): Promise<readonly GoodFor[]> {
  const documents = fitness.filter(({ verdict }) => verdict !== 'doesNotFit').map(({ document }) => document)
  const makes = new Map(
    documents.flatMap((document) => mattersMaking(document).map((name) => [name, document] as const)),
  )
  const rows = await store.matters.byNames([...makes.keys()])
  return rows.flatMap(({ id, name, region }) => {
    const document = makes.get(name)
    return document && region !== null ? [{ id, name, region, document }] : []
  })
}
