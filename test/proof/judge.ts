/** How two readings are compared, and what is said where they differ. */
import { isDeepStrictEqual } from 'node:util'

/** The two sides do not agree. The message says of what, and what each of them has. */
export class Disagreement extends Error {}

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 300)

/** @throws Disagreement that names the member */
export function agree(what: string, ours: unknown, theirs: unknown): void {
  if (!isDeepStrictEqual(ours, theirs))
    throw new Disagreement(`${what}: here ${shown(ours)}, there ${shown(theirs)}`)
}

/** Member by member, so that the message is about one. Members that are `undefined` are absent. */
export function agreeInAll(
  what: string,
  ours: Readonly<Record<string, unknown>>,
  theirs: Readonly<Record<string, unknown>>,
): void {
  for (const name of new Set([...Object.keys(ours), ...Object.keys(theirs)]))
    agree(`${what} ${name}`, ours[name], theirs[name])
}

/** Only the members that the second reading tells. */
export function same(what: string, ours: object, theirs: Readonly<Record<string, unknown>>): void {
  const members = new Map(Object.entries(ours))
  for (const [name, value] of Object.entries(theirs)) agree(`${what} ${name}`, members.get(name), value)
}
