/**
 * Jiangsu's log-in (contract 4.e): one page for persons and organisations, a ticket that is exchanged once for a token, and the token
 * that tells who it is.
 */
import type { TSchema } from 'typebox'
import { GatewayError } from '../../errors.ts'
import type { IdDocument } from '../../schemas/application.ts'
import { validator } from '../../schemas/validate.ts'
import { type Alarms, unheard } from '../kit/codes.ts'
import {
  type LogInLink,
  levelOf,
  type NamedPerson,
  nameAt,
  type RegionalAccount,
  ticketRefused,
  withQuery,
} from '../kit/log-in.ts'
import type { Caller } from './call.ts'
import { AUTH_LEVELS, papersType, userType } from './codes.ts'
import type { JiangsuConfig } from './config.ts'
import { type JisKeys, jisForm, userData } from './identity.ts'
import { WireCorporate, WirePerson, WireSession } from './log-in.wire.ts'

const TICKET = /^[0-9A-Za-z_-]{16,64}$/

const unfit = (operation: string, facts: Readonly<Record<string, string>>) =>
  new GatewayError('REGION_ANSWER_INVALID', { region: 'jiangsu', operation, ...facts })

/**
 * Binds the log-in to one configuration; `undefined` where it names no page, no secret or no bus code for it.
 * @see contract 4.e and, for the members, section 2
 */
export function logIn(
  { credentials: { jis }, options }: JiangsuConfig,
  { identity }: Pick<Caller, 'identity'>,
  alarms: Alarms = unheard,
): LogInLink | undefined {
  const { loginBaseUrl, loginPath } = options
  const busCode = options.busCodes.identity
  if (jis === undefined || busCode === undefined) return undefined
  if (loginBaseUrl === undefined || loginPath === undefined) return undefined
  const page = withQuery(loginBaseUrl + loginPath, 'appMark', jis.appmark)

  const ask = (operation: string, service: string, params: Readonly<Record<string, string>>) =>
    identity(operation, busCode, (at) => jisForm(jis, at, service, params))

  return {
    // The page asks for itself whether a person or an organisation logs in.
    address: ({ returnTo }) => withQuery(page, 'gotoUrl', Buffer.from(returnTo, 'utf8').toString('base64')),
    ticketIn: (query) => query.get('ticket') || undefined,
    identify: async ({ ticket }) => {
      // A text that can be no ticket would be called a wrong parameter, although to the person it is the same.
      if (!TICKET.test(ticket)) throw ticketRefused('jiangsu', 'format')
      const session = readSession(await ask('sso-exchange', 'ticketValidate', { ticket }))
      const kind = userType.find(session.usertype)
      if (kind === undefined) {
        alarms.push({ table: userType.name, code: session.usertype.slice(0, 40) })
        throw unfit('sso-exchange', { reason: 'code', table: userType.name })
      }
      const { token } = session
      return kind === 'person'
        ? personal(readPerson(jis, await ask('sso-userinfo', 'findOutsideUserByToken', { token })), alarms)
        : corporate(readCorporate(jis, await ask('sso-userinfo', 'findCorUserByToken', { token })), alarms)
    },
  }
}

/** Reads JSON that came inside a string. What is wrong with it is not told on: the fault of a parser quotes what it read. */
function reader<Wire>(schema: TSchema, operation: string): (text: string | undefined) => Wire {
  const check = validator(schema)
  const parsed = (text: string | undefined): unknown => {
    try {
      return JSON.parse(text ?? '')
    } catch {
      throw unfit(operation, { reason: text === undefined ? 'cipher' : 'no JSON' })
    }
  }
  return (text) => {
    const content = parsed(text)
    const faults = check(content)
    if (faults) throw unfit(operation, { reason: 'schema', member: faults[0]?.pointer ?? '' })
    // The schema has just been checked, and describes this type.
    return content as Wire
  }
}

const readSession = reader<{ token: string; usertype: string }>(WireSession, 'sso-exchange')
const readPersonText = reader<WirePerson>(WirePerson, 'sso-userinfo')
const readCorporateText = reader<WireCorporate>(WireCorporate, 'sso-userinfo')
const readPerson = (keys: JisKeys, hex: string) => readPersonText(userData(keys, hex))
const readCorporate = (keys: JisKeys, hex: string) => readCorporateText(userData(keys, hex))

const account = ({ uuid, authlevel }: WirePerson | WireCorporate, alarms: Alarms) => ({
  subject: uuid,
  level: levelOf(AUTH_LEVELS, authlevel, alarms),
  rawLevel: authlevel,
})

function personal(wire: WirePerson, alarms: Alarms): RegionalAccount {
  const standing = account(wire, alarms)
  const name = nameAt(standing.level, wire.name, 'jiangsu', 'sso-userinfo')
  return { ...standing, kind: 'person', person: named(name, papersOf(wire, alarms), wire.mobile) }
}

function corporate(wire: WireCorporate, alarms: Alarms): RegionalAccount {
  const { corname, cornumber, corporation, corporationpapersnumber } = wire
  return {
    ...account(wire, alarms),
    kind: 'organisation',
    person: named(wire.agentname, residentOf(wire.agentpapersnumber), wire.mobile),
    organisation: {
      name: corname,
      idDocument: { type: '001', number: cornumber.toUpperCase() },
      ...(corporation
        ? { legalRepresentative: named(corporation, residentOf(corporationpapersnumber), undefined) }
        : {}),
    },
  }
}

type Blankable = string | null | undefined

const named = (name: string, idDocument: IdDocument | undefined, mobile: Blankable): NamedPerson => ({
  name,
  ...(idDocument ? { idDocument } : {}),
  ...(mobile ? { mobile } : {}),
})

/** The certificate of a person; one of an unknown type is alarmed and tells nothing. */
function papersOf({ paperstype, papersnumber }: WirePerson, alarms: Alarms): IdDocument | undefined {
  if (!paperstype || !papersnumber) return undefined
  const type = papersType.find(paperstype)
  if (type === undefined) {
    alarms.push({ table: papersType.name, code: paperstype.slice(0, 40) })
    return undefined
  }
  return { type, number: type === '111' ? papersnumber.toUpperCase() : papersnumber }
}

/** A number without its type, as an organisation's data have it: only a resident's number tells what it is. */
function residentOf(number: Blankable): IdDocument | undefined {
  const capital = number?.toUpperCase() ?? ''
  return /^\d{17}[\dX]$/.test(capital) ? { type: '111', number: capital } : undefined
}
