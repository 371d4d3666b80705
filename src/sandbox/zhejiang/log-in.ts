/** Single sign-on (contract 4.e): the browser's pages, tickets that work once, and the tokens that they are given for. */
import { entryOf } from '../entries.ts'
import { logInPage, refusalPage, sendTo } from '../log-in-page.ts'
import { isWebAddress, withParameters } from '../web-addresses.ts'
import { ACCOUNTS, isAccount, userInfo } from './accounts.ts'
import { nowOf, type Office, randomHex } from './office.ts'
import { BusinessRefusal } from './refusals.ts'
import { readJson } from './requests.ts'
import { type BrowserAnswer, type Call, pathUnder, type Route } from './routes.ts'
import { codePoints, need, record, text } from './shapes.ts'

const LOGIN_PATH = '/uc/sso/login'
/** The parameter of the page's own links. */
const ACCOUNT = 'testAccount'
const MAX_ADDRESS = 512
const TICKET_MS = 60_000
const TOKEN_MS = 1_800_000

/** Drops what nobody can use any more, so that neither list grows without an end. */
function dropEnded(office: Office): void {
  const { tickets, tokens } = office.state
  const now = nowOf(office)
  for (const [ticket, { at }] of Object.entries(tickets)) if (now - at > TICKET_MS) delete tickets[ticket]
  for (const [token, { at }] of Object.entries(tokens)) if (now - at > TOKEN_MS) delete tokens[token]
}

/** Logs an account in: a ticket for the application. Throws a plain sentence when there is no such account. */
export function issueTicket(office: Office, account: string, appId = office.config.options.ssoAppId): string {
  if (!isAccount(account)) throw new Error(`There is no test account ${account}.`)
  dropEnded(office)
  const ticket = `debug_tk_${randomHex(16)}`
  office.state.tickets[ticket] = { account, appId, at: nowOf(office) }
  return ticket
}

/** The name of the first parameter that is wrong. */
function wrongIn(office: Office, query: URLSearchParams): string | undefined {
  if (query.get('appId') !== office.config.options.ssoAppId) return 'appId'
  const sp = query.get('sp') ?? ''
  if (codePoints(sp) > MAX_ADDRESS || !isWebAddress(sp)) return 'sp'
  return codePoints(query.get('redirectUrl') ?? '') > MAX_ADDRESS ? 'redirectUrl' : undefined
}

/** What goes back with the ticket, and stays in the page's links until then. */
const redirectUrlIn = (query: URLSearchParams): readonly (readonly [string, string])[] => {
  const given = query.get('redirectUrl')
  return given === null ? [] : [['redirectUrl', given]]
}

async function logInPageOf(office: Office, query: URLSearchParams): Promise<BrowserAnswer> {
  const wrong = wrongIn(office, query)
  if (wrong !== undefined) return { response: await refusalPage(400, wrong), refused: wrong }
  const sp = query.get('sp') ?? ''
  const account = query.get(ACCOUNT) ?? ''
  if (isAccount(account)) {
    const ticketId = issueTicket(office, account)
    return { response: sendTo(withParameters(sp, [['ticketId', ticketId], ...redirectUrlIn(query)])) }
  }
  const hrefOf = (id: string) =>
    withParameters(LOGIN_PATH, [
      ['appId', office.config.options.ssoAppId],
      ['sp', sp],
      ...redirectUrlIn(query),
      [ACCOUNT, id],
    ])
  const region = { zh: '浙江', en: 'Zhejiang' }
  return { response: await logInPage({ region, accounts: ACCOUNTS, hrefOf }) }
}

async function logOutPageOf(office: Office, query: URLSearchParams): Promise<BrowserAnswer> {
  const wrong = wrongIn(office, query)
  if (wrong !== undefined) return { response: await refusalPage(400, wrong), refused: wrong }
  return { response: sendTo(withParameters(query.get('sp') ?? '', [])) }
}

const EXCHANGE = record({ ticketId: need(text()), appId: need(text()) })

function exchange(office: Office, call: Call): unknown {
  const { ticketId, appId } = readJson<{ ticketId: string; appId: string }>(call, EXCHANGE)
  const { tickets, tokens } = office.state
  const ticket = entryOf(tickets, ticketId)
  if (ticket === undefined || nowOf(office) - ticket.at > TICKET_MS || ticket.appId !== appId)
    throw new BusinessRefusal('C-USER-SSO-TICKET-INVALID')
  delete tickets[ticketId]
  const accessToken = `debug_at_${randomHex(16)}`
  tokens[accessToken] = { account: ticket.account, at: nowOf(office) }
  return { accessToken }
}

const USER_INFO = record({ token: need(text()) })

function tellUser(office: Office, call: Call): unknown {
  const { token } = readJson<{ token: string }>(call, USER_INFO)
  const known = entryOf(office.state.tokens, token)
  if (known === undefined || nowOf(office) - known.at > TOKEN_MS)
    throw new BusinessRefusal('C-USER-SSO-TOKEN-INVALID')
  const data = userInfo(office, known.account)
  if (data === undefined) throw new BusinessRefusal('C-USER-SSO-USER-EMPTY')
  return data
}

/** The pages and calls of the log-in. The two calls are under IC codes of their own (trap 13). */
export function logInRoutes(office: Office): readonly Route[] {
  return [
    {
      operation: 'sso-login',
      method: 'GET',
      path: LOGIN_PATH,
      handler: { kind: 'browser', answer: (query) => logInPageOf(office, query) },
    },
    {
      operation: 'sso-logout',
      method: 'GET',
      path: '/uc/unifiedLogout',
      handler: { kind: 'browser', answer: (query) => logOutPageOf(office, query) },
    },
    {
      operation: 'sso-exchange',
      method: 'POST',
      path: pathUnder(office.config, 'ssoToken', '/uc/sso/access_token'),
      handler: { kind: 'business', answer: (call) => exchange(office, call) },
    },
    {
      operation: 'sso-userinfo',
      method: 'POST',
      path: pathUnder(office.config, 'ssoUser', '/uc/sso/getUserInfo'),
      handler: { kind: 'business', answer: (call) => tellUser(office, call) },
    },
  ]
}
