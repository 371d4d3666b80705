/** Clerks of cross-province windows: added, listed, given a new link and taken off by whoever operates the gateway. */
import { addClerk, type ClerkLink, listClerks, relinkClerk, revokeClerk } from '../federation/desk/clerks.ts'
import { formatInstant } from '../schemas/instants.ts'
import { type Args, listed, need, type Said } from './args.ts'
import { besideClients } from './beside.ts'

const told = ({ link, id, until }: ClerkLink): Said => ({
  text: [
    link,
    `The clerk opens it once, with an authenticator app. It ends on ${formatInstant(until)}, or with: clerks revoke --id ${id}`,
  ].join('\n'),
  data: { link, id, until: formatInstant(until) },
})

/** Adds one, and prints the link, once. */
export async function addDeskClerk(args: Args): Promise<Said> {
  const asked = {
    client: need(args, 'client'),
    name: need(args, 'name'),
    division: need(args, 'division'),
  }
  return told(await besideClients((deps) => addClerk(asked, deps)))
}

/** A new link, for a clerk whose phone or computer is gone. */
export async function relinkDeskClerk(args: Args): Promise<Said> {
  const id = need(args, 'id')
  return told(await besideClients((deps) => relinkClerk(id, deps)))
}

/** Lists them, with where they stand. */
export async function listDeskClerks(args: Args): Promise<Said> {
  const client = need(args, 'client')
  const clerks = await besideClients((deps) => listClerks(client, deps))
  const stateOf = ({ enrolledAt, revokedAt }: (typeof clerks)[number]) =>
    revokedAt ? 'revoked' : enrolledAt ? 'enrolled' : 'invited'
  const told = clerks.map((one) => ({
    id: one.id,
    division: one.division,
    state: stateOf(one),
    name: one.name,
  }))
  return listed(told, ({ id, division, state, name }) => `${id}  ${division}  ${state}  ${name}`)
}

/** Takes one off, with every session that is open. */
export async function revokeDeskClerk(args: Args): Promise<Said> {
  const id = need(args, 'id')
  await besideClients((deps) => revokeClerk(id, deps))
  return `Revoked: ${id}`
}
