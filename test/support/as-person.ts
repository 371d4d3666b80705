/** Persons who are logged in, for tests: as a region's log-in would make them, with tokens that the gateway's own keys sign. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { importJWK, SignJWT } from 'jose'
import { type Audience, audienceName } from '../../src/federation/identity/audience.ts'
import { authenticated } from '../../src/federation/identity/log-in.ts'
import { personFor } from '../../src/federation/identity/persons.ts'
import type { Principal } from '../../src/federation/identity/principal.ts'
import { openSession } from '../../src/federation/identity/sessions.ts'
import { current, parseKeys } from '../../src/federation/keys.ts'
import { personClaims, sectorOf } from '../../src/http/oidc/claims.ts'
import type { IdDocument } from '../../src/schemas/application.ts'
import type { Loa, RegionId } from '../../src/schemas/common.ts'
import type { AuthenticationRow } from '../../src/store/index.ts'
import { type Caller, call, type TestGateway } from './gateway.ts'

/** Whom a test needs: the person, and the firm for which they are logged in. */
export interface Wanted {
  readonly name: string
  readonly number: string
  readonly firm?: { readonly name: string; readonly number: string }
  readonly region?: RegionId
  readonly loa?: Loa
}

/** Somebody who has logged in. */
export interface Somebody {
  readonly name: string
  readonly idDocument: IdDocument
  readonly authentication: AuthenticationRow
  readonly principal: Principal
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** A resident number that nobody has; another for each `count`, up to 999. */
export function residentNumber(count: number): string {
  const first17 = `31010119070707${String(count).padStart(3, '0')}`
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(first17[place]), 0)
  return `${first17}${'10X98765432'[sum % 11]}`
}

/** Finds or adds the person and notes a log-in. */
export async function somebody(wanted: Wanted, { gateway: { deps } }: TestGateway): Promise<Somebody> {
  const { name, number, firm, region = 'shanghai', loa = 3 } = wanted
  const idDocument = { type: '111', number }
  const witness = { region, subjectKey: deps.sealing.hash('test', number) }
  const personId = await personFor({ name, idDocument }, 'person', witness, deps)
  const organisationId = firm
    ? await personFor(
        { name: firm.name, idDocument: { type: '001', number: firm.number } },
        'organisation',
        witness,
        deps,
      )
    : null
  const authentication = await authenticated({ personId, organisationId, region, loa }, deps)
  const principal = { personId, organisationId, region, loa, authenticationId: authentication.id }
  return { name, idDocument, authentication, principal }
}

/** What a token is for; the whole gateway unless told. */
interface TokenOptions {
  readonly client?: string
  readonly scope?: string
  readonly audience?: Audience
}

/** An access token of a person, as `src/http/oidc/claims.ts` describes it. */
export async function personToken(
  { principal }: Somebody,
  { url, dataDir, gateway: { deps } }: TestGateway,
  { client = 'sandbox-app', scope = 'cases persons', audience }: TokenOptions = {},
): Promise<string> {
  const { jwk, id } = current(
    parseKeys(readFileSync(path.join(dataDir, 'keys.json'), 'utf8')).signing,
    deps.now(),
  )
  const claims = personClaims(principal, sectorOf(client, audience), [], undefined, deps.sealing)
  return new SignJWT({ ...claims, client_id: client, scope })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: id })
    .setIssuer(url)
    .setAudience(audience ? audienceName(audience) : url)
    .setJti(crypto.randomUUID())
    .setIssuedAt()
    .setExpirationTime('10 minutes')
    .sign(await importJWK(jwk, 'ES256'))
}

/** The API as this person sees it through a client. */
export async function asPerson(
  person: Somebody,
  gateway: TestGateway,
  options?: TokenOptions,
): Promise<Caller> {
  const authorization = `Bearer ${await personToken(person, gateway, options)}`
  return (method, at, body, headers = {}) =>
    call(gateway.url, method, at, body, { authorization, ...headers })
}

/** A browser of this person: pages by GET, forms by POST with the value that the last page's form carried. */
export async function browserOf(person: Somebody, { url, gateway }: TestGateway) {
  const cookie = `__Host-delta=${await openSession(person.authentication, 'test', gateway.deps)}`
  let formToken = ''
  const read = async (answer: Response) => {
    const text = await answer.text()
    formToken = /name="token" value="([^"]+)"/.exec(text)?.[1] ?? formToken
    return { status: answer.status, text, location: answer.headers.get('location') }
  }
  return {
    get: async (at: string) => read(await fetch(url + at, { headers: { cookie }, redirect: 'manual' })),
    /** @param token another value than the page's, for a form that is not ours */
    post: async (at: string, fields: readonly (readonly [string, string])[], token?: string) =>
      read(
        await fetch(url + at, {
          method: 'POST',
          headers: { cookie },
          redirect: 'manual',
          body: new URLSearchParams(
            [['token', token ?? formToken], ...fields].map(([k, v]) => [k ?? '', v ?? '']),
          ),
        }),
      ),
  }
}
