/** Persons and firms who are logged in, for tests, and the API and the pages as they see them. */
import { authenticated } from '../../src/federation/identity/log-in.ts'
import { personFor } from '../../src/federation/identity/persons.ts'
import { type Principal, principalOf } from '../../src/federation/identity/principal.ts'
import { openSession } from '../../src/federation/identity/sessions.ts'
import type { IdDocument } from '../../src/schemas/application.ts'
import type { Loa } from '../../src/schemas/common.ts'
import type { RegionId } from '../../src/schemas/regions.ts'
import type { AuthenticationRow } from '../../src/store/index.ts'
import { type Caller, call, type TestGateway } from './gateway.ts'
import { personToken, type TokenOptions } from './person-token.ts'

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
  return { name, idDocument, authentication, principal: principalOf(authentication) }
}

/** The API as this person sees it through a client. */
export async function asPerson(
  person: Somebody,
  gateway: TestGateway,
  options?: TokenOptions,
): Promise<Caller> {
  const token = await personToken(gateway, person.principal, { scope: 'cases persons', ...options })
  const authorization = `Bearer ${token}`
  return (method, at, body, headers = {}) =>
    call(gateway.url, method, at, body, { authorization, ...headers })
}

/** A browser of this person: pages by GET, forms by POST with the value that the last page's form carried. */
export async function browserOf(person: Somebody, { url, gateway }: TestGateway, reading = 'zh') {
  const session = await openSession(person.authentication, 'test', gateway.deps)
  const cookie = `__Host-delta=${session}; delta-reading=${reading}`
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
