/** What commands use that look into the database of a gateway, whether it is running or not. */
import { existsSync, readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Config, readConfig } from '../config.ts'
import { GatewayError } from '../errors.ts'
import type { Operator } from '../federation/audit/operator.ts'
import { clientBook } from '../federation/clients.ts'
import type { Deps } from '../federation/deps.ts'
import { keyRing } from '../federation/key-ring.ts'
import { sealing } from '../federation/sealing.ts'
import { parseClients } from '../http/oidc/clients.ts'
import { reachRegions, reachStore } from '../reach.ts'

/** The client directory, or the one that the sandbox made for itself. */
export function directoryOf({ clientDirectory, sandbox, dataDir }: Config): unknown {
  if (clientDirectory !== undefined) return clientDirectory
  const file = path.join(dataDir, 'sandbox-clients.json')
  if (!sandbox || !existsSync(file)) return { clients: [] }
  return (JSON.parse(readFileSync(file, 'utf8')) as { directory: unknown }).directory
}

/** The same with the clients of the gateway, and the address under which it is reached. */
export function besideClients<T>(
  run: (deps: Pick<Deps, 'store' | 'sealing' | 'now' | 'clients' | 'publicUrl'>) => Promise<T>,
): Promise<T> {
  const config = readConfig(process.env)
  const clients = clientBook(parseClients(directoryOf(config)))
  return beside((deps) => run({ ...deps, clients, publicUrl: config.publicUrl }))
}

/** The region directory, or the one of the regions that are played in the gateway's own process. */
function regionsOf({ regionDirectory, sandbox, dataDir }: Config): unknown {
  const file = path.join(dataDir, 'sandbox-regions.json')
  if (regionDirectory !== undefined) return regionDirectory
  if (sandbox && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as unknown
  throw new GatewayError('CONFIGURATION_INVALID', { variable: 'REGION_DIRECTORY', reason: 'is missing' })
}

/** The same with the regions, reached over the network. */
export async function besideRegions<T>(
  run: (deps: Pick<Deps, 'store' | 'sealing' | 'now' | 'directory'>) => Promise<T>,
): Promise<T> {
  const { directory, close } = reachRegions(regionsOf(readConfig(process.env)))
  try {
    return await beside((deps) => run({ ...deps, directory }))
  } finally {
    await close()
  }
}

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
