/** The person behind a token, as far as the token's holder needs to know. */
import { type Static, Type } from 'typebox'
import { DATE_TIME, REGION, word } from '../../schemas/common.ts'
import { formatInstant } from '../../schemas/instants.ts'
import type { Actor, Deps } from '../deps.ts'
import { contentOf } from './persons.ts'
import { personOf } from './principal.ts'

/** What `GET /api/v1/me` says. The number is masked: whoever needs it whole asks for it with a purpose. */
export const Me = Type.Object({
  kind: word(['person', 'organisation']),
  name: Type.String(),
  idDocument: Type.Object({ type: Type.String(), masked: Type.String() }),
  /** Who sits there for an organisation. */
  agent: Type.Union([Type.Object({ name: Type.String() }), Type.Null()]),
  loa: Type.Integer({ minimum: 1, maximum: 4 }),
  region: REGION,
  accounts: Type.Array(Type.Object({ region: REGION, loa: Type.Integer(), lastAt: DATE_TIME })),
})
type Me = Static<typeof Me>

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
