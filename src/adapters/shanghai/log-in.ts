/**
 * Shanghai's log-in (contract 4.5): a page for persons and one for organisations, both of which bring back an `access_token` that
 * tells once who it is. This token opens no business call (trap 3).
 */
import { GatewayError } from '../../errors.ts'
import { type Alarms, unheard } from '../kit/codes.ts'
import { formOf, jsonOf, objectOf, under } from '../kit/connect.ts'
import {
  type LogInLink,
  levelOf,
  nameAt,
  personOf,
  type RegionalAccount,
  ticketRefused,
  withQuery,
} from '../kit/log-in.ts'
import { isAbsent } from '../kit/table.ts'
import { answerInvalid, fitting } from '../kit/told.ts'
import type { Transport } from '../kit/transport.ts'
import { certType, known, REAL_NAME_LEVELS, userType } from './codes.ts'
import type { ShanghaiConfig } from './config.ts'
import { WireAccount } from './log-in.wire.ts'
import { refusal } from './open.ts'
import { sm3 } from './sign.ts'

const OPERATION = 'sso-userinfo'
const accountIn = fitting(WireAccount, 'shanghai')

const unfit = (reason: string, where: Readonly<Record<string, string>> = {}) =>
  answerInvalid('shanghai', OPERATION, reason, where)

/**
 * Binds the log-in to one configuration; `undefined` where it names no log-in pages.
 * @see contract 4.5 and, for the bases, section 2
 */
export function logIn(
  { baseUrl, options }: ShanghaiConfig,
  transport: Transport,
  alarms: Alarms = unheard,
): LogInLink | undefined {
  const { ucBase, corpUcBase, ly, browserBaseUrl, timeoutMs } = options
  if (ucBase === undefined || corpUcBase === undefined || ly === undefined) return undefined
  const persons = pageBase(browserBaseUrl, ucBase)
  const organisations = pageBase(browserBaseUrl, corpUcBase)
  if (persons === undefined || organisations === undefined) return undefined

  return {
    address: ({ returnTo, kind }) =>
      withQuery(
        kind === 'person'
          ? withQuery(`${persons}/naturalUser/jumpCountry.do`, 'ly', ly)
          : `${organisations}/login.jsp`,
        'redirect_uri',
        returnTo,
      ),
    ticketIn: (query) => (query.has('error') ? undefined : query.get('access_token') || undefined),
    identify: async ({ ticket }) => {
      // An empty field would be told apart from a bad token, although to the person it is the same.
      if (ticket === '') throw ticketRefused('shanghai', 'empty')
      const answer = await transport(
        {
          method: 'POST',
          url: `${under(baseUrl, ucBase)}/oauth2.0/me.do`,
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: formOf({ access_token: ticket }),
        },
        { timeoutMs },
      )
      return accountOf(opened(objectOf(jsonOf(answer))), alarms)
    },
  }
}

/** Where the browser finds a service: an absolute base, or a path under the browser's own base. */
const pageBase = (browserBaseUrl: string | undefined, base: string): string | undefined =>
  browserBaseUrl === undefined && !/^https?:/.test(base) ? undefined : under(String(browserBaseUrl), base)

/** The user object, which comes bare; a refusal is told by `error`, with HTTP 200 for a bad token. */
function opened(body: Readonly<Record<string, unknown>>): WireAccount {
  if (body['error'] === 'invalid_token') throw ticketRefused('shanghai', 'invalid_token')
  if ('error' in body) throw unfit('error')
  if (body['isSuccess'] === false) throw refusal(body, OPERATION)
  return accountIn(body, OPERATION)
}

function accountOf(wire: WireAccount, alarms: Alarms): RegionalAccount {
  requireWhole(wire)
  if (wire.zwdtsw_user_status === '0') throw new GatewayError('ACCOUNT_LOCKED', { region: 'shanghai' })
  const kind = known(userType, wire.zwdtsw_user_type, { alarms })
  if (kind === undefined) throw unfit('code', { table: userType.name })
  const account = {
    subject: wire.zwdtsw_user_id,
    level: levelOf(REAL_NAME_LEVELS, wire.zwdtsw_after_certification, alarms),
    rawLevel: wire.zwdtsw_after_certification,
  }
  const certificate = { certificate: wire.zwdtsw_cert_type, number: wire.zwdtsw_cert_id }
  const mobile = wire.zwdtsw_link_phone
  if (kind === 'person') {
    const name = nameAt(account.level, wire.zwdtsw_name, 'shanghai', OPERATION)
    return { ...account, kind, person: personOf({ name, ...certificate, mobile }, certType, alarms) }
  }
  const { zwdtsw_name: name, zwdtsw_link_person: agent } = wire
  const { idDocument } = personOf({ name: name ?? '', ...certificate }, certType, alarms)
  if (idDocument?.type !== '001') throw unfit('no credit code')
  if (!name) throw unfit('no name')
  if (isAbsent(agent)) throw unfit('no agent')
  return {
    ...account,
    kind,
    person: personOf(
      {
        name: String(agent),
        certificate: wire.zwdtsw_link_cert_type,
        number: wire.zwdtsw_link_cert_id,
        mobile,
      },
      certType,
      alarms,
    ),
    organisation: {
      name,
      idDocument,
      ...(wire.zwdtsw_law_person ? { legalRepresentative: { name: wire.zwdtsw_law_person } } : {}),
    },
  }
}

/** `encrypt_identity` is the SM3 of type and number as they stand: an answer where they part was changed or mixed up. */
function requireWhole({ zwdtsw_cert_type, zwdtsw_cert_id, encrypt_identity }: WireAccount): void {
  if (isAbsent(zwdtsw_cert_id) && isAbsent(encrypt_identity)) return
  const expected = sm3(`${zwdtsw_cert_type ?? ''}:${zwdtsw_cert_id ?? ''}`)
  if (encrypt_identity?.toLowerCase() !== expected) throw unfit('identity hash')
}
