/** What a command is given. */
import { GatewayError } from '../errors.ts'

/** The named options and what stands beside them. */
export interface Args {
  readonly values: Readonly<Record<string, string | undefined>>
  readonly positionals: readonly string[]
}

/** An option that must be there. */
export function need(args: Args, name: string): string {
  const value = args.values[name]
  if (!value) throw new GatewayError('CONFIGURATION_INVALID', { option: `--${name}`, reason: 'is missing' })
  return value
}
