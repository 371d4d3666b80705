/** The person behind a token, as far as the token's holder needs to know. */
import { formatInstant } from '../../schemas/instants.ts'
import type { Actor, Deps } from '../deps.ts'
import { contentOf } from './persons.ts'
import { personOf } from './principal.ts'

/** What `GET /api/v1/me` says. The number is masked: whoever needs it whole asks for it with a purpose. */
export interface Me {
  readonly kind: 'person' | 'organisation'
  readonly name: string
  readonly idDocument: { readonly type: string; readonly masked: string }
  /** Who sits there for an organisation. */
  readonly agent: { readonly name: string } | null
  readonly loa: number
  readonly region: string
  readonly accounts: readonly { readonly region: string; readonly loa: number; readonly lastAt: string }[]
}

/** A number of which the first and the last characters show. */
export const masked = (number: string): string =>
  number.length <= 4
    ? '*'.repeat(number.length)
    : `${number.slice(0, 2)}${'*'.repeat(number.length - 4)}${number.slice(-2)}`

/** @throws GatewayError `PERSON_REQUIRED` */
export async function readMe(actor: Actor, deps: Deps): Promise<Me> {
  const { personId, organisationId, loa, region } = personOf(actor)
  const person = await contentOf(personId, deps)
  const subject = organisationId === null ? person : await contentOf(organisationId, deps)
  const accounts = await deps.store.people.accountsOf(personId)
  return {
    kind: organisationId === null ? 'person' : 'organisation',
    name: subject.name,
    idDocument: { type: subject.idDocument.type, masked: masked(subject.idDocument.number) },
    agent: organisationId === null ? null : { name: person.name },
    loa,
    region,
    accounts: accounts.map((one) => ({
      region: one.region,
      loa: one.loa,
      lastAt: formatInstant(one.lastAt),
    })),
  }
}
