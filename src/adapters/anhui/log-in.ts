/** Anhui's log-in (contract 4e): CAS with a token for who it is, and the token of the 皖事通 app, which needs no ticket. */
import type { Static } from 'typebox'
import { type Alarms, unheard } from '../kit/codes.ts'
import {
  type LogInLink,
  levelOf,
  nameAt,
  personOf,
  type RegionalAccount,
  ticketRefused,
  withQuery,
} from '../kit/log-in.ts'
import { answerInvalid, fitting, saidIn } from '../kit/told.ts'
import type { Transport } from '../kit/transport.ts'
import type { Caller } from './call.ts'
import { validate } from './cas.ts'
import { authLevel, certType } from './codes.ts'
import type { AnhuiConfig } from './config.ts'
import { WireLegal, WirePerson } from './log-in.wire.ts'

const APP_TOKEN = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

const personIn = fitting(WirePerson, 'anhui')
const legalIn = fitting(WireLegal, 'anhui')

/** The log-in of one region or city; `undefined` where the configuration lacks a part of it. */
export function logIn(
  config: AnhuiConfig,
  call: Caller,
  transport: Transport,
  alarms: Alarms = unheard,
): LogInLink | undefined {
  const { ssoBaseUrl, ssoService, groups, paths, timeoutMs } = config.options
  const { ssoAppCode } = config.credentials
  if (ssoBaseUrl === undefined || ssoService === undefined || ssoAppCode === undefined) return undefined
  if (groups.uccp === undefined || paths.sso === undefined || paths.user === undefined) return undefined

  const page = withQuery(`${ssoBaseUrl}${paths.sso}/login`, 'appCode', ssoAppCode)
  const exchange = `${config.baseUrl}${paths.sso}/serviceValidate`

  /** The user of a ticket, read with the token that the ticket was exchanged for. */
  const byTicket = async (ticket: string, service: string): Promise<RegionalAccount> => {
    const { user, attributes } = await validate(transport, exchange, { service, ticket }, timeoutMs)
    const asked = { userId: user, access_token: attributes.accessToken }
    const account =
      attributes.userType === '1'
        ? personal(
            await call.identity('sso-userinfo', 'user', '/nperson/info', asked),
            'sso-userinfo',
            alarms,
          )
        : attributes.userType === '2'
          ? legal(await call.identity('sso-legalinfo', 'user', '/legal/info', asked), alarms)
          : undefined
    if (account === undefined) throw answerInvalid('anhui', 'sso-exchange', 'userType')
    // Whoever logged in is the user of the ticket and nobody else.
    if (account.subject !== user) throw answerInvalid('anhui', 'sso-userinfo', 'another user')
    return account
  }

  /** The user of the app, who comes with the token itself. */
  const byAppToken = async (token: string): Promise<RegionalAccount> =>
    personal(await call.identity('sso-apptoken', 'sso', '/app/tokenInfo', { token }), 'sso-apptoken', alarms)

  return {
    address: ({ returnTo }) => withQuery(page, 'service', returnTo),
    // It is added behind what stood there, so that of several the last is theirs.
    ticketIn: (query) => query.getAll('ticket').at(-1) || undefined,
    identify: async ({ ticket, returnTo }) => {
      if (ticket === '') throw ticketRefused('anhui', 'empty')
      return APP_TOKEN.test(ticket)
        ? await byAppToken(ticket)
        : await byTicket(ticket, returnTo ?? ssoService)
    },
  }
}

function personal(data: unknown, operation: string, alarms: Alarms): RegionalAccount {
  const told = personIn(data, operation)
  const standing = standingOf(told, alarms)
  const name = nameAt(standing.level, told.name, 'anhui', operation)
  return {
    subject: String(told.userId),
    kind: 'person',
    ...standing,
    person: personOf(
      { name, certificate: told.credentType, number: told.credentNo, mobile: told.phone },
      certType,
      alarms,
    ),
  }
}

/** Anhui tells no type of the certificates of agents and representatives: they are identity numbers. */
const ID_CARD = certType.codeOf('111')

function legal(data: unknown, alarms: Alarms): RegionalAccount {
  const told = legalIn(data, 'sso-legalinfo')
  const representative = saidIn(told.legalPerson)
  return {
    subject: String(told.userId),
    kind: 'organisation',
    ...standingOf(told, alarms),
    person: personOf(
      { name: told.agentName, certificate: ID_CARD, number: told.agentNo, mobile: told.agentPhone },
      certType,
      alarms,
    ),
    organisation: {
      name: told.legalName,
      idDocument: { type: '001', number: told.creditCode.toUpperCase() },
      ...(representative === undefined
        ? {}
        : {
            legalRepresentative: personOf(
              { name: representative, certificate: ID_CARD, number: told.legalPersonNo },
              certType,
              alarms,
            ),
          }),
    },
  }
}

/** Level and home. Where the level is not told it is none, and alarmed. */
function standingOf(
  { authLevel: told, regionCode }: Static<typeof WirePerson> | Static<typeof WireLegal>,
  alarms: Alarms,
): Pick<RegionalAccount, 'level' | 'rawLevel' | 'homeDivision'> {
  const rawLevel = saidIn(told) ?? ''
  const home = /^([1-9]\d{5})(\d{6})?$/.exec(saidIn(regionCode) ?? '')?.[1]
  return {
    level: levelOf(authLevel, rawLevel, alarms),
    rawLevel,
    ...(home === undefined ? {} : { homeDivision: home }),
  }
}
