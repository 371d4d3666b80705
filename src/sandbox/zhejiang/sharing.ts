import { explain } from '../moment.ts'
import { numberOrText } from './freedoms.ts'
import { nowOf, type Office, randomHex } from './office.ts'
import { SharingRefusal } from './refusals.ts'
import { pathUnder, type Route, type SharingAnswer } from './routes.ts'
import { sharingSign } from './signature.ts'
import type { Secret } from './state.ts'

const REFRESH_MS = 48 * 3_600_000
const REQUEST_MS = 15 * 60_000
const SKEW_MS = 300_000
/** So many secrets are remembered after their end, to answer `02` instead of `01`. */
const KEPT_SECRETS = 100

const FIRST_STAGE = 'refreshTokenByKey.htm'
const SECOND_STAGE = 'refreshTokenBySec.htm'

/** The three arguments that every call of the sharing dialect carries. */
const SIGNED_NAMES = ['appKey', 'requestTime', 'sign']

/** The secrets with which a call of this path may be signed. */
function secretsFor(office: Office, path: string): readonly Secret[] {
  const { config, state } = office
  const start = pathUnder(config, 'matter', config.options.sharingRefreshPath)
  if (path === `${start}/${FIRST_STAGE}`) {
    return [{ secret: config.credentials.sharingAppSecret, endsAt: Number.POSITIVE_INFINITY }]
  }
  return path === `${start}/${SECOND_STAGE}` ? state.refreshSecrets : state.requestSecrets
}

/** The checks of the sharing dialect up to the signature, in the order of contract 3.2. */
export function checkSharing(
  office: Office,
  path: string,
  query: ReadonlyMap<string, string>,
  isKnownApi: boolean,
): void {
  const appKey = query.get('appKey')
  if (appKey !== office.config.credentials.sharingAppKey || !isKnownApi) throw new SharingRefusal('03')
  const requestTime = query.get('requestTime') ?? ''
  const now = nowOf(office)
  if (!/^\d{13}$/.test(requestTime) || Math.abs(now - Number(requestTime)) > SKEW_MS) {
    throw new SharingRefusal('05')
  }
  const sign = query.get('sign')
  const secrets = secretsFor(office, path)
  explain({
    clause: '3.2',
    stringToSign: `${appKey}…${requestTime}`,
    expected: sharingSign(appKey, secrets.at(-1)?.secret ?? '', requestTime),
    received: sign ?? '',
  })
  const used = secrets.find(({ secret }) => sharingSign(appKey, secret, requestTime) === sign)
  if (used === undefined) throw new SharingRefusal('01')
  if (used.endsAt <= now) throw new SharingRefusal('02')
}

/** Checks one query parameter of the sharing dialect. */
export type ParameterCheck = (value: string) => boolean

/** One business parameter: its check, and whether it may be left out. */
export interface Parameter {
  readonly fits: ParameterCheck
  readonly optional?: true
}

/** A page number or size: digits without a leading zero, up to a limit. */
export function digitsUpTo(most: number): ParameterCheck {
  return (value) => /^[1-9]\d{0,14}$/.test(value) && Number(value) <= most
}

/** Refuses an unknown, missing or malformed business parameter by its name (code `04`). */
export function checkParameters(
  query: ReadonlyMap<string, string>,
  parameters: Readonly<Record<string, Parameter>>,
): void {
  for (const name of query.keys()) {
    if (!SIGNED_NAMES.includes(name) && !Object.hasOwn(parameters, name)) throw new SharingRefusal('04', name)
  }
  for (const [name, { fits, optional }] of Object.entries(parameters)) {
    const value = query.get(name)
    if (value === undefined && optional) continue
    if (value === undefined || !fits(value)) throw new SharingRefusal('04', name)
  }
}

/** A new pair of secrets. The former refresh secret ends at once, former request secrets live on (contract 3.2). */
function issueSecrets(office: Office): SharingAnswer {
  const { state } = office
  const now = nowOf(office)
  const refresh = { secret: randomHex(16), endsAt: now + REFRESH_MS }
  const request = { secret: randomHex(16), endsAt: now + REQUEST_MS }
  const ended = state.refreshSecrets.map(({ secret, endsAt }) => ({ secret, endsAt: Math.min(endsAt, now) }))
  state.refreshSecrets = [refresh, ...ended].slice(0, KEPT_SECRETS)
  state.requestSecrets = [request, ...state.requestSecrets].slice(0, KEPT_SECRETS)
  return {
    datas: {
      refreshSecret: refresh.secret,
      requestSecret: request.secret,
      refreshSecretEndTime: numberOrText(office, refresh.endsAt),
      requestSecretEndTime: numberOrText(office, request.endsAt),
    },
  }
}

/** The two secret operations. */
export function sharingTokenRoutes(office: Office): readonly Route[] {
  const start = pathUnder(office.config, 'matter', office.config.options.sharingRefreshPath)
  return [FIRST_STAGE, SECOND_STAGE].map((name) => ({
    operation: 'sharing-token',
    method: 'GET',
    path: `${start}/${name}`,
    handler: {
      kind: 'sharing',
      answer: ({ query }) => {
        checkParameters(query, {})
        return issueSecrets(office)
      },
    },
  }))
}
