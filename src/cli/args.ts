/** What a command is given, and what it says. */
import { GatewayError } from '../errors.ts'

/** The named options and what stands beside them. */
export interface Args {
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  readonly positionals: readonly string[]
}

/** What a command found: a text for people, and with `--json` the same as data. A text alone is its own data. */
export type Said = string | { readonly text: string; readonly data: unknown }

/** A list: a line each. */
export const listed = <T>(items: readonly T[], line: (item: T) => string, none = ''): Said => ({
  text: items.length === 0 ? none : items.map(line).join('\n'),
  data: items,
})

/** An option's text, where it was given. */
export function option({ values }: Args, name: string): string | undefined {
  const value = values[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** An option that must be there. */
export function need(args: Args, name: string): string {
  const value = option(args, name)
  if (value === undefined)
    throw new GatewayError('CONFIGURATION_INVALID', { option: `--${name}`, reason: 'is missing' })
  return value
}

/** An option that is one of a closed list, where it was given. */
export function maybeOneOf<T extends string>(args: Args, name: string, words: readonly T[]): T | undefined {
  const asked = option(args, name)
  const found = words.find((word) => word === asked)
  if (asked !== undefined && found === undefined)
    throw new GatewayError('CONFIGURATION_INVALID', {
      option: `--${name}`,
      reason: `is one of ${words.join(', ')}`,
    })
  return found
}

/** The same, where it must be there. */
export function oneOf<T extends string>(args: Args, name: string, words: readonly T[]): T {
  need(args, name)
  // Whatever is there is one of them.
  return maybeOneOf(args, name, words) as T
}

/** How a command ends. */
export const EXIT = {
  /** It did what it was asked. */
  done: 0,
  /** It found something wrong, or was refused. */
  wrong: 1,
  /** It was asked in a way that it does not understand. */
  usage: 2,
  /** Something that it needs does not answer. */
  unreachable: 3,
} as const
