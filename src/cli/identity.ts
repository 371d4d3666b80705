/** Names that do not agree: looked at and decided by a member of staff. */
import path from 'node:path'
import { readConfig } from '../config.ts'
import { GatewayError } from '../errors.ts'
import { decideConflict, openConflicts } from '../federation/identity/conflicts.ts'
import { keyRing } from '../federation/key-ring.ts'
import { sealing } from '../federation/sealing.ts'
import { reachStore } from '../reach.ts'
import { type Args, need } from './args.ts'

/** Lists what is open. It shows names, since they are what must be compared: keep the output to yourself. */
export async function listConflicts(): Promise<string> {
  const found = await withPeople((deps) => openConflicts(deps))
  return found
    .map(({ id, region, seenAt, known, other }) => `${id}  ${region}  ${seenAt}  ${known}  ${other}`)
    .join('\n')
}

/** Decides one. */
export async function decide(args: Args): Promise<string> {
  const [id, as] = [need(args, 'id'), need(args, 'as')]
  if (as !== 'same' && as !== 'other')
    throw new GatewayError('CONFIGURATION_INVALID', { option: '--as', reason: 'same or other' })
  await withPeople((deps) => decideConflict(id, as, deps))
  return as === 'same' ? `${id}: the account logs in from now on` : `${id}: the account stays out`
}

async function withPeople<T>(run: (deps: Parameters<typeof openConflicts>[0]) => Promise<T>): Promise<T> {
  const config = readConfig(process.env)
  const now = () => new Date()
  const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined }
  const ring = keyRing(config.keysFile ?? path.join(config.dataDir, 'keys.json'), quiet, now)
  const { store, close } = await reachStore(config)
  try {
    return await run({ store, sealing: sealing(ring.keys, now), now })
  } finally {
    await close()
  }
}
