/** What the log-in pages need of the authorization server. */
import type { HttpBindings } from '@hono/node-server'
import type Provider from 'oidc-provider'
import type { Deps } from '../../federation/deps.ts'
import { acrOf, loaAsked } from '../../federation/identity/assurance.ts'
import type { Interactions } from '../../federation/identity/interaction.ts'

/** @param logOut ends a log-in with its sessions here and at the clients */
export function interactions(
  provider: () => Provider,
  { publicUrl, now }: Deps,
  logOut: (authenticationId: string) => Promise<void>,
): Interactions<HttpBindings> {
  const details = ({ incoming, outgoing }: HttpBindings) =>
    provider().interactionDetails(incoming as never, outgoing as never)
  const finish = ({ incoming, outgoing }: HttpBindings, result: object) =>
    provider().interactionResult(incoming as never, outgoing as never, result as never)

  return {
    read: async (bindings) => {
      const found = await details(bindings).catch(() => undefined)
      if (!found) return undefined
      const { uid, prompt, params, iat } = found
      const id = String(params['client_id'])
      return {
        uid,
        prompt: prompt.name === 'consent' ? 'consent' : 'login',
        client: {
          id,
          name: (await provider().Client.find(id))?.clientName ?? id,
          origin: originOf(String(params['redirect_uri'])),
        },
        scopes: wordsOf(params['scope']),
        loa: loaAsked(wordsOf(params['acr_values'])) ?? 1,
        notBefore: notBefore(params, iat ?? 0, now()),
      }
    },
    loggedIn: async (bindings, { id, loa, at }) => {
      const before = (await details(bindings)).session?.accountId
      const next = await finish(bindings, {
        login: {
          accountId: id,
          acr: acrOf(loa),
          amr: ['regional'],
          ts: Math.floor(at.getTime() / 1000),
          remember: false,
        },
      })
      if (before !== undefined && before !== id) {
        // Whoever was logged in before goes out first: the server itself would ask for it with a page that needs script.
        const answered = await details(bindings)
        delete answered.session
        await answered.persist()
        await logOut(before)
      }
      return next
    },
    consented: async (bindings) => {
      const { params, session, grantId } = await details(bindings)
      const server = provider()
      const grant =
        (grantId ? await server.Grant.find(grantId) : undefined) ??
        new server.Grant({
          accountId: session?.accountId ?? '',
          clientId: String(params['client_id']),
        })
      const scope = String(params['scope'] ?? '')
      // To the server every scope is its own as well as the API's: it asks again for as long as one of the two is missing.
      if (scope !== '') grant.addOIDCScope(scope)
      const resource = params['resource'] ?? publicUrl
      for (const one of Array.isArray(resource) ? resource : [resource])
        grant.addResourceScope(String(one), scope)
      return finish(bindings, { consent: { grantId: await grant.save() } })
    },
    refused: (bindings) =>
      finish(bindings, { error: 'access_denied', error_description: 'the person did not agree' }),
  }
}

const wordsOf = (value: unknown): readonly string[] =>
  typeof value === 'string' ? value.split(' ').filter(Boolean) : []

/**
 * `prompt=login` wants a log-in since the question was asked, `max_age` one that is at most so many seconds old. A log-in since the
 * question is always young enough: with `max_age=0` nobody would ever be.
 */
function notBefore(params: Readonly<Record<string, unknown>>, askedAt: number, now: Date): Date | undefined {
  const asked = askedAt * 1000
  if (wordsOf(params['prompt']).includes('login')) return new Date(asked)
  const age = params['max_age']
  return age === undefined ? undefined : new Date(Math.min(asked, now.getTime() - Number(age) * 1000))
}

/** An application's own scheme has no origin: there the scheme alone is named. */
function originOf(address: string): string {
  const { origin, protocol } = new URL(address)
  return origin === 'null' ? protocol : origin
}
