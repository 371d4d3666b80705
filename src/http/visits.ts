/**
 * Calls of the API by those who read its description, in a gateway that plays the regions itself. They are made in this process, as a
 * client or a person of the sandbox, each with a token of its own that nobody is shown. A gateway with real regions has none of it.
 */
import type { Hono } from 'hono'
import { importJWK, type JWK, SignJWT } from 'jose'
import { LIMITS } from '../config.ts'
import { GatewayError } from '../errors.ts'
import type { Deps } from '../federation/deps.ts'
import { identify } from '../federation/identity/identify.ts'
import { authenticated } from '../federation/identity/log-in.ts'
import { type Principal, principalOf } from '../federation/identity/principal.ts'
import { current, type Keys } from '../federation/keys.ts'
import type { RegionId } from '../schemas/regions.ts'
import type { Env } from './env.ts'
import { personClaims, sectorOf } from './oidc/claims.ts'
import type { ClientEntry } from './oidc/clients.ts'

/** Who may be played, as the sandbox names them: its clients, and accounts of its regions through an app. */
export interface Guests {
  readonly clients: readonly string[]
  readonly accounts: readonly {
    readonly id: string
    readonly name: { readonly zh: string; readonly en: string }
    readonly region: RegionId
    readonly account: string
    readonly app: string
  }[]
  /** A picture that nobody is in. */
  readonly picture: Uint8Array<ArrayBuffer>
}

interface Needs {
  readonly deps: Deps
  readonly clients: readonly ClientEntry[]
  readonly keys: () => Keys
  readonly app: () => Hono<Env>
}

/** What is asked: its body and headers were written by the page, from the document. */
interface Asked {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | FormData | undefined
  readonly address: string
}

const API = '/api/v1/'
/** Long enough for the slowest call. */
const TOKEN_SECONDS = 120
/** An address for which nothing is resolved: the app looks at the path alone. */
const HERE = 'http://sandbox.invalid'

/** The calls, as pages are handed them. */
export function visits(guests: Guests, { deps, clients, keys, app }: Needs) {
  const logIns = personsOf(guests, deps, app)
  const entry = (id: string) => clients.find((one) => one.client_id === id)
  const visitors = [
    ...guests.clients.flatMap((id) => {
      const known = entry(id)
      return known ? [{ id, name: { zh: known.client_name ?? id, en: id }, isPerson: false }] : []
    }),
    ...guests.accounts.map(({ id, name }) => ({ id, name, isPerson: true })),
    { id: 'nobody', name: { zh: '不带令牌', en: 'nobody: no token' }, isPerson: false },
  ]

  const tokenOf = async (visitor: string): Promise<string | undefined> => {
    if (visitor === 'nobody') return undefined
    const guest = guests.accounts.find(({ id }) => id === visitor)
    const client = entry(guest?.app ?? (guests.clients.includes(visitor) ? visitor : ''))
    if (!client) throw new GatewayError('NOT_FOUND', { subject: 'caller' })
    const claims = guest
      ? personClaims(
          await logIns(guest.id),
          sectorOf(client.client_id, undefined),
          [],
          undefined,
          deps.sealing,
        )
      : { sub: client.client_id }
    const { id, jwk } = current(keys().signing, deps.now())
    return new SignJWT({ ...claims, scope: client.scope, client_id: client.client_id })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: id })
      .setIssuer(deps.publicUrl)
      .setAudience(deps.publicUrl)
      .setJti(crypto.randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${TOKEN_SECONDS} seconds`)
      .sign(await importJWK(jwk as JWK, 'ES256'))
  }

  return {
    visitors,
    picture: guests.picture,
    call: async (visitor: string, { method, target, headers, body, address }: Asked): Promise<Response> => {
      // The page writes the path from a template of the document; whatever it wrote, no other room is entered from here.
      if (!isOfApi(target)) throw new GatewayError('NOT_FOUND', { subject: 'path' })
      const token = await tokenOf(visitor)
      const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
      const init = {
        method,
        headers: { ...headers, ...authorization },
        ...(body === undefined ? {} : { body }),
      }
      const request = new Request(HERE + target, init)
      return app().fetch(request, { incoming: { socket: { remoteAddress: address } } } as never)
    },
    move: async (region: string, number: string, to: string): Promise<void> => {
      await control(app(), `${region}/cases/${encodeURIComponent(number)}/advance`, { to })
    },
  }
}

/** Whether a path is one of the API as it is written: nothing in it is resolved to another. */
export function isOfApi(target: string): boolean {
  const path = target.split('?', 1)[0] ?? ''
  return path.startsWith(API) && URL.canParse(HERE + target) && new URL(HERE + target).pathname === path
}

/** Something that the sandbox's control is told. */
async function control(app: Hono<Env>, path: string, body: object): Promise<Record<string, unknown>> {
  const request = new Request(`${HERE}/__sandbox/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = await app.fetch(request)
  if (!answer.ok) throw new GatewayError('STATE_CONFLICT', { control: answer.status })
  return (await answer.json()) as Record<string, unknown>
}

/** Log-ins by tickets that the played regions give out: what stands behind a person’s token is what always does. */
function personsOf({ accounts }: Guests, deps: Deps, app: () => Hono<Env>) {
  const known = new Map<string, { readonly principal: Principal; readonly until: number }>()
  return async (id: string): Promise<Principal> => {
    const held = known.get(id)
    if (held && held.until > Date.now()) return held.principal
    const guest = accounts.find((one) => one.id === id)
    if (!guest) throw new GatewayError('NOT_FOUND', { subject: 'caller' })
    const { region, account } = guest
    const { ticket } = await control(app(), `${region}/tickets`, { account })
    const row = await authenticated(await identify({ region, ticket: String(ticket) }, deps), deps)
    const principal = principalOf(row)
    known.set(id, { principal, until: Date.now() + LIMITS.tokenMs })
    return principal
  }
}
