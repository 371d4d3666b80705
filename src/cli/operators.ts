/** Operators of the operations page: let in by a link, listed and revoked by whoever runs commands on this machine. */
import { readConfig } from '../config.ts'
import { GatewayError } from '../errors.ts'
import { linkOperator, listOperators, revokeOperators, stateOf } from '../federation/operations/operators.ts'
import { formatInstant } from '../schemas/instants.ts'
import { type Args, need } from './args.ts'
import { beside, operator } from './beside.ts'

/** Prints a link, once: its secret is kept nowhere. */
export async function linkOperations(): Promise<string> {
  const { publicUrl } = readConfig(process.env)
  const { link, id, until } = await beside((deps) => linkOperator(operator(), { ...deps, publicUrl }))
  return [
    link,
    `Open it once, before ${formatInstant(until)}. It lets one browser in for hours; end it with: operators revoke --id ${id}`,
  ].join('\n')
}

/** Lists links and sessions, with who made them and where they were opened. */
export async function listOperations(): Promise<string> {
  const rows = await beside(listOperators)
  const now = new Date()
  return rows
    .map((row) =>
      [
        row.id,
        stateOf(row, now),
        row.account,
        `made ${formatInstant(row.createdAt)}`,
        `opened ${row.openedAt ? `${formatInstant(row.openedAt)} (${row.browser})` : '-'}`,
        `until ${formatInstant(row.revokedAt ?? row.until)}`,
      ].join('  '),
    )
    .join('\n')
}

/** Revokes one, or with `--id all` every one. */
export async function revokeOperations(args: Args): Promise<string> {
  const id = need(args, 'id')
  const count = await beside((deps) => revokeOperators(id === 'all' ? undefined : id, deps))
  if (count === 0) throw new GatewayError('NOT_FOUND', { subject: 'open operator' })
  return `Revoked: ${count}`
}
