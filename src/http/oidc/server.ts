/** The authorization server: oidc-provider, with its state in our database. */
import Provider, { type Configuration, errors, interactionPolicy } from 'oidc-provider'
import { LIMITS } from '../../config.ts'
import type { Deps } from '../../federation/deps.ts'
import { ACR_VALUES, acrOf, loaAsked } from '../../federation/identity/assurance.ts'
import { type Audience, audienceName, audienceOfResource } from '../../federation/identity/audience.ts'
import { subjectOf } from '../../federation/identity/identify.ts'
import { isAuthenticationId } from '../../federation/identity/log-in.ts'
import { principalOf } from '../../federation/identity/principal.ts'
import type { WrongTickets } from '../../federation/identity/wrong-tickets.ts'
import { current, type Keys, published } from '../../federation/keys.ts'
import { SCOPES, type Verify } from '../tokens.ts'
import { type PersonClaims, personClaims, sectorOf } from './claims.ts'
import { type ClientEntry, metadataOf } from './clients.ts'
import { endTokens } from './end-tokens.ts'
import { type Exchanged, registerExchange } from './exchange.ts'
import { endWithClients } from './log-out.ts'
import { logOutDone, logOutPage, refusalPage } from './pages.ts'
import { adapterFor, type OidcState } from './state.ts'
import { type Refused, watch } from './watch.ts'

const seconds = (ms: number) => Math.floor(ms / 1000)
const TOKEN_SECONDS = seconds(LIMITS.tokenMs)

interface Needs {
  readonly deps: Deps
  readonly clients: readonly ClientEntry[]
  readonly keys: Keys
  readonly state: OidcState
  readonly verify: Verify
  /** Keys of the cookies of the authorization server. */
  readonly cookieKeys: readonly string[]
  readonly wrong: WrongTickets
  /** Counts a refusal: at which of the server's doors, and the OAuth error. */
  readonly refused: Refused
  /** Whether clients may have their servers at private addresses: in the sandbox alone. */
  readonly isPrivateAllowed: boolean
  /** The log-in of the browser that sent this `Cookie` header; `undefined` when it has none, or none any more. */
  readonly logInOf: (cookies: string | undefined) => Promise<string | undefined>
}

/** Makes the server. Its issuer is `publicUrl`, which is also the audience of tokens that are narrowed to no place. */
export function authorizationServer(needs: Needs): Provider {
  const { deps, clients, keys, state, verify, cookieKeys, wrong, isPrivateAllowed, logInOf } = needs
  const issuer = deps.publicUrl
  const isSecure = issuer.startsWith('https:')
  const prefix = isSecure ? '__Host-' : ''
  const exchanged: Exchanged = new WeakMap()
  const signing = current(keys.signing, deps.now())
  const resourceServer = (audience: Audience | undefined) => ({
    scope: SCOPES.join(' '),
    audience: audience ? audienceName(audience) : issuer,
    accessTokenFormat: 'jwt' as const,
    accessTokenTTL: TOKEN_SECONDS,
    jwt: { sign: { alg: 'ES256' as const, kid: signing.id } },
  })

  const configuration: Configuration = {
    adapter: (model: string) => adapterFor(model, state),
    clients: clients.map((entry) => ({
      ...metadataOf(entry),
      // A client's name is its sector. The address is never fetched; the server wants one of this form.
      sector_identifier_uri: `${issuer.replace(/^http:/, 'https:')}/oidc/sectors/${encodeURIComponent(entry.client_id)}`,
    })),
    clientAuthMethods: ['private_key_jwt'],
    jwks: {
      keys: [signing, ...published(keys, deps.now()).filter((key) => key !== signing)].map(({ jwk }) => ({
        ...jwk,
      })) as never,
    },
    scopes: ['openid', 'offline_access', ...SCOPES],
    claims: { openid: ['sub', 'loa', 'region'], acr: null, auth_time: null, sid: null },
    acrValues: [...ACR_VALUES],
    responseTypes: ['code'],
    subjectTypes: ['pairwise'],
    sectorIdentifierUriValidate: () => false,
    pairwiseIdentifier: async (_ctx, accountId, client) => {
      // The subject of an exchanged token is one already; the customizer below writes it.
      if (!isAuthenticationId(accountId)) return accountId
      // Ended or not: a client that is told of a log-out must know of whom.
      const authentication = await deps.store.logIns.anyAuthentication(accountId)
      return authentication ? deps.sealing.subject(client.clientId, subjectOf(authentication)) : accountId
    },
    findAccount: async (_ctx, id) => {
      const found = await deps.store.logIns.authentication(id)
      return found && { accountId: id, claims: () => ({ sub: id, loa: found.loa, region: found.region }) }
    },
    pkce: { required: () => true },
    // A grant covers what the person agreed to at the page; a refresh token is given where the client may refresh.
    issueRefreshToken: async (_ctx, client, code) =>
      client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
    rotateRefreshToken: true,
    expiresWithSession: () => false,
    interactions: {
      url: (_ctx, interaction) => `/oidc/interaction/${interaction.uid}`,
      policy: policy(logInOf),
    },
    cookies: {
      keys: [...cookieKeys],
      // The prefix keeps a neighbour's page from planting one. The third has a path of its own, which the prefix forbids.
      names: {
        session: `${prefix}delta_oidc`,
        interaction: `${prefix}delta_interaction`,
        resume: 'delta_resume',
      },
      long: { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/' },
      short: { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/' },
    },
    formats: {
      customizers: {
        jwt: async (_ctx, token, { payload }) => {
          const claims = await claimsOf(token)
          if (claims) Object.assign(payload, claims)
        },
      },
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
      introspection: { enabled: true, allowedPolicy: isOwn },
      revocation: { enabled: true, allowedPolicy: isOwn },
      userinfo: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource: logOutPage, postLogoutSuccessSource: logOutDone },
      backchannelLogout: { enabled: true },
      dPoP: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => issuer,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource) => {
          const audience = resource === issuer ? undefined : audienceOfResource(resource, issuer)
          if (resource !== issuer && audience === undefined) throw new errors.InvalidTarget()
          return resourceServer(audience)
        },
      },
    },
    // The server reaches no private address by its own dispatcher, so that no entry of a client can aim it at our neighbours.
    ...(isPrivateAllowed
      ? { fetch: (url, { dispatcher: _guard, ...init }: RequestInit = {}) => fetch(url, init) }
      : {}),
    ttl: {
      ClientCredentials: TOKEN_SECONDS,
      AccessToken: TOKEN_SECONDS,
      IdToken: TOKEN_SECONDS,
      AuthorizationCode: 60,
      Interaction: seconds(LIMITS.logInMs) * 2,
      Grant: seconds(LIMITS.refreshTokenMs),
      RefreshToken: seconds(LIMITS.refreshTokenMs),
      Session: seconds(LIMITS.sessionMs),
    },
    renderError: refusalPage,
  }

  /** What a person's token says beside the usual; nothing for a client's own. */
  async function claimsOf(token: object): Promise<PersonClaims | undefined> {
    const own = exchanged.get(token)
    if (own) return own
    const {
      kind,
      accountId,
      clientId,
      grantId,
      resourceServer: server,
    } = token as {
      kind: string
      accountId?: string
      clientId?: string
      grantId?: string
      resourceServer?: { identifier: () => string }
    }
    if (kind !== 'AccessToken' || !accountId || !clientId) return undefined
    const found = await deps.store.logIns.authentication(accountId)
    if (!found) throw new errors.InvalidGrant('the log-in has ended')
    const audience = audienceOfResource(server?.identifier() ?? issuer, issuer)
    return personClaims(
      { ...principalOf(found), ...(grantId ? { grantId } : {}) },
      sectorOf(clientId, audience),
      [],
      undefined,
      deps.sealing,
    )
  }

  const provider = new Provider(issuer, configuration)
  provider.proxy = true
  registerExchange(provider, {
    deps,
    verify,
    exchanged,
    wrong,
    resourceServer: (audience) => new provider.ResourceServer(issuer, resourceServer(audience)),
  })
  endTokens(provider, { deps, verify })
  watch(provider, needs)
  endWithClients(provider, deps)
  return provider
}

/** A client asks after its own tokens and ends its own alone: of another's it learns nothing. */
const isOwn = (_ctx: unknown, client: { clientId: string }, token: { clientId?: string | undefined }) =>
  token.clientId === client.clientId

/** The usual prompts, and two more reasons to log in. */
function policy(logInOf: Needs['logInOf']) {
  const prompts = interactionPolicy.base()
  const login = prompts.get('login')
  // RFC 9470: a level that was asked for and is not there.
  login?.checks.add(
    new interactionPolicy.Check('assurance', 'the log-in is not assured enough', (ctx) => {
      const asked = loaAsked(String(ctx.oidc.params?.['acr_values'] ?? '').split(' '))
      const { acr } = ctx.oidc
      const has = ACR_VALUES.indexOf(acr ?? acrOf(1)) + 1
      return asked !== undefined && has < asked
        ? interactionPolicy.Check.REQUEST_PROMPT
        : interactionPolicy.Check.NO_NEED_TO_PROMPT
    }),
  )
  // The server's own session lives as long as it is used, and knows of no other person who logged in here meanwhile. What counts
  // is the session of our pages in the same browser: it rests, ages and ends.
  login?.checks.add(
    new interactionPolicy.Check('ended', 'the log-in has ended', 'login_required', async (ctx) => {
      const id = ctx.oidc.session?.accountId
      return id !== undefined && (await logInOf(ctx.req.headers.cookie)) !== id
        ? interactionPolicy.Check.REQUEST_PROMPT
        : interactionPolicy.Check.NO_NEED_TO_PROMPT
    }),
  )
  return prompts
}
