/** A log-in with a region's account in a browser: sent out with a one-time state, and taken back in. */
import { createHash, randomBytes } from 'node:crypto'
import { type AccountKind, withQuery } from '../../adapters/kit/log-in.ts'
import { LIMITS } from '../../config.ts'
import { GatewayError } from '../../errors.ts'
import type { RegionId } from '../../schemas/regions.ts'
import type { AuthenticationRow } from '../../store/index.ts'
import type { Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import { type Identified, identify, logInOf } from './identify.ts'

/** 32 bytes of chance in 43 characters: a state, a cookie, a code. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** What is stored of a secret: nothing that could be used. */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

const returnAddress = (publicUrl: string, short: string, state: string) =>
  withQuery(`${publicUrl}/sso/${short}/callback`, 'state', state)

/**
 * Starts a log-in. The state is bound to the browser by its cookie, so that nobody can be logged in with somebody else's ticket.
 * @param next path in the gateway where the browser goes on afterwards
 * @returns the region's page
 * @throws GatewayError `LOGIN_NOT_OFFERED`
 */
export async function startLogIn(
  ask: { region: RegionId; kind: AccountKind; next: string; browserSecret: string },
  deps: Deps,
): Promise<string> {
  const { region, kind, next, browserSecret } = ask
  const link = logInOf(region, deps)
  const state = newSecret()
  await deps.store.logIns.start({
    id: digestOf(state),
    browserKey: digestOf(browserSecret),
    region,
    kind,
    next,
    until: new Date(deps.now().getTime() + LIMITS.logInMs),
    usedAt: null,
  })
  return link.address({ returnTo: returnAddress(deps.publicUrl, shortOf(region, deps), state), kind })
}

const shortOf = (region: RegionId, { directory }: Deps): string =>
  directory.adapters.find(({ id }) => id === region)?.place.short ?? region

/** The region that a return address belongs to. */
export const regionOfShort = (short: string, { directory }: Deps): RegionId | undefined =>
  directory.adapters.find(({ place }) => place.short === short)?.id

/**
 * Takes a browser back in. A state works once, in the browser that started it, at the region that it was made for.
 * @returns the authentication, and where to go on
 * @throws GatewayError `LOGIN_STATE_INVALID`, `LOGIN_GIVEN_UP`, and what `identify` throws
 */
export async function finishLogIn(
  ask: { region: RegionId; query: URLSearchParams; browserSecret: string | undefined },
  deps: Deps,
): Promise<{ readonly authentication: AuthenticationRow; readonly next: string }> {
  const { region, query, browserSecret } = ask
  const state = query.get('state')
  if (!state || !browserSecret) throw new GatewayError('LOGIN_STATE_INVALID', { region })
  const started = await deps.store.logIns.take(digestOf(state), digestOf(browserSecret), deps.now())
  // A state that was made for another region is a mix-up: the ticket would go to the wrong platform.
  if (!started || started.region !== region) throw new GatewayError('LOGIN_STATE_INVALID', { region })
  const ticket = logInOf(region, deps).ticketIn(query)
  if (ticket === undefined) throw new GatewayError('LOGIN_GIVEN_UP', { region })
  const returnTo = returnAddress(deps.publicUrl, shortOf(region, deps), state)
  const identified = await identify({ region, ticket, returnTo }, deps)
  // Whoever asked for a firm's log-in and comes back as a person (or the reverse) has used the wrong page: no harm, and no surprise.
  return { authentication: await authenticated(identified, deps), next: started.next }
}

const PREFIX = 'auth'

/** Whether an account of the authorization server is a log-in of ours. */
export const isAuthenticationId = (id: string): boolean => id.startsWith(`${PREFIX}_`)

/** Notes that a person logged in. */
export async function authenticated(
  { personId, organisationId, region, loa }: Identified,
  { store, now }: Deps,
): Promise<AuthenticationRow> {
  const row = {
    id: newId(PREFIX, now()),
    personId,
    organisationId,
    region,
    loa,
    at: now(),
    endedAt: null,
  }
  await store.logIns.addAuthentication(row)
  return row
}

/** Ends a log-in with its sessions and tokens, in every process. */
export async function endAuthentication(id: string, { store, endings, now }: Deps): Promise<void> {
  const until = new Date(now().getTime() + LIMITS.tokenMs)
  await store.logIns.endAuthentication(id, now(), until)
  endings.note('authentication', id, until)
}
