/** What commands use that look into the database of a gateway, whether it is running or not. */
import os from 'node:os'
import path from 'node:path'
import { readConfig } from '../config.ts'
import type { Operator } from '../federation/audit/operator.ts'
import type { Deps } from '../federation/deps.ts'
import { keyRing } from '../federation/key-ring.ts'
import { sealing } from '../federation/sealing.ts'
import { reachStore } from '../reach.ts'

/** Runs a verb on the store and with the keys of the gateway that the environment describes. */
export async function beside<T>(
  run: (deps: Pick<Deps, 'store' | 'sealing' | 'now'>) => Promise<T>,
): Promise<T> {
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

/** Whoever runs this: the account of the machine's user, or its number where it has no name. */
export function operator(): Operator {
  try {
    return { account: os.userInfo().username }
  } catch {
    return { account: `uid ${process.getuid?.() ?? 'unknown'}` }
  }
}
