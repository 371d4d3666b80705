import { GatewayError } from '../errors.ts'
import { EXCHANGE } from '../http/oidc/grants.ts'
import { type Args, need, option } from './args.ts'
import { assertionOf, keyFrom } from './token.ts'

/** Exchanges a region's log-in for a token of that person (RFC 8693). In the sandbox `--account` stands for a ticket. */
export async function exchange(args: Args): Promise<string> {
  const gateway = option(args, 'gateway') ?? 'http://localhost:8080'
  const [client, region] = [need(args, 'client'), need(args, 'region')]
  const [audience, scope, ticket] = ['audience', 'scope', 'ticket'].map((name) => option(args, name))
  const answer = await fetch(`${gateway}/oidc/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: EXCHANGE,
      subject_token: ticket ?? (await sandboxTicket(gateway, region, need(args, 'account'))),
      subject_token_type: `urn:delta-gateway:token-type:${region}-login`,
      ...(audience ? { audience } : {}),
      ...(scope ? { scope } : {}),
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await assertionOf(gateway, client, keyFrom(need(args, 'key'), client)),
    }),
  })
  const body = (await answer.json()) as Record<string, unknown>
  if (typeof body['access_token'] !== 'string')
    throw new GatewayError('TOKEN_INVALID', {
      error: String(body['error'] ?? answer.status),
      description: String(body['error_description'] ?? ''),
    })
  return body['access_token']
}

async function sandboxTicket(gateway: string, region: string, account: string): Promise<string> {
  const answer = await fetch(`${gateway}/__sandbox/${encodeURIComponent(region)}/tickets`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ account }),
  })
  const body = (await answer.json()) as Record<string, unknown>
  if (typeof body['ticket'] !== 'string')
    throw new GatewayError('CONFIGURATION_INVALID', { option: '--account', reason: String(body['error']) })
  return body['ticket']
}
