/** A log-out anywhere is one everywhere: at the gateway, in the authorization server's sessions, at the clients. */
import type Provider from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'
import type { Deps, Log } from '../../federation/deps.ts'
import { endAuthentication } from '../../federation/identity/log-in.ts'
import type { OidcState } from './state.ts'

/** The types leave this method out. */
interface BackchannelClient {
  readonly backchannelLogout: (accountId: string, sid: string) => Promise<void>
}

/** Ends the server's sessions on a log-in: its clients are told over the back channel, and their refresh tokens end. */
export async function logOutEverywhere(
  provider: Provider,
  state: Pick<OidcState, 'sessionUids'>,
  authenticationId: string,
  log: Log,
): Promise<void> {
  const tell = async (clientId: string, sid: string): Promise<void> => {
    const client = await provider.Client.find(clientId)
    if (!client?.backchannelLogoutUri) return
    await (client as unknown as BackchannelClient).backchannelLogout(authenticationId, sid)
  }
  const end = async (grantId: string): Promise<void> => {
    await Promise.all(
      [provider.RefreshToken, provider.AuthorizationCode].map((model) => model.revokeByGrantId(grantId)),
    )
    await (await provider.Grant.find(grantId))?.destroy()
  }
  for (const uid of await state.sessionUids(authenticationId)) {
    const session = await provider.Session.findByUid(uid)
    for (const [clientId, { grantId }] of Object.entries(session?.authorizations ?? {})) {
      if (grantId) await end(grantId)
      await tell(clientId, session?.sidFor(clientId) ?? '').catch((error: unknown) =>
        log.warn(
          { clientId, reason: error instanceof Error ? error.message : 'unknown' },
          'a client was not told of a log-out',
        ),
      )
    }
    if (session) await emptied(session)
  }
}

/** The session stays and is nobody's: a log-in that is under way in its browser goes on in it, as somebody else. */
async function emptied(session: InstanceType<Provider['Session']>): Promise<void> {
  delete session.accountId
  session.authorizations = {}
  await session.persist()
}

/** Whoever logs out at a client's wish is logged out here too, before the browser hears that it is done. */
export function endWithClients(provider: Provider, deps: Deps): void {
  provider.use(async (ctx, next) => {
    await next()
    const { oidc } = ctx as KoaContextWithOIDC
    const isDone = oidc?.route === 'end_session_confirm' && ctx.status === 303 && oidc.params?.['logout']
    const id = oidc?.session?.accountId
    if (isDone && id) await endAuthentication(id, deps)
  })
}
