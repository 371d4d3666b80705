/** The token exchange grant (RFC 8693) and the kinds of token that it takes. */
import { REGION_IDS, type RegionId } from '../../schemas/regions.ts'

export const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
export const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
export const JWT = 'urn:ietf:params:oauth:token-type:jwt'

const TYPE = /^urn:delta-gateway:token-type:([a-z]+)-login$/

/** The region whose proof of log-in a token type names; `undefined` for another type. */
export const regionOfType = (type: string): RegionId | undefined =>
  REGION_IDS.find((id) => id === TYPE.exec(type)?.[1])
