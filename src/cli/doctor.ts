import { adapters, cities } from '../adapters/index.ts'
import { networkTransport } from '../adapters/kit/transport.ts'
import { readConfig } from '../config.ts'
import { regionDirectory } from '../federation/directory/regions.ts'
import { parseKeys } from '../federation/sealing.ts'
import { parseClients } from '../http/oidc.ts'

/** Checks the configuration and asks every connected region for its health. @throws GatewayError naming what is wrong. */
export async function doctor(): Promise<string> {
  const config = readConfig(process.env)
  const lines = ['configuration: ok']
  if (config.keysText) {
    parseKeys(config.keysText)
    lines.push('keys: ok')
  }
  if (config.clientDirectory !== undefined) lines.push(`clients: ${parseClients(config.clientDirectory).length}`)
  if (config.regionDirectory !== undefined) {
    const transport = networkTransport()
    const directory = regionDirectory(config.regionDirectory, adapters, cities, transport.send, () => new Date())
    for (const adapter of adapters) {
      if (!directory.isConnected(adapter.id)) lines.push(`${adapter.id}: not connected`)
      else {
        const capital = `${adapter.place.division.slice(0, 2)}${adapter.id === 'shanghai' ? '0000' : '0100'}`
        const told = await directory.at(capital).link.health(capital).then(() => 'well', (error: unknown) => (error instanceof Error ? error.message : 'unknown'))
        lines.push(`${adapter.id}: ${told}`)
      }
    }
    await transport.close()
  }
  return lines.join('\n')
}
