/** The rules of a token exchange (RFC 8693): nothing widens, nothing rises, nothing lasts longer. */
import { type Audience, audienceOf, audienceOfResource, narrower } from './audience.ts'

/** Why an exchange is refused, in OAuth's words. */
export class ExchangeRefused extends Error {
  readonly error: 'invalid_target' | 'invalid_scope'
  constructor(error: ExchangeRefused['error'], message: string) {
    super(message)
    this.error = error
  }
}

/**
 * The one place that a token shall be good for, out of what was asked and what the subject's token is good for already.
 * @returns `undefined` for the whole gateway
 * @throws ExchangeRefused `invalid_target` for a place that is none, for two places, and for one outside the subject's
 */
export function narrowAudience(
  asked: { readonly audiences: readonly string[]; readonly resources: readonly string[] },
  before: Audience | undefined,
  publicUrl: string,
): Audience | undefined {
  const named = [
    ...asked.audiences.map((name) => (name === publicUrl ? 'whole' : audienceOf(name))),
    ...asked.resources.map((resource) =>
      resource === publicUrl ? 'whole' : audienceOfResource(resource, publicUrl),
    ),
  ]
  let found = before
  for (const one of named) {
    if (one === undefined)
      throw new ExchangeRefused('invalid_target', 'audience or resource names no region and no city of ours')
    const both = narrower(found, one === 'whole' ? undefined : one)
    if (both === undefined)
      throw new ExchangeRefused('invalid_target', 'a token is for one region or one city')
    found = both === 'whole' ? undefined : both
  }
  return found
}

/**
 * The scopes of the new token.
 * @param asked what was asked; all that is allowed when nothing was
 * @param allowed one set for each side that has a say: the client's registration, the subject's token
 * @throws ExchangeRefused `invalid_scope` when something was asked that a side does not allow
 */
export function narrowScopes(
  asked: readonly string[] | undefined,
  allowed: readonly ReadonlySet<string>[],
): readonly string[] {
  const isAllowed = (scope: string) => allowed.every((one) => one.has(scope))
  if (asked === undefined) return [...(allowed[0] ?? [])].filter(isAllowed)
  const more = asked.filter((scope) => !isAllowed(scope))
  if (more.length > 0) throw new ExchangeRefused('invalid_scope', 'a scope can only become narrower')
  return asked
}
