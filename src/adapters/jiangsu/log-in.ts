/**
 * Jiangsu's log-in (contract 4.e): one page for persons and organisations, a ticket that is exchanged once for a token, and the token
 * that tells who it is.
 */
import type { Static, TSchema } from 'typebox'
import { type Alarms, unheard } from '../kit/codes.ts'
import {
  type LogInLink,
  levelOf,
  type NamedPerson,
  nameAt,
  personOf,
  type RegionalAccount,
  ticketRefused,
  withQuery,
} from '../kit/log-in.ts'
import { answerInvalid, fitting } from '../kit/told.ts'
import type { Caller } from './call.ts'
import { AUTH_LEVELS, papersType, userType } from './codes.ts'
import type { JiangsuConfig } from './config.ts'
import { type JisKeys, jisForm, userData } from './identity.ts'
import { WireCorporate, WirePerson, WireSession } from './log-in.wire.ts'

const TICKET = /^[0-9A-Za-z_-]{16,64}$/

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
        throw answerInvalid('jiangsu', 'sso-exchange', 'code', { table: userType.name })
      }
      const { token } = session
      return kind === 'person'
        ? personal(readPerson(jis, await ask('sso-userinfo', 'findOutsideUserByToken', { token })), alarms)
        : corporate(readCorporate(jis, await ask('sso-userinfo', 'findCorUserByToken', { token })), alarms)
    },
  }
}

/** Reads JSON that came inside a string. What is wrong with it is not told on: the fault of a parser quotes what it read. */
function reader<Schema extends TSchema>(schema: Schema, operation: string) {
  const fits = fitting(schema, 'jiangsu')
  return (text: string | undefined): Static<Schema> => {
    let content: unknown
    try {
      content = JSON.parse(text ?? '')
    } catch {
      throw answerInvalid('jiangsu', operation, text === undefined ? 'cipher' : 'no JSON')
    }
    return fits(content, operation)
  }
}

const readSession = reader(WireSession, 'sso-exchange')
const readPersonText = reader(WirePerson, 'sso-userinfo')
const readCorporateText = reader(WireCorporate, 'sso-userinfo')
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
  const { paperstype: certificate, papersnumber: number, mobile } = wire
  return {
    ...standing,
    kind: 'person',
    person: personOf({ name, certificate, number, mobile }, papersType, alarms),
  }
}

function corporate(wire: WireCorporate, alarms: Alarms): RegionalAccount {
  const { corname, cornumber, corporation, corporationpapersnumber } = wire
  return {
    ...account(wire, alarms),
    kind: 'organisation',
    person: untyped(wire.agentname, wire.agentpapersnumber, wire.mobile, alarms),
    organisation: {
      name: corname,
      idDocument: { type: '001', number: cornumber.toUpperCase() },
      ...(corporation
        ? { legalRepresentative: untyped(corporation, corporationpapersnumber, undefined, alarms) }
        : {}),
    },
  }
}

type Blankable = string | null | undefined

/** Jiangsu's code of the resident identity card. */
const RESIDENT = papersType.codeOf('111')

/** Whoever is told with a number and no type, as an organisation's data have it: only a resident's number tells what it is. */
function untyped(name: string, number: Blankable, mobile: Blankable, alarms: Alarms): NamedPerson {
  const isResident = /^\d{17}[\dX]$/i.test(number ?? '')
  return personOf(
    { name, certificate: isResident ? RESIDENT : undefined, number, mobile },
    papersType,
    alarms,
  )
}
