/** Desks of hotels and windows: links are made, listed and revoked by whoever operates the gateway. */
import { readConfig } from '../config.ts'
import { GatewayError } from '../errors.ts'
import { clientBook } from '../federation/clients.ts'
import { type DeskDeps, desksOf, openDesk, revokeDesks } from '../federation/identity/desks.ts'
import { parseClients } from '../http/oidc/clients.ts'
import { reachStore } from '../reach.ts'
import { formatInstant } from '../schemas/instants.ts'
import { type Args, listed, need, option, type Said } from './args.ts'
import { directoryOf } from './beside.ts'

/** Prints a link, once: its secret is kept nowhere. */
export async function linkDesk(args: Args): Promise<Said> {
  const client = need(args, 'client')
  const { link, handle, until } = await withDesks((deps) => openDesk(client, deps))
  const text = `${link}\nOpen it in the desk's browser. It ends on ${formatInstant(until)}, or with: counter revoke --id ${handle}`
  return { text, data: { link, id: handle, until: formatInstant(until) } }
}

/** Lists the open desks of a client. */
export async function listDesks(args: Args): Promise<Said> {
  const client = need(args, 'client')
  const desks = await withDesks((deps) => desksOf(client, deps))
  const told = desks.map(({ handle, createdAt, until }) => ({
    id: handle,
    createdAt: formatInstant(createdAt),
    until: formatInstant(until),
  }))
  return listed(told, ({ id, createdAt, until }) => `${id}  ${createdAt}  ${until}`)
}

/** Revokes one desk, or all of a client. */
export async function revokeDesk(args: Args): Promise<Said> {
  const handle = option(args, 'id')
  const which = handle ? { handle } : { clientId: need(args, 'client') }
  const count = await withDesks((deps) => revokeDesks(which, deps))
  if (count === 0) throw new GatewayError('NOT_FOUND', { subject: 'open desk' })
  return `Revoked: ${count}`
}

/** Runs a verb on the database of the gateway that the environment describes, whether it is running or not. */
async function withDesks<T>(run: (deps: DeskDeps) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  const clients = clientBook(parseClients(directoryOf(config)))
  const { store, close } = await reachStore(config)
  try {
    return await run({ store, clients, publicUrl: config.publicUrl, now: () => new Date() })
  } finally {
    await close()
  }
}
