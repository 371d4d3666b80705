/** Names that do not agree: looked at and decided by a member of staff. */
import { GatewayError } from '../errors.ts'
import { decideConflict, openConflicts } from '../federation/identity/conflicts.ts'
import { type Args, listed, need, type Said } from './args.ts'
import { beside, operator } from './beside.ts'

/** Lists what is open. It shows names, since they are what must be compared: keep the output to yourself. Each person sees who looked. */
export async function listConflicts(): Promise<Said> {
  const found = await beside((deps) => openConflicts(operator(), deps))
  return listed(
    found,
    ({ id, region, seenAt, known, other }) => `${id}  ${region}  ${seenAt}  ${known}  ${other}`,
  )
}

/** Decides one. */
export async function decide(args: Args): Promise<Said> {
  const [id, as] = [need(args, 'id'), need(args, 'as')]
  if (as !== 'same' && as !== 'other')
    throw new GatewayError('CONFIGURATION_INVALID', { option: '--as', reason: 'same or other' })
  await beside((deps) => decideConflict(id, as, deps))
  return as === 'same' ? `${id}: the account logs in from now on` : `${id}: the account stays out`
}
