/** How well a service answers what somebody typed: Chinese, everyday words, pinyin, initials, English, with a slip. */
import { pinyin } from 'pinyin-pro'
import synonyms from '../../../../data/synonyms.json' with { type: 'json' }
import type { Service } from './services.ts'

/** A service with the forms in which it is compared. */
export interface Entry {
  readonly service: Service
  readonly name: string
  readonly english: string
  readonly spelt: string
  readonly initials: string
  readonly pairs: ReadonlySet<string>
}

/** One form for what looks alike: width, case, spaces and signs do not count. */
export const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')

const pairsOf = (text: string): ReadonlySet<string> => {
  const letters = [...text]
  return new Set(letters.slice(1).map((letter, at) => `${letters[at]}${letter}`))
}

/** One for each name under which it is offered. */
export const entriesOf = (service: Service): readonly Entry[] =>
  service.names.map((zh) => entryOf(service, zh))

function entryOf(service: Service, zh: string): Entry {
  const name = plain(zh)
  const syllables = pinyin(zh, { toneType: 'none', type: 'array', nonZh: 'consecutive' })
  return {
    service,
    name,
    english: plain(service.name.en ?? ''),
    spelt: plain(syllables.join('')),
    initials: plain(syllables.map((one) => one.slice(0, 1)).join('')),
    pairs: pairsOf(name),
  }
}

/** Official words behind what was typed. */
const meant = (typed: string): readonly string[] =>
  synonyms.synonyms
    .filter(({ say }) => say.some((one) => isNear(plain(one), typed)))
    .flatMap(({ means }) => means)
    .map(plain)

/** Everyday words are met when one holds the other: `取公积金` holds `公积金`. */
const isNear = (said: string, typed: string): boolean =>
  said === typed ||
  (typed.length >= 2 && said.startsWith(typed)) ||
  (said.length >= 2 && typed.includes(said))

/** Of all pairs of letters of both, how many they share: 1 is the same word, 0 nothing. */
function likeness(pairs: ReadonlySet<string>, others: ReadonlySet<string>): number {
  if (pairs.size === 0 || others.size === 0) return 0
  let shared = 0
  for (const pair of pairs) if (others.has(pair)) shared += 1
  return shared / pairs.size
}

/** Below this, what was typed and a name have too little in common. */
const ENOUGH = 0.5
const LEAST_LATIN = 2

/** What was typed, prepared once for all entries. */
export interface Typed {
  readonly text: string
  readonly meant: readonly string[]
  readonly pairs: ReadonlySet<string>
  readonly isLatin: boolean
}

export const typedOf = (query: string): Typed => {
  const text = plain(query)
  return { text, meant: meant(text), pairs: pairsOf(text), isLatin: /^[a-z0-9]+$/.test(text) }
}

/** 0 for no answer; higher is better, 100 is the name itself. */
export function scoreOf(entry: Entry, typed: Typed): number {
  const { text } = typed
  if (text === '') return 0
  if (entry.name === text) return 100
  if (entry.name.startsWith(text)) return 90
  if (entry.name.includes(text)) return 80
  if (typed.meant.some((word) => entry.name.includes(word))) return 70
  if (typed.isLatin) return latinScore(entry, text)
  const alike = likeness(typed.pairs, entry.pairs)
  return alike >= ENOUGH ? 20 + 40 * alike : 0
}

function latinScore({ spelt, initials, english }: Entry, text: string): number {
  if (text.length < LEAST_LATIN) return 0
  if (initials.startsWith(text)) return 65
  if (initials.includes(text)) return 55
  if (spelt.startsWith(text)) return 65
  if (spelt.includes(text)) return 55
  return english.includes(text) ? 60 : 0
}
