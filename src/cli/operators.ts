/** Operators of the operations page: let in by a link, listed and revoked by whoever runs commands on this machine. */
import { readConfig } from '../config.ts'
import { GatewayError } from '../errors.ts'
import { linkOperator, listOperators, revokeOperators, stateOf } from '../federation/operations/operators.ts'
import { formatInstant } from '../schemas/instants.ts'
import { type Args, listed, need, type Said } from './args.ts'
import { beside, operator } from './beside.ts'

/** Prints a link, once: its secret is kept nowhere. */
export async function linkOperations(): Promise<Said> {
  const { publicUrl } = readConfig(process.env)
  const { link, id, until } = await beside((deps) => linkOperator(operator(), { ...deps, publicUrl }))
  const text = `${link}\nOpen it once, before ${formatInstant(until)}. It lets one browser in for hours; end it with: operators revoke --id ${id}`
  return { text, data: { link, id, until: formatInstant(until) } }
}

/** Lists links and sessions, with who made them and where they were opened. */
export async function listOperations(): Promise<Said> {
  const rows = await beside(listOperators)
  const now = new Date()
  const told = rows.map((row) => ({
    id: row.id,
    state: stateOf(row, now),
    account: row.account,
    made: formatInstant(row.createdAt),
    opened: row.openedAt ? `${formatInstant(row.openedAt)} (${row.browser})` : null,
    until: formatInstant(row.revokedAt ?? row.until),
  }))
  return listed(told, ({ id, state, account, made, opened, until }) =>
    [id, state, account, `made ${made}`, `opened ${opened ?? '-'}`, `until ${until}`].join('  '),
  )
}

/** Revokes one, or with `--id all` every one. */
export async function revokeOperations(args: Args): Promise<Said> {
  const id = need(args, 'id')
  const count = await beside((deps) => revokeOperators(id === 'all' ? undefined : id, deps))
  if (count === 0) throw new GatewayError('NOT_FOUND', { subject: 'open operator' })
  return `Revoked: ${count}`
}
