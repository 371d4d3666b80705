/** Token exchange (RFC 8693): a region's proof of log-in, or a token of ours, becomes a narrower token of ours for that person. */
import type { Provider, TokenEndpointGrantContext } from 'oidc-provider'
import { checkDpopReplay, checkDpopRequired, validateDpop } from 'oidc-provider/lib/helpers/grants.js'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { Deps } from '../../federation/deps.ts'
import { type Audience, audienceName } from '../../federation/identity/audience.ts'
import { ExchangeRefused, narrowAudience, narrowScopes } from '../../federation/identity/grants.ts'
import { identify } from '../../federation/identity/identify.ts'
import type { Principal } from '../../federation/identity/principal.ts'
import { type Claims, SCOPES, type Verify } from '../tokens.ts'
import { type Act, lengthOf, MOST_ACTORS, type PersonClaims, personClaims, sectorOf } from './claims.ts'
import { ACCESS_TOKEN, EXCHANGE, JWT, regionOfType } from './grants.ts'
import { refusal } from './refusal.ts'

const ONE_OF = [
  'scope',
  'requested_token_type',
  'subject_token',
  'subject_token_type',
  'actor_token',
  'actor_token_type',
  'service',
]
const MANY_OF = ['audience', 'resource']

type Asked = Partial<Record<string, string | readonly string[]>>

/** What a subject or actor token turned out to stand for. */
interface Proven {
  readonly principal: Principal
  /** Of a token of ours: what the new one cannot exceed. */
  readonly token?: Claims
}

/** Tokens of this grant, with what they say: the customizer of the server writes it into the JWT. */
export type Exchanged = WeakMap<object, PersonClaims>

interface Needs {
  readonly deps: Deps
  readonly verify: Verify
  readonly exchanged: Exchanged
  readonly resourceServer: (audience: Audience | undefined) => object
}

const text = (asked: Asked, name: string): string | undefined =>
  typeof asked[name] === 'string' && asked[name] !== '' ? asked[name] : undefined
const texts = (asked: Asked, name: string): readonly string[] => {
  const value = asked[name]
  return value === undefined ? [] : typeof value === 'string' ? [value] : value
}

/** Registers the grant. */
export function registerExchange(server: Provider, needs: Needs): void {
  server.registerGrantType(
    EXCHANGE,
    (ctx) => exchange(server, ctx as TokenEndpointGrantContext<Asked>, needs),
    [...ONE_OF, ...MANY_OF],
    MANY_OF,
  )
}

async function exchange(
  server: Provider,
  ctx: TokenEndpointGrantContext<Asked>,
  { deps, verify, exchanged, resourceServer }: Needs,
): Promise<void> {
  const { client, params } = ctx.oidc
  const asked = params as Asked
  const wanted = text(asked, 'requested_token_type') ?? ACCESS_TOKEN
  if (wanted !== ACCESS_TOKEN && wanted !== JWT)
    throw refusal('invalid_request', 'requested_token_type must be an access token')
  const proof = await validateDpop(server, ctx)
  checkDpopRequired(server, ctx, proof)

  const proving: Proving = { deps, verify, jkt: proof?.thumbprint }
  const subject = await proven(asked, 'subject', proving)
  const actor = text(asked, 'actor_token') === undefined ? undefined : await proven(asked, 'actor', proving)
  const audience = refusing(() =>
    narrowAudience(
      { audiences: texts(asked, 'audience'), resources: texts(asked, 'resource') },
      subject.token?.audience,
      deps.publicUrl,
    ),
  )
  const scopes = refusing(() =>
    narrowScopes(text(asked, 'scope')?.split(' '), [
      new Set(
        (client.scope ?? '').split(' ').filter((scope) => (SCOPES as readonly string[]).includes(scope)),
      ),
      ...(subject.token ? [subject.token.scopes] : []),
    ]),
  )

  const sector = sectorOf(client.clientId, audience)
  const before = subject.token?.act
  const acting = [client.clientId, ...(actor ? [deps.sealing.subject(sector, actor.principal.personId)] : [])]
  // A log-in is never better assured after an exchange, and no better than that of whoever acts.
  const loa = actor
    ? (Math.min(subject.principal.loa, actor.principal.loa) as Principal['loa'])
    : subject.principal.loa
  const claims = personClaims({ ...subject.principal, loa }, sector, acting, before, deps.sealing)
  if (lengthOf(claims.act as Act) > MOST_ACTORS)
    throw refusal('invalid_grant', 'too many act for this person')

  const token = new server.AccessToken({
    client,
    accountId: claims.sub,
    scope: scopes.join(' '),
    gty: EXCHANGE,
    // A token that comes of another ends with it.
    ...(subject.token ? { expiresIn: secondsLeft(subject.token) } : {}),
  } as ConstructorParameters<Provider['AccessToken']>[0])
  Object.assign(token, { resourceServer: resourceServer(audience) })
  if (proof) {
    await checkDpopReplay(server, ctx, proof, client.clientId)
    token.setThumbprint('jkt', proof.thumbprint)
  }
  exchanged.set(token, claims)
  ctx.oidc.entity('AccessToken', token)
  const value = await token.save()
  ctx.body = {
    access_token: value,
    issued_token_type: wanted,
    token_type: token.tokenType,
    expires_in: token.expiration,
    scope: scopes.join(' '),
    ...(audience ? { audience: audienceName(audience) } : {}),
  }
}

const secondsLeft = ({ until }: Claims): number =>
  Math.max(1, Math.min(LIMITS.tokenMs / 1000, Math.floor(until - Date.now() / 1000)))

interface Proving {
  readonly deps: Deps
  readonly verify: Verify
  /** Thumbprint of the key that this request has proven to hold. */
  readonly jkt: string | undefined
}

/** @throws a refusal in OAuth’s words for what the gateway found */
async function proven(asked: Asked, role: 'subject' | 'actor', proving: Proving): Promise<Proven> {
  const { deps, verify, jkt } = proving
  const token = text(asked, `${role}_token`)
  const type = text(asked, `${role}_token_type`)
  if (token === undefined || type === undefined)
    throw refusal('invalid_request', `${role}_token and ${role}_token_type are required`)
  const region = regionOfType(type)
  if (region) {
    if (token.length > 512) throw refusal('invalid_grant', `${role}_token is too long`)
    const service = text(asked, 'service')
    try {
      return {
        principal: await identify({ region, ticket: token, ...(service ? { returnTo: service } : {}) }, deps),
      }
    } catch (error) {
      throw told(error, role)
    }
  }
  if (type !== ACCESS_TOKEN && type !== JWT)
    throw refusal('invalid_request', `${role}_token_type is not known`)
  const claims = await verify(token).catch(() => {
    throw refusal('invalid_grant', `${role}_token is not valid`)
  })
  // A bound token is worth nothing without its key: this very request must be proven with it.
  if (claims.jkt !== undefined && claims.jkt !== jkt)
    throw refusal('invalid_grant', `${role}_token is bound to a key of its holder`)
  if (!claims.principal) throw refusal('invalid_grant', `no person stands behind ${role}_token`)
  return { principal: claims.principal, token: claims }
}

/** The gateway's problem in OAuth's words: its own code stands in front of the sentence. */
function told(error: unknown, role: string): Error {
  if (!(error instanceof GatewayError)) return error instanceof Error ? error : new Error('unknown')
  if (error.code === 'REGION_UNAVAILABLE' || error.code === 'REGION_BUSY')
    return refusal('temporarily_unavailable', `${error.code}: the region that must be asked does not answer`)
  return refusal('invalid_grant', `${error.code}: ${role}_token is refused`)
}

function refusing<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ExchangeRefused)) throw error
    throw refusal(error.error, error.message)
  }
}
