/** A refusal of the authorization server that says what is wrong: the server's own errors keep it to themselves. */
import { errors } from 'oidc-provider'

type OAuthError =
  | 'invalid_request'
  | 'invalid_grant'
  | 'invalid_scope'
  | 'invalid_target'
  | 'temporarily_unavailable'

export function refusal(error: OAuthError, description: string): Error {
  const refused = new errors.CustomOIDCProviderError(error, description)
  if (error === 'temporarily_unavailable') Object.assign(refused, { status: 503, statusCode: 503 })
  return refused
}
