/** What the authorization server tells of its work: refusals are counted, failures are told, and ended grants end their tokens. */
import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import { LIMITS } from '../../config.ts'
import type { Deps } from '../../federation/deps.ts'

/** Counts a refusal. @param door where; @param reason a word of a closed list, never what was sent */
export type Refused = (door: string, reason: string) => void

/** The server's doors at which something is refused. */
const DOORS = [
  'grant',
  'pushed_authorization_request',
  'authorization',
  'revocation',
  'introspection',
  'end_session',
  'end_session_confirm',
] as const

interface Needs {
  readonly deps: Pick<Deps, 'endings' | 'log' | 'now'>
  readonly refused: Refused
}

export function watch(provider: Provider, { deps, refused }: Needs): void {
  const { endings, log, now } = deps
  for (const door of DOORS)
    listen(provider, `${door}.error`, (_ctx, error) => {
      const reason = errorOf(error)
      // Our own JWTs are unknown to the server, and are looked at after it has said so.
      if (reason !== 'unsupported_token_type') refused(door, reason)
    })
  listen(provider, 'server_error', (_ctx, error) =>
    // The first line: what follows it may be the parameters of a statement.
    log.error(
      { reason: error instanceof Error ? error.message.split('\n')[0] : 'unknown' },
      'the authorization server failed',
    ),
  )
  provider.on('backchannel.error', (_ctx, error, client) =>
    log.warn(
      { clientId: client.clientId, reason: error.message.split('\n')[0] },
      'a client was not told of a log-out',
    ),
  )
  // A code or a refresh token that is used twice ends its grant. Access tokens are JWTs: they end by being listed.
  listen(provider, 'grant.revoked', (_ctx, grantId) => {
    const id = String(grantId)
    const until = new Date(now().getTime() + LIMITS.tokenMs)
    // Here it has ended before the refusal is answered; the other processes read it from the store.
    endings.note('grant', id, until)
    endings
      .end('grant', id, until)
      .catch((error: unknown) => log.error({ reason: String(error) }, 'the end of a grant was not kept'))
  })
}

/** The types know each event apart; the server is an emitter of all of them. */
const listen = (
  provider: Provider,
  event: string,
  heard: (ctx: KoaContextWithOIDC, told: unknown) => void,
): void => void provider.on(event as 'grant.error', heard as never)

function errorOf(error: unknown): string {
  const { error: word } = (error ?? {}) as { error?: unknown }
  return typeof word === 'string' ? word : 'server_error'
}
