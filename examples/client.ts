/** A client of the gateway with its key from a file. The client itself is `delta-gateway/client` (src/client). */
import { readFileSync } from 'node:fs'
import { createClient, type GatewayClient, type Person } from 'delta-gateway/client'

/**
 * Gives the calls, for the client itself or for a person.
 * @param keyFile holds a private JWK, or the sandbox's keys by client
 */
export function connect(
  url: string,
  clientId: string,
  keyFile: string,
  scope = 'cases convert',
  person?: Person,
): GatewayClient {
  const file = JSON.parse(readFileSync(keyFile, 'utf8'))
  const key = file.keys?.[clientId] ?? file
  return createClient({ url, clientId, key, scope, ...(person ? { person } : {}) })
}
