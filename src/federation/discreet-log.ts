/** A log that repeats no parameters of a statement: they may be a person's. */
import type { Log } from './deps.ts'

/** drizzle tells a failed statement with its parameters, one line of them or more, before the stack. */
const PARAMETERS = /\nparams: .*?(?=\n {4}at |$)/gs

const told = (value: unknown) => (typeof value === 'string' ? value.replaceAll(PARAMETERS, '') : value)

/** The same log, for whatever comes out of an error. */
export function discreet(log: Log): Log {
  const clean = (facts: object) => Object.fromEntries(Object.entries(facts).map(([k, v]) => [k, told(v)]))
  return {
    info: (facts, message) => log.info(clean(facts), message),
    warn: (facts, message) => log.warn(clean(facts), message),
    error: (facts, message) => log.error(clean(facts), message),
  }
}
