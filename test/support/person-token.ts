/** People for tests: made, logged in, and with a token as the authorization server would have signed it. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { importJWK, type JWK, SignJWT } from 'jose'
import { type Audience, audienceName } from '../../src/federation/identity/audience.ts'
import { authenticated, digestOf } from '../../src/federation/identity/log-in.ts'
import { personFor } from '../../src/federation/identity/persons.ts'
import type { Principal } from '../../src/federation/identity/principal.ts'
import { openSession } from '../../src/federation/identity/sessions.ts'
import { current, type Keys, parseKeys } from '../../src/federation/keys.ts'
import { personClaims, sectorOf } from '../../src/http/oidc/claims.ts'
import type { Loa } from '../../src/schemas/common.ts'
import type { RegionId } from '../../src/schemas/regions.ts'
import type { TestGateway } from './gateway.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** A resident's number that can be one and is nobody's: the ordinal stands in its last digits. */
export function residentNumber(ordinal: number): string {
  const digits = `31000019900101${String(ordinal).padStart(3, '0')}`
  const sum = WEIGHTS.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return digits + '10X98765432'[sum % 11]
}

/** The keys of a running test gateway. */
export const keysOf = ({ dataDir }: Pick<TestGateway, 'dataDir'>): Keys =>
  parseKeys(readFileSync(path.join(dataDir, 'keys.json'), 'utf8'))

interface Asked {
  readonly name: string
  readonly number: string
  readonly region?: RegionId
  readonly loa?: Loa
}

/** A person who has just logged in. */
export interface LoggedIn {
  readonly personId: string
  readonly principal: Principal & { readonly authenticationId: string }
  /** The cookie of their browser. */
  readonly cookie: string
}

/** Finds or adds the person, and logs them in with a browser. */
export async function logIn(
  { gateway }: Pick<TestGateway, 'gateway'>,
  { name, number, region = 'shanghai', loa = 3 }: Asked,
): Promise<LoggedIn> {
  const { deps } = gateway
  const named = { name, idDocument: { type: '111' as const, number } }
  const personId = await personFor(named, 'person', { region, subjectKey: digestOf(number) }, deps)
  const authentication = await authenticated({ personId, organisationId: null, region, loa }, deps)
  const secret = await openSession(authentication, '测试浏览器', deps)
  return {
    personId,
    principal: { personId, organisationId: null, region, loa, authenticationId: authentication.id },
    cookie: `__Host-delta=${secret}`,
  }
}

/** What a token is for; the whole gateway unless told. */
export interface TokenOptions {
  readonly scope?: string
  readonly audience?: Audience
  readonly client?: string
  /** How long it lives. */
  readonly seconds?: number
}

/** An access token for a person, signed with the gateway's own key. */
export async function personToken(
  gateway: Pick<TestGateway, 'gateway' | 'dataDir' | 'url'>,
  principal: Principal,
  { scope = 'persons', audience, client = 'sandbox-app', seconds = 600 }: TokenOptions = {},
): Promise<string> {
  const { deps } = gateway.gateway
  const { id, jwk } = current(keysOf(gateway).signing, deps.now())
  const claims = personClaims(principal, sectorOf(client, audience), [], undefined, deps.sealing)
  return new SignJWT({ ...claims, scope, client_id: client })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: id })
    .setIssuer(gateway.url)
    .setAudience(audience ? audienceName(audience) : gateway.url)
    .setJti(crypto.randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${seconds} seconds`)
    .sign(await importJWK(jwk as JWK, 'ES256'))
}
