/** Token exchange (RFC 8693): a region's proof of log-in, or a token of ours, becomes a narrower token of ours for that person. */
import type { Provider, TokenEndpointGrantContext } from 'oidc-provider'
import { checkDpopReplay, checkDpopRequired, validateDpop } from 'oidc-provider/lib/helpers/grants.js'
import { LIMITS } from '../../config.ts'
import type { Deps } from '../../federation/deps.ts'
import { type Audience, audienceName } from '../../federation/identity/audience.ts'
import { ExchangeRefused, narrowAudience, narrowScopes } from '../../federation/identity/grants.ts'
import type { Principal } from '../../federation/identity/principal.ts'
import type { WrongTickets } from '../../federation/identity/wrong-tickets.ts'
import { type Claims, SCOPES, type Verify } from '../tokens.ts'
import { type Act, lengthOf, MOST_ACTORS, type PersonClaims, personClaims, sectorOf } from './claims.ts'
import { ACCESS_TOKEN, EXCHANGE, JWT } from './grants.ts'
import { type Asked, proven, text } from './prove.ts'
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

/** Tokens of this grant, with what they say: the customizer of the server writes it into the JWT. */
export type Exchanged = WeakMap<object, PersonClaims>

interface Needs {
  readonly deps: Deps
  readonly verify: Verify
  readonly exchanged: Exchanged
  readonly resourceServer: (audience: Audience | undefined) => object
  readonly wrong: WrongTickets
}

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
  { deps, verify, exchanged, resourceServer, wrong }: Needs,
): Promise<void> {
  const { client, params } = ctx.oidc
  const asked = params as Asked
  const wanted = text(asked, 'requested_token_type') ?? ACCESS_TOKEN
  if (wanted !== ACCESS_TOKEN && wanted !== JWT)
    throw refusal('invalid_request', 'requested_token_type must be an access token')
  const proof = await validateDpop(server, ctx)
  checkDpopRequired(server, ctx, proof)

  const proving = { deps, verify, wrong, clientId: client.clientId, jkt: proof?.thumbprint }
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

function refusing<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof ExchangeRefused)) throw error
    throw refusal(error.error, error.message)
  }
}
