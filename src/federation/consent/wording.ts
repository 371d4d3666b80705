/** The words of a consent: versioned, filled in for one case, and known by the digest of what was shown. */
import { createHash } from 'node:crypto'
import book from '../../../data/consents.json' with { type: 'json' }
import type { ReleasePurpose } from '../../schemas/consent.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { HoldingKind } from '../../store/index.ts'
import { englishOf } from '../matters/english.ts'

/** What is filled in, in each language. */
export interface WordingFacts {
  /** What the things are called, in the order of `ids`. */
  readonly items: readonly { readonly zh: string; readonly en: string }[]
  /** Their ids: two photos of one day are called alike, and the digest tells them apart. */
  readonly ids: readonly string[]
  readonly receiver: { readonly zh: string; readonly en: string }
  readonly matter: string
  readonly purpose: ReleasePurpose
  readonly until: Date
  /** Name of the child, where a guardian agrees. */
  readonly child?: string
}

const PURPOSES: Readonly<Record<ReleasePurpose, readonly [zh: string, en: string]>> = {
  identityCheck: ['身份核验', 'an identity check'],
  documentMaking: ['制作证件', 'making a document'],
  replaceMaterial: ['代替纸质材料', 'standing for a paper document'],
  crossProvince: ['跨省通办', 'a cross-province application'],
}

/** How a purpose is called. */
export const purposeWords = (purpose: ReleasePurpose): readonly [zh: string, en: string] => PURPOSES[purpose]

/** The words as they are shown. */
export interface Wording {
  readonly version: string
  readonly zh: string
  readonly en: string
  /** SHA-256 in hex over version, both texts and the ids of what they name: it stands in the consent for ever. */
  readonly digest: string
}

/** The words in use for a kind, filled in. */
export function wordingOf(kind: HoldingKind, facts: WordingFacts): Wording {
  const words = book.wordings.find((one) => one.kind === kind)
  if (!words) throw new Error(`data/consents.json has no words for ${kind}`)
  const [purposeZh, purposeEn] = PURPOSES[facts.purpose]
  const until = formatInstant(facts.until).slice(0, 16).replace('T', ' ')
  const zh = filled(words.zh, {
    matter: facts.matter,
    until,
    receiver: facts.receiver.zh,
    items: facts.items.map((one) => one.zh).join('、'),
    purpose: purposeZh,
  })
  const en = filled(words.en, {
    matter: englishOf(facts.matter) ?? facts.matter,
    until,
    receiver: facts.receiver.en,
    items: facts.items.map((one) => one.en).join(', '),
    purpose: purposeEn,
  })
  if (facts.child === undefined) return whole(words.version, zh, en, facts.ids)
  const { guardian } = book
  return whole(
    `${words.version}+${guardian.version}`,
    `${filled(guardian.zh, { child: facts.child })}\n${zh}`,
    `${filled(guardian.en, { child: facts.child })}\n${en}`,
    facts.ids,
  )
}

const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? '')

const whole = (version: string, zh: string, en: string, ids: readonly string[]): Wording => ({
  version,
  zh,
  en,
  digest: createHash('sha256')
    .update([version, zh, en, ...ids].join('\n'))
    .digest('hex'),
})
