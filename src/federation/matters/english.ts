/** English for names of matters: no region gives one. */
import english from '../../../data/matter-names-en.json' with { type: 'json' }

const NAMES: Readonly<Record<string, string | undefined>> = english.names

/** By the Chinese name to the letter; `undefined` where nobody has written one. */
export const englishOf = (zh: string): string | undefined =>
  Object.hasOwn(NAMES, zh) ? NAMES[zh] : undefined
