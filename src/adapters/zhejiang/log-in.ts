/** Zhejiang's log-in (contract 4.e, documented): a page with `sp`, a ticket for a token, and the token for who it is. */
import type { Static } from 'typebox'
import { GatewayError } from '../../errors.ts'
import { type Alarms, unheard } from '../kit/codes.ts'
import { parseInner } from '../kit/inner-json.ts'
import {
  type LevelTable,
  type LogInLink,
  levelOf,
  nameAt,
  personOf,
  type RegionalAccount,
  ticketRefused,
  withQuery,
} from '../kit/log-in.ts'
import { answerInvalid, fitting, saidIn } from '../kit/told.ts'
import { cityOf } from './areas.ts'
import type { Caller } from './call.ts'
import { certType, organisationLevel, personLevel } from './codes.ts'
import type { ZhejiangConfig } from './config.ts'
import { WireAttributes, type WireOrganisation, WireToken, WireUser } from './log-in.wire.ts'

const TICKET = 'ticketId'
const USER_INFO = 'sso-userinfo'

/** The ticket, the token that it was given for, or an account that has no user data: each ends in another log-in. */
const REFUSALS: readonly unknown[] = [
  'C-USER-SSO-TICKET-INVALID',
  'C-USER-SSO-TOKEN-INVALID',
  'C-USER-SSO-USER-EMPTY',
]

/** Turns the user centre's own refusals into that of the ticket. */
async function orRefused(asked: Promise<unknown>): Promise<unknown> {
  try {
    return await asked
  } catch (error) {
    if (error instanceof GatewayError && REFUSALS.includes(error.facts['code']))
      throw ticketRefused('zhejiang', String(error.facts['code']))
    throw error
  }
}

const tokenIn = fitting(WireToken, 'zhejiang')
const userIn = fitting(WireUser, 'zhejiang')
const attributesIn = fitting(WireAttributes, 'zhejiang')

/** The log-in of one region or city; `undefined` where the configuration lacks a part of it. */
export function logIn(config: ZhejiangConfig, call: Caller, alarms: Alarms = unheard): LogInLink | undefined {
  const { portalUrl, ssoAppId, icCodes } = config.options
  if (portalUrl === undefined || ssoAppId === undefined) return undefined
  if (icCodes.ssoToken === undefined || icCodes.ssoUser === undefined) return undefined

  /** A page of the user centre that sends the browser on to `sp`, whose own query is encoded with it. */
  const page = (path: string, sp: string) =>
    withQuery(withQuery(`${portalUrl}${path}`, 'appId', ssoAppId), 'sp', sp)

  return {
    address: ({ returnTo }) => page('/uc/sso/login', returnTo),
    logOutAddress: (returnTo) => page('/uc/unifiedLogout', returnTo),
    // It is added behind what stood there (trap 16), so that of several the last is theirs.
    ticketIn: (query) => query.getAll(TICKET).at(-1) || undefined,
    identify: async ({ ticket }) => {
      // An empty ticket would be refused as a request of ours that is wrong.
      if (ticket === '') throw ticketRefused('zhejiang', 'empty')
      const asked = { [TICKET]: ticket, appId: ssoAppId }
      const { accessToken } = tokenIn(
        await orRefused(call.json('sso-exchange', 'ssoToken', '/uc/sso/access_token', asked)),
        'sso-exchange',
      )
      // What one call names `accessToken` the next one names `token` (trap 13).
      const told = await orRefused(
        call.json(USER_INFO, 'ssoUser', '/uc/sso/getUserInfo', { token: accessToken }),
      )
      return accountOf(userIn(told, USER_INFO), alarms)
    },
  }
}

function accountOf(user: Static<typeof WireUser>, alarms: Alarms): RegionalAccount {
  if (user.userType === 'PERSON') {
    const { userId, userName, idType, idNo, phone, attributes } = user.personInfo
    const standing = standingOf(attributes, 'authLevel', personLevel, alarms)
    const name = nameAt(standing.level, userName, 'zhejiang', USER_INFO)
    return {
      subject: String(userId),
      kind: 'person',
      ...standing,
      person: personOf({ name, certificate: idType, number: idNo, mobile: phone }, certType, alarms),
    }
  }
  const firm = user.legalPersonInfo
  const representative = saidIn(firm.principal)
  const standing = standingOf(firm.attributes, 'realLevel', organisationLevel, alarms)
  const agent = agentOf(firm)
  const name = nameAt(standing.level, agent.name, 'zhejiang', USER_INFO)
  return {
    subject: String(firm.corpId),
    kind: 'organisation',
    ...standing,
    person: personOf({ ...agent, name }, certType, alarms),
    organisation: {
      name: firm.name,
      idDocument: { type: '001', number: firm.unifiedSocialId.toUpperCase() },
      ...(representative === undefined
        ? {}
        : {
            legalRepresentative: personOf(
              { name: representative, certificate: firm.idType, number: firm.idNo },
              certType,
              alarms,
            ),
          }),
    },
  }
}

/** `attnUserType`: the legal representative acts himself. */
const HIMSELF = '1'

/**
 * Who sits there for an organisation. The type of the certificate is a word or the old number 51, which the table reads as well.
 * Of a representative who acts himself, what is not told again stands with the representative.
 */
function agentOf(firm: Static<typeof WireOrganisation>) {
  const told = saidIn(firm.attnName)
  const isHimself =
    saidIn(firm.attnUserType) === HIMSELF && (told === undefined || told === saidIn(firm.principal))
  const name = isHimself ? saidIn(firm.principal) : told
  const mobile = firm.attnPhone
  return isHimself && saidIn(firm.attnIdNo) === undefined
    ? { name, mobile, certificate: firm.idType, number: firm.idNo }
    : { name, mobile, certificate: firm.attnIdType, number: firm.attnIdNo }
}

/** Level and home, which stand as JSON inside `attributes`. Where it says nothing the level is none, and alarmed. */
function standingOf(
  attributes: string | null | undefined,
  level: 'authLevel' | 'realLevel',
  table: LevelTable,
  alarms: Alarms,
): Pick<RegionalAccount, 'level' | 'rawLevel' | 'homeDivision'> {
  const told = attributes ? innerOf(attributes) : {}
  const rawLevel = saidIn(told[level]) ?? ''
  const area = saidIn(told.areaCode)
  return {
    level: levelOf(table, rawLevel, alarms),
    rawLevel,
    ...(area !== undefined && SIX_DIGITS.test(area) ? { homeDivision: cityOf(area) } : {}),
  }
}

const SIX_DIGITS = /^[1-9]\d{5}$/

function innerOf(attributes: string): Static<typeof WireAttributes> {
  try {
    return attributesIn(parseInner(attributes), USER_INFO)
  } catch (cause) {
    if (cause instanceof GatewayError && cause.code === 'FIELD_UNREADABLE')
      throw answerInvalid('zhejiang', USER_INFO, 'attributes')
    throw cause
  }
}
