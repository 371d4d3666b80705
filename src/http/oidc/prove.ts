/** What stands behind a subject or actor token: a person whom a region logged in, or one for whom we gave a token. */
import { GatewayError, PROBLEMS } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { identify } from '../../federation/identity/identify.ts'
import type { Principal } from '../../federation/identity/principal.ts'
import type { WrongTickets } from '../../federation/identity/wrong-tickets.ts'
import type { RegionId } from '../../schemas/regions.ts'
import type { Claims, Verify } from '../tokens.ts'
import { ACCESS_TOKEN, JWT, regionOfType } from './grants.ts'
import { refusal } from './refusal.ts'

/** Parameters of a token request. */
export type Asked = Partial<Record<string, string | readonly string[]>>

/** A parameter that may stand once; `undefined` when it is absent or empty. */
export const text = (asked: Asked, name: string): string | undefined =>
  typeof asked[name] === 'string' && asked[name] !== '' ? asked[name] : undefined

/** What a token turned out to stand for. */
interface Proven {
  readonly principal: Principal
  /** Of a token of ours: what the new one cannot exceed. */
  readonly token?: Claims
}

interface Proving {
  readonly deps: Deps
  readonly verify: Verify
  readonly wrong: WrongTickets
  readonly clientId: string
  /** Thumbprint of the key that this request has proven to hold. */
  readonly jkt: string | undefined
}

const MOST_CHARACTERS = 512

/** @throws a refusal in OAuth’s words for what the gateway found */
export async function proven(asked: Asked, role: 'subject' | 'actor', proving: Proving): Promise<Proven> {
  const token = text(asked, `${role}_token`)
  const type = text(asked, `${role}_token_type`)
  if (token === undefined || type === undefined)
    throw refusal('invalid_request', `${role}_token and ${role}_token_type are required`)
  const region = regionOfType(type)
  try {
    if (region) return { principal: await byTicket(region, token, text(asked, 'service'), proving) }
    if (type === ACCESS_TOKEN || type === JWT) return await byToken(token, proving)
  } catch (error) {
    throw error instanceof GatewayError ? told(error, role) : error
  }
  throw refusal('invalid_request', `${role}_token_type is not known`)
}

/** @param service the address for which a ticket was made, where it was not the configured one (Anhui's CAS) */
async function byTicket(
  region: RegionId,
  ticket: string,
  service: string | undefined,
  { deps, wrong, clientId }: Proving,
): Promise<Principal> {
  if (ticket.length > MOST_CHARACTERS) throw new GatewayError('LOGIN_TICKET_INVALID', { region })
  if (wrong.isOver(clientId)) throw new GatewayError('RATE_LIMITED')
  try {
    return await identify({ region, ticket, ...(service ? { returnTo: service } : {}) }, deps)
  } catch (error) {
    if (error instanceof GatewayError && error.code === 'LOGIN_TICKET_INVALID') wrong.count(clientId)
    throw error
  }
}

async function byToken(text: string, { verify, jkt }: Proving): Promise<Proven> {
  const token = await verify(text)
  // A bound token is worth nothing without its key: this very request must be proven with it.
  if (token.jkt !== undefined && token.jkt !== jkt)
    throw new GatewayError('TOKEN_INVALID', { reason: 'proof' })
  if (!token.principal) throw new GatewayError('PERSON_REQUIRED')
  return { principal: token.principal, token }
}

/** Not the token’s fault: too many requests, or a region (or the gateway) that failed. */
const isLater = (code: GatewayError['code']) => PROBLEMS[code].status === 429 || PROBLEMS[code].status >= 500

/** The gateway's problem in OAuth's words: its own code stands in front of the sentence. */
const told = ({ code }: GatewayError, role: string): Error =>
  isLater(code)
    ? refusal('temporarily_unavailable', `${code}: ask again later`)
    : refusal('invalid_grant', `${code}: ${role}_token is refused`)
