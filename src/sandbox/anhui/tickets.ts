/** What a log-in leaves behind: CAS tickets, user tokens and tokens of the 皖事通 app, each with its life (contract 4e). */

import { entryOf } from '../entries.ts'
import { randomUUID } from '../moment.ts'
import { USERS } from './accounts.ts'
import { nowOf, type Office, randomHex } from './office.ts'
import type { UserToken } from './state.ts'

const TICKET_MS = 30_000
const APP_TOKEN_MS = 300_000
/** Seconds, as the CAS answer tells them. */
export const TOKEN_SECONDS = 1800

/** What is there and has not ended. */
function alive<T extends { readonly at: number }>(
  office: Office,
  table: Readonly<Record<string, T>>,
  key: string,
  lifeMs: number,
): T | undefined {
  const found = entryOf(table, key)
  return found !== undefined && nowOf(office) - found.at <= lifeMs ? found : undefined
}

/** Drops what nobody can use any more, so that no list grows without an end. */
function dropEnded(office: Office): void {
  const { tickets, userTokens, appTokens } = office.state
  for (const key of Object.keys(tickets)) if (!alive(office, tickets, key, TICKET_MS)) delete tickets[key]
  for (const key of Object.keys(userTokens)) if (!tokenOf(office, key)) delete userTokens[key]
  for (const key of Object.keys(appTokens))
    if (!alive(office, appTokens, key, APP_TOKEN_MS)) delete appTokens[key]
}

/** Logs an account in: a ticket for one address. Throws a plain sentence when there is no such account. */
export function issueTicket(office: Office, userId: string, service: string): string {
  if (!USERS.has(userId)) throw new Error(`There is no test account ${userId}.`)
  dropEnded(office)
  office.state.ticketNumber += 1
  const ticket = `ST-${office.state.ticketNumber}-${randomHex(16)}-ahzwfw`
  office.state.tickets[ticket] = { userId, service, at: nowOf(office) }
  return ticket
}

/** Takes a ticket out of use, whatever comes of it (trap 15). Gives what it was made for, when it was still good. */
export function burnTicket(office: Office, ticket: string) {
  const found = alive(office, office.state.tickets, ticket, TICKET_MS)
  delete office.state.tickets[ticket]
  return found
}

/** A token with which the user can be read. */
export function issueToken(office: Office, userId: string): string {
  const token = randomHex(16)
  office.state.userTokens[token] = { userId, at: nowOf(office) }
  return token
}

/** Whose token it is, until it ends. */
export const tokenOf = (office: Office, token: string): UserToken | undefined =>
  alive(office, office.state.userTokens, token, TOKEN_SECONDS * 1000)

/** What the app's bridge hands out for the person who uses it. Throws a plain sentence when that is no person. */
export function issueAppToken(office: Office, userId: string): string {
  if (USERS.get(userId)?.userType !== '1') throw new Error(`The app has no test person ${userId}.`)
  dropEnded(office)
  const token = randomUUID()
  office.state.appTokens[token] = { userId, at: nowOf(office) }
  return token
}

/** Takes a token of the app out of use. Gives whose it was, when it was still good. */
export function burnAppToken(office: Office, token: string): UserToken | undefined {
  const found = alive(office, office.state.appTokens, token, APP_TOKEN_MS)
  delete office.state.appTokens[token]
  return found
}
