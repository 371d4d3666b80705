/**
 * Operation (e): how a region's own account logs a person in, and what the region then says of that person. The browser is
 * sent to the region's page and comes back with a ticket; the ticket is exchanged once, between servers.
 */
import { GatewayError } from '../../errors.ts'
import type { IdDocument } from '../../schemas/application.ts'
import type { Alarms } from './codes.ts'
import { answerInvalid, type Member, saidIn } from './told.ts'

/** Who an account is for: a natural person, or an organisation for which a person sits at the keyboard. */
export type AccountKind = 'person' | 'organisation'

/** A person as a region names them. `idDocument.type` is GA/T 2000.156. */
export interface NamedPerson {
  readonly name: string
  /** Absent where the region does not tell it. */
  readonly idDocument?: IdDocument
  readonly mobile?: string
}

/** What a region says of who logged in. */
export interface RegionalAccount {
  /** The region's own identifier of the account. It is never shown outside the gateway. */
  readonly subject: string
  readonly kind: AccountKind
  /** Real-name level (实名等级) by the region's table: 0 none, 3 the highest. A level that no table knows counts as 0 and is alarmed. */
  readonly level: 0 | 1 | 2 | 3
  /** The level as the region wrote it. */
  readonly rawLevel: string
  /** Who sits there: the person of a personal account, the 经办人 of an organisation's. */
  readonly person: NamedPerson
  /** Of an organisation's account alone; its document is the unified social credit code (`001`). */
  readonly organisation?: {
    readonly name: string
    readonly idDocument: IdDocument
    readonly legalRepresentative?: NamedPerson
  }
  /** Six digits, where the region tells where the account is at home. */
  readonly homeDivision?: string
}

/** The log-in of one region or city. */
export interface LogInLink {
  /** The region's page that the browser is sent to. `returnTo` is absolute and carries the gateway's state in its query. */
  readonly address: (ask: { readonly returnTo: string; readonly kind: AccountKind }) => string
  /** The ticket that the region put into the query of `returnTo`; `undefined` when the person gave up. */
  readonly ticketIn: (query: URLSearchParams) => string | undefined
  /**
   * Exchanges a ticket, which works once. `returnTo` is the address that the browser came back to, as it was sent out; absent for a
   * ticket that another system brings, which was then made for the address that the configuration names.
   * @throws GatewayError `LOGIN_TICKET_INVALID` (unknown, used, ended, or made for another), `ACCOUNT_LOCKED`,
   * `REGION_UNAVAILABLE`, `REGION_AUTH`, `REGION_ANSWER_INVALID`
   */
  readonly identify: (ask: {
    readonly ticket: string
    readonly returnTo?: string
  }) => Promise<RegionalAccount>
  /** The page that ends the log-in at the region and sends the browser to `returnTo`, where the region offers one. */
  readonly logOutAddress?: (returnTo: string) => string
}

/** The refusal of a ticket. `code` is the region's own word for it. */
export const ticketRefused = (region: string, code: string) =>
  new GatewayError('LOGIN_TICKET_INVALID', { region, code })

/** A region's raw real-name levels. `name` is what its contract calls the table. */
export interface LevelTable {
  readonly name: string
  readonly levels: Readonly<Record<string, 0 | 1 | 2 | 3>>
}

/** A level by a region's table. One that it does not know is alarmed and counts as none: trust is never guessed. */
export function levelOf({ name, levels }: LevelTable, raw: string, alarms: Alarms): 0 | 1 | 2 | 3 {
  const level = Object.hasOwn(levels, raw) ? levels[raw] : undefined
  if (level === undefined) alarms.push({ table: name, code: raw })
  return level ?? 0
}

/** Adds a member to the query of an address, behind what stands there. */
export function withQuery(address: string, name: string, value: string): string {
  const [head = '', ...hash] = address.split('#')
  const glue = head.includes('?') ? '&' : '?'
  return `${head}${glue}${name}=${encodeURIComponent(value)}${hash.length > 0 ? `#${hash.join('#')}` : ''}`
}

/**
 * The name of whoever sits there; `''` where an account that has proved nothing yet (level 0) has none: that it needs a real name is
 * told afterwards. @throws GatewayError `REGION_ANSWER_INVALID` without a name at any other level
 */
export function nameAt(
  level: RegionalAccount['level'],
  told: Member,
  region: string,
  operation: string,
): string {
  const name = saidIn(told)
  if (name === undefined && level > 0) throw answerInvalid(region, operation, 'no name')
  return name ?? ''
}

/** A person as an answer writes them: four members beside each other. `certificate` is the region's word for the type. */
interface ToldPerson {
  readonly name: string
  readonly certificate: Member
  readonly number: Member
  readonly mobile?: Member
}

/** A region's table of certificate types, whose canonical words are those of GA/T 2000.156. */
interface CertificateTable {
  readonly name: string
  readonly find: (code: unknown) => string | undefined
}

const MOBILE = /^1\d{10}$/
/** Identity numbers and credit codes have capital letters alone; some portals hand on what was typed. */
const IN_CAPITALS: readonly string[] = ['111', '001']

/** Reads a person. A certificate whose word no table knows is alarmed and left out: its number would be taken for another kind. */
export function personOf(told: ToldPerson, table: CertificateTable, alarms: Alarms): NamedPerson {
  const [word, number, mobile] = [saidIn(told.certificate), saidIn(told.number), saidIn(told.mobile)]
  const type = word === undefined ? undefined : table.find(word)
  if (word !== undefined && type === undefined) alarms.push({ table: table.name, code: word.slice(0, 40) })
  return {
    name: told.name,
    ...(type === undefined || number === undefined
      ? {}
      : { idDocument: { type, number: IN_CAPITALS.includes(type) ? number.toUpperCase() : number } }),
    ...(mobile !== undefined && MOBILE.test(mobile) ? { mobile } : {}),
  }
}
