/** To which addresses a client may have its events posted. */
import { isIP } from 'node:net'
import { isPublicAddress } from '../../adapters/kit/public-address.ts'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../deps.ts'

/** Why an address is refused: a word of a closed list. */
export type Refusal = 'form' | 'credentials' | 'scheme' | 'host' | 'port' | 'address'

type Needs = Pick<Deps, 'clients' | 'webhooks'>

const MOST_CHARACTERS = 2_000

/**
 * Nothing when events may be posted there. A host of `webhook_hosts` stands for its standard port; `host:port` for that one. What a name
 * leads to is looked at when the connection is made.
 */
export function refusalOf(
  clientId: string,
  address: string,
  { clients, webhooks }: Needs,
): Refusal | undefined {
  if (
    address.length > MOST_CHARACTERS ||
    !/^https?:\/\/[\x21-\x7e]+$/i.test(address) ||
    !URL.canParse(address)
  )
    return 'form'
  const url = new URL(address)
  // A back slash is read as a slash by some and as part of the name by others.
  if (address.includes('\\') || address.includes('#')) return 'form'
  if (url.username !== '' || url.password !== '' || address.split('/')[2]?.includes('@')) return 'credentials'
  if (url.protocol !== 'https:' && !webhooks.isPrivateAllowed) return 'scheme'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (!webhooks.isPrivateAllowed && isIP(host) !== 0 && !isPublicAddress(host)) return 'address'
  return hostRefusal(url, clients(clientId)?.webhookHosts ?? [], webhooks.isPrivateAllowed)
}

function hostRefusal(url: URL, hosts: readonly string[], isAnyPort: boolean): Refusal | undefined {
  const named = hosts.map((entry) => entry.toLowerCase())
  if (named.includes(url.host)) return undefined
  if (!named.includes(url.hostname)) return 'host'
  return url.port === '' || isAnyPort ? undefined : 'port'
}

/** @throws GatewayError `WEBHOOK_ADDRESS_REFUSED` with its `reason` */
export function requireReceiver(clientId: string, address: string, deps: Needs): void {
  const reason = refusalOf(clientId, address, deps)
  if (reason) throw new GatewayError('WEBHOOK_ADDRESS_REFUSED', { reason })
}
