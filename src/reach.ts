/** What a command reaches of a gateway that runs beside it, or does not run at all. */
import { adapters, cities } from './adapters/index.ts'
import type { RegionAdapter } from './adapters/kit/contract.ts'
import { networkTransport } from './adapters/kit/transport.ts'
import type { Config } from './config.ts'
import { GatewayError } from './errors.ts'
import { regionDirectory } from './federation/directory/regions.ts'
import type { RegionId } from './schemas/regions.ts'
import { openDatabase } from './store/connection.ts'
import { runningServer } from './store/embedded/running.ts'
import { startEmbedded } from './store/embedded/server.ts'
import { openStore, type Store } from './store/index.ts'
import { migrate } from './store/migrate.ts'

/** The regions that a directory names, reached over the network, for a command that needs no database. */
export function reachRegions(regions: unknown) {
  const transport = networkTransport()
  const directory = regionDirectory(
    regions,
    adapters,
    cities,
    transport.send,
    () => new Date(),
    () => undefined,
  )
  return {
    directory,
    places: adapters.map(({ id, place }) => ({ id, division: place.division })),
    close: transport.close,
  }
}

/**
 * The store of a gateway, for a command beside it: its database's address, or the embedded server, which a running gateway has up
 * already.
 * @throws GatewayError `CONFIGURATION_INVALID` when there is no database to reach
 */
export async function reachStore({
  databaseUrl,
  dataDir,
}: Pick<Config, 'databaseUrl' | 'dataDir'>): Promise<{ store: Store; close: () => Promise<void> }> {
  const running = databaseUrl ?? runningServer(dataDir)
  const embedded = running === undefined ? await startEmbedded({ dataDir }) : undefined
  const url = running ?? embedded?.url ?? ''
  await migrate(url)
  const database = openDatabase(url, 1)
  return {
    store: openStore(database),
    close: async () => {
      await database.close()
      await embedded?.stop()
    },
  }
}

/** The adapter that speaks for a recorded speaker: a region's, or that of a city that differs from it. */
export function speakerOf(speaker: string): RegionAdapter | undefined {
  const [region, division] = speaker.split('@')
  const province = adapters.find(({ id }) => id === region)
  const difference = cities.find((one) => one.division === division)
  return province && difference ? { ...province, ...difference.differs(province) } : province
}

/** What the adapters say of one of a region's documents, for a command that asks nobody. */
export function documentOf(region: RegionId, message: 'application' | 'matter' | 'case') {
  const adapter = adapters.find(({ id }) => id === region)
  if (!adapter) throw new GatewayError('REGION_NOT_CONNECTED', { region })
  const { schema, explain } = adapter.dialect[message]
  return { schema: schema as object, rows: explain(), ownDialects: cities.map(({ division }) => division) }
}
