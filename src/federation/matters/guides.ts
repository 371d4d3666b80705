/** 好办: questions that lead to the right one of several matters that are alike: `data/guides.json`. */
import data from '../../../data/guides.json' with { type: 'json' }

interface Words {
  readonly zh: string
  readonly en: string
}

/** Leads to another question, or to a matter by its exact name. */
export type Choice = Words & { readonly key: string } & (
    | { readonly to: string; readonly matter?: never }
    | { readonly matter: string; readonly to?: never }
  )

export interface Question extends Words {
  readonly choices: readonly Choice[]
}

export interface Guide extends Words {
  readonly key: string
  readonly first: string
  readonly questions: Readonly<Record<string, Question>>
}

// JSON modules widen literals; a test of the data checks that every way ends at a matter.
export const GUIDES = data.guides as unknown as readonly Guide[]

/** Where somebody stands in a guide after some choices: at a question, or at the matter. */
export interface Standing {
  readonly guide: Guide
  /** What was chosen so far. */
  readonly taken: readonly Choice[]
  readonly at: Question | { readonly matter: string }
}

/** @param keys of the choices, in their order @returns nothing for a way that no guide has */
export function walk(guideKey: string, keys: readonly string[]): Standing | undefined {
  const guide = GUIDES.find(({ key }) => key === guideKey)
  if (!guide) return undefined
  const taken: Choice[] = []
  let at: Standing['at'] | undefined = guide.questions[guide.first]
  for (const key of keys) {
    const choice: Choice | undefined =
      at && 'choices' in at ? at.choices.find((one) => one.key === key) : undefined
    if (!choice) return undefined
    taken.push(choice)
    at = choice.matter === undefined ? guide.questions[choice.to ?? ''] : { matter: choice.matter }
  }
  return at && { guide, taken, at }
}

const mattersOf = ({ questions }: Guide): readonly string[] =>
  Object.values(questions).flatMap(({ choices }) => choices.flatMap(({ matter }) => matter ?? []))

const BY_MATTER = new Map(GUIDES.flatMap((guide) => mattersOf(guide).map((name) => [name, guide] as const)))

/** The guide in which a matter is one of several. */
export const guideTo = (name: string): Guide | undefined => BY_MATTER.get(name)
