import { readFileSync } from 'node:fs'
import { readConfig } from '../config.ts'
import { parseKeys, requireInForce } from '../federation/keys.ts'
import { parseClients } from '../http/oidc/clients.ts'
import { reachRegions } from '../reach.ts'

/** Checks the configuration and asks every connected region for its health. @throws GatewayError naming what is wrong. */
export async function doctor(): Promise<string> {
  const config = readConfig(process.env)
  const lines = ['configuration: ok']
  if (config.keysFile) {
    requireInForce(parseKeys(readFileSync(config.keysFile, 'utf8')), new Date())
    lines.push('keys: ok')
  }
  if (config.clientDirectory !== undefined)
    lines.push(`clients: ${parseClients(config.clientDirectory).length}`)
  if (config.regionDirectory) {
    const { directory, places, close } = reachRegions(config.regionDirectory)
    for (const place of places) {
      if (!directory.isConnected(place.id)) lines.push(`${place.id}: not connected`)
      else {
        const capital = `${place.division.slice(0, 2)}${place.id === 'shanghai' ? '0000' : '0100'}`
        const told = await directory
          .at(capital)
          .link.health(capital)
          .then(
            () => 'well',
            (error: unknown) => (error instanceof Error ? error.message : 'unknown'),
          )
        lines.push(`${place.id}: ${told}`)
      }
    }
    await close()
  }
  return lines.join('\n')
}
